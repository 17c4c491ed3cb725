import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { createGate } from './gate.ts';

/**
 * What becomes of a request: `drop` cuts the line before it arrives, `lose` lets it be done and cuts the line before
 * the answer, a number is the status that is answered in the other side's place.
 */
export type Fate = 'pass' | 'drop' | 'lose' | 'hang' | number;

export interface WatchedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** Resolves when its answer has gone back or its line was cut; never where it hangs. */
  readonly isOver: Promise<void>;
}

/** Decides before the request goes on, and again, where it did, before the answer goes back. */
export type Watcher = (asked: WatchedRequest, moment: 'before' | 'after') => Fate | Promise<Fate>;

export interface WatchedLine {
  readonly origin: string;
  close(): void;
}

/** Stands between a process and a server: every request and every answer comes whole to the watcher first. */
export async function openWatchedLine(target: () => string, watch: Watcher): Promise<WatchedLine> {
  const server = createServer((incoming, outgoing) => {
    const over = createGate();
    void answer(incoming, outgoing, over.opened)
      .catch(() => incoming.socket.destroy())
      .then((fate) => {
        if (fate !== 'hang') over.open();
      });
  });

  async function answer(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    isOver: Promise<void>,
  ): Promise<Fate> {
    const { method = 'GET', url = '/', headers } = incoming;
    const asked = { method, url, headers, body: await buffer(incoming), isOver };
    let fate = await watch(asked, 'before');
    if (fate === 'pass' || fate === 'lose') {
      const given = await pass(target(), asked);
      if (fate === 'pass') fate = await watch(asked, 'after');
      if (fate === 'pass') {
        outgoing.writeHead(given.status, given.headers).end(given.body);
        return fate;
      }
    }
    if (typeof fate === 'number') outgoing.writeHead(fate, { 'content-length': 0 }).end();
    else if (fate !== 'hang') incoming.socket.resetAndDestroy();
    return fate;
  }

  // A line keeps nobody from ending.
  server.unref().on('connection', (socket) => socket.unref());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Lets one request through at a time, so that it is certain what was done before each; one that hangs is the last. */
export function oneAtATime(watch: Watcher): Watcher {
  let isFree = Promise.resolve();
  return async (asked, moment) => {
    if (moment === 'before') {
      const isMyTurn = isFree;
      isFree = isMyTurn.then(() => asked.isOver);
      await isMyTurn;
    }
    return watch(asked, moment);
  };
}

interface Given {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

function pass(target: string, { method, url, headers, body }: WatchedRequest): Promise<Given> {
  return new Promise((resolve, reject) => {
    const forwarded = request(new URL(url, target), { method, headers }, (given) => {
      buffer(given).then((bytes) => {
        // What was written for another framing of the body would contradict this one.
        const { 'transfer-encoding': _, ...kept } = given.headers;
        resolve({ status: given.statusCode ?? 500, headers: kept, body: bytes });
      }, reject);
    });
    forwarded.once('error', reject).end(body);
  });
}
