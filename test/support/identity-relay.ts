import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

let target = { endpoint: '', header: '' };
let origin: string | undefined;

/**
 * Lets @azure/identity reach another identity endpoint: it reads IDENTITY_ENDPOINT and IDENTITY_HEADER once for the
 * whole process, so what it reads is a relay, whose target moves on from test to test.
 */
export async function relayIdentityTo(endpoint: string, header: string): Promise<void> {
  target = { endpoint, header };
  origin ??= await startRelay();
  process.env['IDENTITY_ENDPOINT'] = `${origin}/msi/token`;
  process.env['IDENTITY_HEADER'] = 'relayed';
}

async function startRelay(): Promise<string> {
  const relay = createServer((incoming, outgoing) => {
    const { search } = new URL(incoming.url ?? '/', 'http://relay.example');
    const onward = request(
      `${target.endpoint}${search}`,
      { headers: { 'x-identity-header': target.header }, agent: false },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    onward.end();
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  relay.unref();
  return `http://127.0.0.1:${(relay.address() as AddressInfo).port}`;
}
