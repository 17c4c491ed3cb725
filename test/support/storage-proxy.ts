import { createServer, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `lose` lets the storage do what is asked and cuts the line before its answer; `hang` never answers. */
export type Fate = 'pass' | 'lose' | 'hang';

export interface StorageProxy {
  /** The address to use in place of the storage's own. */
  readonly origin: string;
  close(): void;
}

/** Stands between a client and Azurite, and decides on every request what becomes of it. */
export async function startStorageProxy(
  target: string,
  decide: (asked: IncomingMessage) => Fate,
): Promise<StorageProxy> {
  const server = createServer((asked, answer) => {
    const fate = decide(asked);
    if (fate === 'hang') return;
    const { method, headers } = asked;
    const forwarded = request(new URL(asked.url ?? '/', target), { method, headers }, (given) => {
      if (fate === 'lose') {
        given.resume().once('end', () => answer.destroy());
        return;
      }
      answer.writeHead(given.statusCode ?? 500, given.headers);
      given.pipe(answer);
    });
    asked.pipe(forwarded);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
