import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const HOST = join(import.meta.dirname, 'warm-powershell.ps1');

export interface ScriptRun {
  readonly status: number | null;
  readonly text: string;
}

export interface ScriptCall {
  /** What errors call it. */
  readonly script: string;
  readonly command: string;
  /** All that the script has in its environment. */
  readonly variables: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/**
 * One PowerShell for many scripts, each in a runspace of its own. It takes one at a time, starts with the first, and again
 * after one that hung or ended the process.
 */
export class WarmPowerShell {
  readonly #program: string;
  #child: ChildProcess | undefined;
  #home: string | undefined;

  constructor(program: string) {
    this.#program = program;
  }

  async run({ script, command, variables, timeoutMs }: ScriptCall): Promise<ScriptRun> {
    const child = (this.#child ??= this.#start());
    const [, stdout, stderr, cases] = child.stdio;
    const out = readUntil(stdout!, /^([^]*)\0(\d+)\n$/);
    const errors = readUntil(stderr!, /^([^]*)\0$/);
    let problem = 'ended PowerShell itself';
    const hung = setTimeout(() => {
      problem = `did not end within ${timeoutMs} ms`;
      // Also what the script started may hold them.
      for (const stream of [stdout, stderr]) stream?.destroy();
    }, timeoutMs);
    (cases as Writable).write(`${JSON.stringify({ command, variables })}\n`);
    const [written, complaints] = await Promise.all([out, errors]);
    clearTimeout(hung);
    if (written.match === null || complaints.match === null) {
      await this.stop();
      throw new Error(`${script} ${problem}; it wrote: ${written.text}${complaints.text}`);
    }
    return { status: Number(written.match[2]), text: `${written.match[1]}${complaints.match[1]}` };
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child?.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    if (this.#home !== undefined) rmSync(this.#home, { recursive: true, force: true });
    this.#home = undefined;
  }

  #start(): ChildProcess {
    this.#home = mkdtempSync(join(tmpdir(), 'pwsh-'));
    const child = spawn(this.#program, ['-NoProfile', '-NonInteractive', '-File', HOST], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: {
        HOME: this.#home,
        POWERSHELL_TELEMETRY_OPTOUT: '1',
        POWERSHELL_UPDATECHECK: 'Off',
        // Compiling again what is called often, for speed, would take longer than all the cases do.
        DOTNET_TC_CallCounting: '0',
      },
    });
    // A process that was killed takes no more cases.
    child.stdio[3]!.on('error', () => undefined);
    return child;
  }
}

/** What a stream says until all of it matches; no match where it ends before. */
function readUntil(stream: Readable, end: RegExp) {
  let text = '';
  stream.setEncoding('utf8');
  return new Promise<{ text: string; match: RegExpExecArray | null }>((resolve) => {
    const settle = (match: RegExpExecArray | null) => {
      stream.off('data', read).off('close', give);
      resolve({ text, match });
    };
    const read = (chunk: string) => {
      text += chunk;
      const match = end.exec(text);
      if (match !== null) settle(match);
    };
    const give = () => settle(null);
    if (stream.closed) give();
    else stream.on('data', read).on('close', give);
  });
}
