import { spawn } from 'node:child_process';

/** Environment variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A compiler that stays: it answers in a fraction of the seconds that a process of its own takes to start. */
export interface BicepServer {
  /** Asks it for a method of `bicep jsonrpc`; rejects with its own words where it refuses. */
  ask<Result>(method: string, parameters: object): Promise<Result>;
  close(): void;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

const ENDED = 'The Bicep compiler ended before it answered.';

/** Starts `bicep jsonrpc --stdio`, whose messages are framed as in the Language Server Protocol. */
export function startBicepServer(environment: Environment): BicepServer {
  const child = spawn('bicep', ['jsonrpc', '--stdio'], {
    // It lives for seconds, too short to win back what .NET spends on measuring code to compile it better.
    env: { ...environment, DOTNET_TieredPGO: '0' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const waiting = new Map<number, Waiting>();
  let received = Buffer.alloc(0);
  let lastId = 0;
  let hasEnded = false;
  child.stdout.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (let message = takeMessage(); message !== undefined; message = takeMessage())
      settle(message);
  });
  child.once('exit', () => {
    hasEnded = true;
    for (const { reject } of waiting.values()) reject(new Error(ENDED));
  });
  // What could not be written to a process that has ended is told by its end.
  child.stdin.on('error', () => undefined);

  function takeMessage(): string | undefined {
    const end = received.indexOf('\r\n\r\n');
    if (end === -1) return undefined;
    const [, length = '0'] =
      /content-length: (\d+)/i.exec(received.toString('latin1', 0, end)) ?? [];
    const from = end + 4;
    const to = from + Number(length);
    if (received.length < to) return undefined;
    const message = received.toString('utf8', from, to);
    received = received.subarray(to);
    return message;
  }

  function settle(text: string): void {
    const { id, result, error } = JSON.parse(text) as {
      readonly id?: number;
      readonly result?: unknown;
      readonly error?: { readonly message: string };
    };
    const one = waiting.get(id ?? 0);
    waiting.delete(id ?? 0);
    if (error === undefined) one?.resolve(result);
    else one?.reject(new Error(error.message));
  }

  return {
    ask<Result>(method: string, parameters: object) {
      if (hasEnded) return Promise.reject(new Error(ENDED));
      lastId += 1;
      const message = JSON.stringify({ jsonrpc: '2.0', id: lastId, method, params: parameters });
      child.stdin.write(`Content-Length: ${Buffer.byteLength(message)}\r\n\r\n${message}`);
      const id = lastId;
      return new Promise<Result>((resolve, reject) => {
        waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      });
    },
    close: () => child.kill(),
  };
}
