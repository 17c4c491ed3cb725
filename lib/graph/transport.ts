import { Agent as HttpAgent, request as requestHttp } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { finished } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { MailerError } from '../errors.ts';
import { isLoopback } from '../settings/kinds.ts';

/** An answer as it came: the body is whole and not yet decoded. */
export interface GraphResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Lets the body’s bytes be used again: it must not be read after this. Nobody has to call it. */
  readonly release?: () => void;
}

interface GraphRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
  /** A repeated request goes over a connection of its own, as Graph asks after a 503. */
  readonly isRepeated: boolean;
}

export type Transport = (request: GraphRequest) => Promise<GraphResponse>;

/** Graph can take minutes over a page of sign-ins; longer than this is a connection that died. */
const ANSWER_TIMEOUT_MS = 150_000;

/**
 * Sends over node:http, which measured a quarter less CPU a page than fetch. A fault of the network rejects with
 * `graph_unreachable`; its facts say whether the request can have reached the server.
 */
export function createTransport(): { readonly send: Transport; close(): void } {
  const agents = {
    http: new HttpAgent({ keepAlive: true, maxSockets: 8 }),
    https: new HttpsAgent({ keepAlive: true, maxSockets: 8 }),
  };
  const bodies = new BodyReader();
  return {
    send: (request) => exchange(request, agents, bodies),
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

type Agents = { readonly http: HttpAgent; readonly https: HttpsAgent };

async function exchange(
  request: GraphRequest,
  agents: Agents,
  bodies: BodyReader,
): Promise<GraphResponse> {
  const { url, signal } = request;
  signal.throwIfAborted();
  return new Promise<GraphResponse>((resolve, reject) => {
    const isPlain = url.protocol === 'http:';
    const pooled = isPlain ? agents.http : agents.https;
    const outgoing = (isPlain ? requestHttp : requestHttps)(url, {
      method: request.method,
      // Compression pays on the way from Azure's edge, not on this machine.
      headers: isLoopback(url)
        ? request.headers
        : { 'accept-encoding': 'gzip', ...request.headers },
      // A connection that the other side has just given up would leave it open whether a mail was taken.
      agent: request.isRepeated || request.method !== 'GET' ? false : pooled,
    });
    const timer = setTimeout(() => outgoing.destroy(new Error('no answer')), ANSWER_TIMEOUT_MS);
    const stop = () => outgoing.destroy();
    signal.addEventListener('abort', stop, { once: true });
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    };
    let hasLeft = false;
    const fail = (error: Error) => {
      if (signal.aborted) reject(signal.reason as Error);
      else reject(error instanceof MailerError ? error : fault(error, hasLeft));
    };
    outgoing.on('socket', (socket) => {
      if (socket.connecting) socket.once('connect', () => (hasLeft = true));
      else hasLeft = true;
    });
    outgoing.on('error', fail);
    let isAnswered = false;
    outgoing.on('response', (incoming) => {
      isAnswered = true;
      const { statusCode: status = 0, headers } = incoming;
      bodies
        .read(incoming, status)
        .then(({ bytes, release }) => resolve({ status, headers, body: bytes, release }), fail)
        .finally(finish);
    });
    outgoing.on('close', () => {
      // With an answer on its way, the body says how it ended.
      if (isAnswered) return;
      finish();
      fail(new Error('connection closed'));
    });
    outgoing.end(request.body);
  });
}

function fault(cause: Error, hasLeft: boolean): MailerError {
  const reason = (cause as NodeJS.ErrnoException).code ?? cause.message;
  return new MailerError(
    'graph_unreachable',
    {
      what: `Graph did not answer (${reason}).`,
      todo: 'Check that the function can reach it.',
    },
    { reason, hasLeft },
    { cause },
  );
}

/** A whole body. Once released it must not be read any more; one that is never released is collected. */
interface Body {
  readonly bytes: Buffer;
  readonly release: () => void;
}

const decompress = promisify(gunzip);

const MEGABYTE = 1024 * 1024;

/** What an answer may be, unpacked: the longest pages, 1,000 sign-ins with everything in them, are some 10 MB. */
const MAX_PAGE_BYTES = 64 * MEGABYTE;
const MAX_ERROR_BYTES = MEGABYTE;

/** A body has become longer than it may be, before it was unpacked. */
class BodyTooLongError extends Error {
  override readonly name = 'BodyTooLongError';
}

function isTooLong(error: unknown): boolean {
  return (
    error instanceof BodyTooLongError ||
    (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
  );
}

const FIRST_BYTES = 512 * 1024;

/** A longer buffer is not kept: one odd answer must not cost memory for the rest of a run. */
const MAX_KEPT_BYTES = 4 * MEGABYTE;

/**
 * Reads bodies into buffers that are used again. A new one for each page would stand around by the dozen, outside the
 * heap, until the next collection.
 */
class BodyReader {
  readonly #spare: Buffer[] = [];

  /** Unpacks what came compressed; rejects where the body is cut short or damaged. */
  async read(incoming: IncomingMessage, status: number): Promise<Body> {
    const isError = status >= 400;
    const maxBytes = isError ? MAX_ERROR_BYTES : MAX_PAGE_BYTES;
    try {
      return await this.#readUpTo(maxBytes, incoming);
    } catch (error) {
      if (!isTooLong(error)) throw error;
      incoming.destroy();
      // Of an error, the status says enough.
      if (isError) return { bytes: Buffer.alloc(0), release: () => undefined };
      throw new MailerError(
        'graph_unexpected',
        `Graph’s answer is longer than ${MAX_PAGE_BYTES / MEGABYTE} MB, which no page is; it was not read.`,
        { reason: `longer than ${MAX_PAGE_BYTES / MEGABYTE} MB` },
      );
    }
  }

  async #readUpTo(maxBytes: number, incoming: IncomingMessage): Promise<Body> {
    const { buffer, length } = await this.#collect(maxBytes, incoming);
    const release = () => {
      if (buffer.length <= MAX_KEPT_BYTES) this.#spare.push(buffer);
    };
    const bytes = buffer.subarray(0, length);
    if (incoming.headers['content-encoding'] !== 'gzip') return { bytes, release };
    try {
      const unpacked = await decompress(bytes, { maxOutputLength: maxBytes });
      return { bytes: unpacked, release: () => undefined };
    } finally {
      release();
    }
  }

  #collect(maxBytes: number, incoming: IncomingMessage): Promise<Collected> {
    return new Promise((resolve, reject) => {
      let buffer = this.#spare.pop() ?? Buffer.allocUnsafeSlow(FIRST_BYTES);
      let length = 0;
      incoming.on('data', (chunk: Buffer) => {
        const needed = length + chunk.length;
        if (needed > maxBytes) {
          reject(new BodyTooLongError());
          incoming.destroy();
          return;
        }
        if (needed > buffer.length) {
          const longer = Buffer.allocUnsafeSlow(Math.max(needed, buffer.length * 2));
          buffer.copy(longer, 0, 0, length);
          buffer = longer;
        }
        chunk.copy(buffer, length);
        length = needed;
      });
      finished(incoming, (error) => {
        if (error) reject(error);
        else if (incoming.complete) resolve({ buffer, length });
        else reject(new Error('body cut short'));
      });
    });
  }
}

interface Collected {
  readonly buffer: Buffer;
  readonly length: number;
}
