import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { StoreJob } from './store-child.ts';

const CHILD = fileURLToPath(new URL('store-child.ts', import.meta.url));

/** Starts `store-child.ts` with a job; `variables` are added to the environment of the process itself. */
export function startStoreChild(
  job: StoreJob,
  variables: Readonly<Record<string, string>> = {},
): ChildProcessByStdio<null, Readable, null> {
  return spawn(process.execPath, [CHILD, JSON.stringify(job)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...variables },
  });
}

/** What the process says first; empty when it ends without a word. */
export async function readFirstWord({ stdout }: { readonly stdout: Readable }): Promise<string> {
  for await (const chunk of stdout) return String(chunk);
  return '';
}
