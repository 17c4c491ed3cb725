import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { MAX_BYTES_OF_A_REQUEST } from './mail.ts';
import type { Responder, Response } from './responder.ts';

/** What a test may want to know of a request; the body is not kept. */
export interface RecordedRequest {
  readonly method: string;
  /** Decoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** 0 as long as there is no answer, and where there never is one. */
  readonly status: number;
  readonly at: Date;
  readonly hadToken: boolean;
}

/** Reads requests, records them, and delivers what the responder says, whole or not. */
export function createListener(tenant: {
  readonly origin: string;
  readonly clock: () => Date;
  readonly respond: Responder;
  readonly requests: RecordedRequest[];
}): RequestListener {
  return (incoming, outgoing) => void handle(incoming, outgoing);

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { headers, method = 'GET' } = incoming;
    // Next links lead to where the request was sent, also through something in between.
    const origin = headers.host === undefined ? tenant.origin : `http://${headers.host}`;
    const url = new URL(incoming.url ?? '/', origin);
    const record = {
      method,
      path: decodePath(url.pathname),
      query: Object.fromEntries(url.searchParams),
      status: 0,
      at: tenant.clock(),
      hadToken: headers.authorization !== undefined,
    };
    tenant.requests.push(record);
    const body = await readBody(incoming);
    if (body === undefined) {
      return;
    }
    const response = await tenant.respond(
      {
        method,
        url,
        authorization: headers.authorization,
        identityHeader: headers['x-identity-header']?.toString(),
        contentType: headers['content-type'] ?? '',
        prefer: headers['prefer']?.toString() ?? '',
        body,
      },
      record.at,
    );
    record.status = response.delivery === 'reset' ? 0 : response.answer.status;
    deliver(response, { incoming, outgoing, now: tenant.clock() });
  }
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** Graph dates its answers by the tenant's clock. */
  readonly now: Date;
}

function deliver({ answer, delivery }: Response, { incoming, outgoing, now }: Exchange): void {
  if (delivery === 'reset') {
    incoming.socket.resetAndDestroy();
  } else if (delivery !== 'never') {
    const body = Buffer.from(answer.body ?? '');
    outgoing.writeHead(answer.status, {
      date: now.toUTCString(),
      ...answer.headers,
      'content-length': body.length,
      'request-id': randomUUID(),
      'client-request-id': incoming.headers['client-request-id'] ?? randomUUID(),
    });
    if (delivery === 'half') {
      outgoing.write(body.subarray(0, body.length / 2), () => incoming.socket.destroy());
    } else {
      outgoing.end(body);
    }
  }
}

/** The whole body, or its first bytes where there are more than Graph takes; undefined where the sender went away. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let byteCount = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      if (byteCount <= MAX_BYTES_OF_A_REQUEST) {
        chunks.push(chunk);
      }
      byteCount += chunk.length;
    }
    return Buffer.concat(chunks);
  } catch {
    return undefined;
  }
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
