import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface Azurite {
  readonly connectionString: string;
  readonly blobServiceUri: string;
  close(): Promise<void>;
}

/** How all accounts begin. */
const ACCOUNT = 'inventedaccount';
const MAX_WORKERS = 32;
const ACCOUNTS_OF_A_WORKER = 32;
const KEY = Buffer.from('an invented key of an invented account').toString('base64');
const ENTRY = fileURLToPath(
  new URL('../../node_modules/azurite/dist/src/blob/main.js', import.meta.url),
);
const START = `require(${JSON.stringify(ENTRY)});`;
const FLAGS = [
  '--inMemoryPersistence',
  '--silent',
  '--disableTelemetry',
  '--skipApiVersionCheck',
  '--blobPort',
  '0',
];
const LISTENS = /successfully listens on (\S+)/;

/** Who makes this folder first starts the service for all workers of a run of the tests. */
const SHARED = join(tmpdir(), 'azurite');
const SAID = join(SHARED, 'said');
const STARTING_LIMIT_MS = 60_000;

let shared: Promise<string> | undefined;
let accounts = 0;

/**
 * An account of its own on Azurite's blob service, in memory. One process serves all test files, because starting it takes
 * a second; with flags it is a process of its own, which ends with `close`.
 */
export async function startAzurite(...flags: readonly string[]): Promise<Azurite> {
  const own = flags.length === 0 ? undefined : await startService(flags);
  const origin = own?.origin ?? (await (shared ??= shareService()));
  const worker = Number(process.env['JEST_WORKER_ID'] ?? 0) % MAX_WORKERS;
  const account = `${ACCOUNT}${worker * ACCOUNTS_OF_A_WORKER + (accounts++ % ACCOUNTS_OF_A_WORKER)}`;
  const blobServiceUri = `${origin}/${account}`;
  return {
    blobServiceUri,
    connectionString: `DefaultEndpointsProtocol=${new URL(origin).protocol.slice(0, -1)};AccountName=${account};AccountKey=${KEY};BlobEndpoint=${blobServiceUri};`,
    close: async () => own?.stop(),
  };
}

/** The address of the service of all workers, which ends with the run of the tests, also where that is killed. */
async function shareService(): Promise<string> {
  try {
    mkdirSync(SHARED);
    const whole = process.env['TESTS_PROCESS'] ?? '';
    const watch = `setInterval(() => { try { process.kill(${whole}, 0); } catch { process.exit(); } }, 500);`;
    const said = openSync(SAID, 'a');
    // Not the streams of this worker: jest waits for their end.
    const stdio = ['ignore', said, said] as const;
    startProcess(watch, FLAGS, { detached: true, stdio: [...stdio] }).unref();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const endsAt = Date.now() + STARTING_LIMIT_MS;
  while (Date.now() < endsAt) {
    const said = await readFile(SAID, 'utf8').catch(() => '');
    const origin = LISTENS.exec(said)?.[1];
    if (origin !== undefined) return origin;
    await sleep(20);
  }
  throw new Error('Azurite did not start to listen.');
}

/** Starts a service on a free port, and waits until it listens. It keeps nobody from ending. */
async function startService(flags: readonly string[]) {
  const untilParentEnds = "process.stdin.on('end', () => process.exit()).resume();";
  const child = startProcess(untilParentEnds, [...FLAGS, ...flags], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout! })) {
    const origin = LISTENS.exec(line)?.[1];
    if (origin === undefined) continue;
    child.stdout!.resume();
    child.unref();
    for (const pipe of [child.stdin, child.stdout]) (pipe as Socket).unref();
    return {
      origin,
      async stop() {
        if (child.exitCode !== null) return;
        child.kill('SIGKILL');
        await once(child, 'exit');
      },
    };
  }
  throw new Error(`Azurite ended before it listened (exit code ${child.exitCode}).`);
}

function startProcess(
  first: string,
  flags: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  const names = Array.from(
    { length: MAX_WORKERS * ACCOUNTS_OF_A_WORKER },
    (_, n) => `${ACCOUNT}${n}:${KEY}`,
  );
  return spawn(process.execPath, ['--eval', `${first} ${START}`, ENTRY, ...flags], {
    ...options,
    cwd: tmpdir(),
    env: { ...process.env, AZURITE_ACCOUNTS: names.join(';') },
  });
}
