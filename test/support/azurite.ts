import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Azurite {
  readonly connectionString: string;
  readonly blobServiceUri: string;
  close(): Promise<void>;
}

interface BlobService {
  /** Its address, without an account. */
  readonly origin: string;
  stop(): Promise<void>;
}

/** How all accounts begin. */
const ACCOUNT = 'inventedaccount';
const MAX_ACCOUNTS = 500;
const KEY = Buffer.from('an invented key of an invented account').toString('base64');
const ENTRY = fileURLToPath(
  new URL('../../node_modules/azurite/dist/src/blob/main.js', import.meta.url),
);
/** Azurite as it starts, but that it ends with the process that started it, also where that is killed. */
const START = `process.stdin.on('end', () => process.exit()).resume(); require(${JSON.stringify(ENTRY)});`;

let shared: Promise<BlobService> | undefined;
let accounts = 0;

/**
 * An account of its own on Azurite's blob service, in memory. One process serves all test files of a worker, because
 * starting it takes a second; with flags it is a process of its own, which ends with `close`.
 */
export async function startAzurite(...flags: readonly string[]): Promise<Azurite> {
  const isShared = flags.length === 0;
  const service = await (isShared ? (shared ??= startService()) : startService(flags));
  const { origin } = service;
  const account = `${ACCOUNT}${accounts++ % MAX_ACCOUNTS}`;
  const blobServiceUri = `${origin}/${account}`;
  return {
    blobServiceUri,
    connectionString: `DefaultEndpointsProtocol=${new URL(origin).protocol.slice(0, -1)};AccountName=${account};AccountKey=${KEY};BlobEndpoint=${blobServiceUri};`,
    close: () => (isShared ? Promise.resolve() : service.stop()),
  };
}

/** Starts the service on a free port, and waits until it listens. It keeps nobody from ending. */
async function startService(flags: readonly string[] = []): Promise<BlobService> {
  const fixed = [
    '--inMemoryPersistence',
    '--silent',
    '--disableTelemetry',
    '--skipApiVersionCheck',
  ];
  const child = spawn(
    process.execPath,
    ['--eval', START, ENTRY, ...fixed, '--blobPort', '0', ...flags],
    {
      cwd: tmpdir(),
      env: {
        ...process.env,
        AZURITE_ACCOUNTS: Array.from(
          { length: MAX_ACCOUNTS },
          (_, n) => `${ACCOUNT}${n}:${KEY}`,
        ).join(';'),
      },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  for await (const line of createInterface({ input: child.stdout })) {
    const origin = /successfully listens on (\S+)/.exec(line)?.[1];
    if (origin === undefined) continue;
    child.stdout.resume();
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
