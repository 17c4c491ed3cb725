import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The Node that the project pins, whatever runs the bench. */
const NODE = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));
const HOSTILE = fileURLToPath(new URL('hostile-server.ts', import.meta.url));
const SERVE = fileURLToPath(new URL('../../lib/simulation/serve.ts', import.meta.url));

export type Variables = Readonly<Record<string, string>>;

export interface ServedTenant {
  readonly settings: Variables;
  stop(): Promise<void>;
}

const SERVE_WORKSPACE = fileURLToPath(new URL('serve-workspace.ts', import.meta.url));

/** Starts a simulated tenant in a process of its own. */
export function serveTenant(...flags: readonly string[]): Promise<ServedTenant> {
  return serve(SERVE, ...flags);
}

/** Starts a Graph that answers far too much. */
export function serveHostile(): Promise<ServedTenant> {
  return serve(HOSTILE);
}

/** Starts what answers as the workspace of a very large tenant. */
export function serveWorkspace(...flags: readonly string[]): Promise<ServedTenant> {
  return serve(SERVE_WORKSPACE, ...flags);
}

async function serve(...args: readonly string[]): Promise<ServedTenant> {
  const child = start(args, {});
  const settings = JSON.parse(await firstLine(child)) as Variables;
  return {
    settings,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** Runs Node with these arguments, waits for its end, and gives the first line that it wrote. */
export async function runNode(args: readonly string[], variables: Variables = {}): Promise<string> {
  const child = start(args, variables);
  const ended = once(child, 'exit');
  const line = await firstLine(child);
  await ended;
  return line;
}

function start(args: readonly string[], variables: Variables): ChildProcess {
  return spawn(NODE, ['--disable-warning=ExperimentalWarning', ...args], {
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The process has no output.');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error(`A process of the bench ended without a word (exit code ${child.exitCode}).`);
}
