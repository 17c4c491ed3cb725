import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One answer of the script: a status with headers and a body, or a way not to answer. */
export type Step =
  | 'reset'
  | 'half'
  | 'hang'
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** A text is sent as it is, anything else as JSON. */
      readonly body?: unknown;
    };

export interface ServedRequest {
  readonly method: string;
  /** Path and query, as they came. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The client's port: requests over one connection share it. */
  readonly port: number;
}

export interface ScriptedServer {
  readonly origin: string;
  readonly requests: readonly ServedRequest[];
  close(): Promise<void>;
}

/** The script: answers one after another (500 after the last), or a function of the request. */
export type Script = readonly Step[] | ((request: ServedRequest, number: number) => Step);

/**
 * An HTTP server on loopback that answers what the test says and keeps what it was asked. It dates its answers by the
 * clock that it is given, and without one not at all.
 */
export async function startScriptedServer(
  script: Script,
  { clock }: { readonly clock?: () => Date } = {},
): Promise<ScriptedServer> {
  const requests: ServedRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    void serve(incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const request = {
      method: incoming.method ?? '',
      url: incoming.url ?? '',
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString(),
      port: incoming.socket.remotePort ?? 0,
    };
    requests.push(request);
    outgoing.sendDate = false;
    if (clock !== undefined) outgoing.setHeader('date', clock().toUTCString());
    const step =
      typeof script === 'function' ? script(request, requests.length) : script[requests.length - 1];
    answer(step ?? { status: 500 }, incoming, outgoing);
  }

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(step: Step, incoming: IncomingMessage, outgoing: ServerResponse): void {
  if (step === 'hang') return;
  if (step === 'reset') {
    incoming.socket.resetAndDestroy();
    return;
  }
  if (step === 'half') {
    outgoing.writeHead(200, { 'content-length': 1000 });
    outgoing.write('{"value":[', () => incoming.socket.destroy());
    return;
  }
  const { status = 200, headers = {}, body = {} } = step;
  outgoing.writeHead(status, { 'content-type': 'application/json', ...headers });
  outgoing.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
}

/** Runs a piece of work against a scripted server and closes it. */
export async function withScript<Result>(
  script: Script,
  work: (server: ScriptedServer) => Promise<Result>,
): Promise<Result> {
  const server = await startScriptedServer(script);
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}
