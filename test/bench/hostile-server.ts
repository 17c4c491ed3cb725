// A Graph that answers every question but that for users with 1 GB in 1 MB of gzip; prints the settings for a job.
import { once } from 'node:events';
import { createGzip } from 'node:zlib';
import { answerFrom, CLIENT_ID } from '../support/hostile-graph.ts';
import { startScriptedServer } from '../support/scripted-server.ts';

const MEGABYTE = 1024 * 1024;
const bomb = await pack(1024);
const ordinary = answerFrom({ rows: { users: [{ id: 'a', accountEnabled: true }] } });

const server = await startScriptedServer(
  (request) => {
    if (request.method === 'POST') return { status: 202 };
    const isHarmless = /^\/(?:msi\/token|v1\.0\/users\?)/.test(request.url);
    if (isHarmless) return ordinary(request);
    // An error is as long: both are bounded.
    const status = request.url.includes('organization') ? 403 : 200;
    return { status, headers: { 'content-encoding': 'gzip' }, body: bomb };
  },
  { clock: () => new Date() },
);

process.stdout.write(
  `${JSON.stringify({
    GRAPH_AUTH: 'managed-identity',
    GRAPH_ENDPOINT: server.origin,
    IDENTITY_ENDPOINT: `${server.origin}/msi/token`,
    IDENTITY_HEADER: 'hostile',
    AZURE_CLIENT_ID: CLIENT_ID,
    EMAIL_FROM: 'digest@contoso.example',
    EMAIL_TO: 'security@contoso.example',
    REPORT_REQUESTS_PER_10_SECONDS: '0',
    STATE_LOCATION: 'none',
  })}\n`,
);

/** So many megabytes of blanks. */
async function pack(megabytes: number): Promise<Buffer> {
  const gzip = createGzip();
  const packed: Buffer[] = [];
  gzip.on('data', (chunk: Buffer) => packed.push(chunk));
  const blanks = Buffer.alloc(MEGABYTE, ' ');
  for (let written = 0; written < megabytes; written += 1) {
    if (!gzip.write(blanks)) await once(gzip, 'drain');
  }
  gzip.end();
  await once(gzip, 'end');
  return Buffer.concat(packed);
}
