import { fileURLToPath } from 'node:url';
import { startStaying } from '../support/staying-process.ts';
import type { StayingProcess } from '../support/staying-process.ts';
import type { Ended } from './run-cli.ts';
import type { CliJob } from './warm-child.ts';

const CHILD = fileURLToPath(new URL('warm-child.ts', import.meta.url));

let shared: StayingProcess<CliJob, Ended> | undefined;

/**
 * Runs the command line with these settings and no other, in a process that has loaded and compiled it for earlier calls.
 * One serves all test files of a worker. What a process does of itself wants one of its own: see `runCli`.
 */
export function runWarm(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  shared ??= startStaying(CHILD);
  return shared.ask({ args, cwd, env });
}
