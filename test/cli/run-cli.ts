import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
export const CLI = join(ROOT, 'lib/cli.ts');
export const LAUNCHER = join(ROOT, 'bin/mfa-gap.js');

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What every process of these has beside its settings: where Node keeps what it compiled. */
const { NODE_COMPILE_CACHE = '' } = process.env;

/** Runs a script with these settings and no other, as a process of its own. */
export function runCli(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
  script = CLI,
): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [script, ...args],
      { cwd, env: { NODE_COMPILE_CACHE, ...env } },
      (error, out, err) => {
        resolve({ code: Number(error?.code ?? 0), out, err });
      },
    );
  });
}

/** Starts a script in a group of processes of its own, so that all of it can be interrupted as a terminal does. */
export function startCli(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
  script = CLI,
): ChildProcess {
  return spawn(process.execPath, [script, ...args], {
    cwd,
    env: { NODE_COMPILE_CACHE, ...env },
    detached: true,
    stdio: 'pipe',
  });
}

/** Waits until the process has said something like this, on either stream. */
export function heard(child: ChildProcess, what: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const listen = (chunk: Buffer) => {
      text += chunk.toString();
      if (what.test(text)) resolve();
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', () => reject(new Error(`It ended before it said ${what}: ${text}`)));
  });
}

/** How a process ended: its exit code, or the signal that ended it. */
export function ended(child: ChildProcess): Promise<number | string | null> {
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
}
