import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Azurite {
  readonly connectionString: string;
  readonly blobServiceUri: string;
  close(): Promise<void>;
}

const ACCOUNT = 'inventedaccount';
const KEY = Buffer.from('an invented key of an invented account').toString('base64');
const ENTRY = fileURLToPath(
  new URL('../../node_modules/azurite/dist/src/blob/main.js', import.meta.url),
);

/** Starts the blob service of Azurite, in memory and on a free port, and waits until it listens. */
export async function startAzurite(...flags: readonly string[]): Promise<Azurite> {
  const fixed = [
    '--inMemoryPersistence',
    '--silent',
    '--disableTelemetry',
    '--skipApiVersionCheck',
  ];
  const child = spawn(process.execPath, [ENTRY, ...fixed, '--blobPort', '0', ...flags], {
    cwd: tmpdir(),
    env: { ...process.env, AZURITE_ACCOUNTS: `${ACCOUNT}:${KEY}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const killChild = () => child.kill('SIGKILL');
  process.once('exit', killChild);

  for await (const line of createInterface({ input: child.stdout })) {
    const address = /successfully listens on (\S+)/.exec(line)?.[1];
    if (address === undefined) continue;
    child.stdout.resume();
    const blobServiceUri = `${address}/${ACCOUNT}`;
    const protocol = new URL(address).protocol.slice(0, -1);
    return {
      blobServiceUri,
      connectionString: `DefaultEndpointsProtocol=${protocol};AccountName=${ACCOUNT};AccountKey=${KEY};BlobEndpoint=${blobServiceUri};`,
      async close() {
        process.off('exit', killChild);
        if (child.exitCode !== null) return;
        killChild();
        await once(child, 'exit');
      },
    };
  }
  throw new Error(`Azurite ended before it listened (exit code ${child.exitCode}).`);
}
