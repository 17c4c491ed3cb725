import { connectToGraph } from '../../lib/graph/client.ts';
import type { GraphConnection, GraphOptions } from '../../lib/graph/client.ts';
import { RateLimiter } from '../../lib/graph/rate-limit.ts';
import { createTransport } from '../../lib/graph/transport.ts';
import type { EventName, LogFacts } from '../../lib/log.ts';
import type { ReadingProgress } from '../../lib/reading-progress.ts';
import type { Reader } from '../../lib/sources/collection.ts';
import { startHastyTime } from './hasty-time.ts';
import type { HastyTime } from './hasty-time.ts';
import { withScript } from './scripted-server.ts';
import type { Script, ScriptedServer, ServedRequest, Step } from './scripted-server.ts';

export const NOW = Date.parse('2026-11-21T06:00:00Z');

/** The real Graph client against a script, with a time of its own. */
export interface TestGraph {
  readonly graph: GraphConnection;
  readonly server: ScriptedServer;
  readonly time: HastyTime;
  readonly reader: Reader;
  readonly progress: readonly ReadingProgress[];
  readonly logged: readonly {
    readonly level: string;
    readonly event: EventName;
    readonly facts: LogFacts;
  }[];
  readonly get: (path: string, signal?: AbortSignal) => Promise<unknown>;
}

export interface TestGraphOptions extends Partial<Pick<GraphOptions, 'token' | 'random'>> {
  /** How long the run may still take. @default an hour */
  readonly endsInMs?: number;
  readonly signal?: AbortSignal;
  readonly limitPer10Seconds?: number;
}

/** Runs a piece of work with a Graph client against a scripted server. */
export function withGraph<Result>(
  script: Script,
  work: (graph: TestGraph) => Promise<Result>,
  options: TestGraphOptions = {},
): Promise<Result> {
  const {
    endsInMs = 3_600_000,
    limitPer10Seconds = 0,
    signal: readerSignal = new AbortController().signal,
    token = () => Promise.resolve('a-token'),
    random = () => 0,
  } = options;
  return withScript(script, async (server) => {
    const time = startHastyTime(new Date(NOW));
    const transport = createTransport();
    const logged: { level: string; event: EventName; facts: LogFacts }[] = [];
    const progress: ReadingProgress[] = [];
    const graph = connectToGraph(new URL(server.origin), {
      send: transport.send,
      token,
      limiter: new RateLimiter(limitPer10Seconds, time.now, time.sleep),
      now: time.now,
      random,
      sleep: time.sleep,
      log: (level, event, facts = {}) => logged.push({ level, event, facts }),
      endsAt: NOW + endsInMs,
    });
    try {
      return await work({
        graph,
        server,
        time,
        logged,
        progress,
        reader: { graph, signal: readerSignal, onProgress: (entry) => progress.push(entry) },
        get: async (path, signal = readerSignal) => {
          const { body } = await graph.get(graph.url(path), 'the thing', signal);
          return JSON.parse(body.toString()) as unknown;
        },
      });
    } finally {
      transport.close();
    }
  });
}

/** A page of a collection; `next` is a path on the same server. */
export function aPage(
  rows: readonly unknown[],
  { headers: { host } }: ServedRequest = { headers: {} } as ServedRequest,
  next?: string,
): Step {
  return {
    body: {
      value: rows,
      ...(next !== undefined && { '@odata.nextLink': `http://${host}${next}` }),
    },
  };
}

/** An error in Graph's form. */
export function anError(
  status: number,
  code = 'UnknownError',
  headers: Readonly<Record<string, string>> = {},
): Step {
  return {
    status,
    headers,
    body: {
      error: { code, message: 'Message about adele.vance@contoso.example.', innerError: {} },
    },
  };
}
