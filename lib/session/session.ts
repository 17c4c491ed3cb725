import { MailerError, outOfTime } from '../errors.ts';
import { connectToGraph } from '../graph/client.ts';
import type { GraphConnection } from '../graph/client.ts';
import { RateLimiter } from '../graph/rate-limit.ts';
import { createTokenSources, readTokenClaims } from '../graph/token.ts';
import type { TokenClaims, TokenSource } from '../graph/token.ts';
import { createTransport } from '../graph/transport.ts';
import type { Settings } from '../settings/fields.ts';
import type { Ports } from './ports.ts';
import type { StateStorage } from './storage.ts';

/** One run's connection to Graph and the two instants at which it ends. */
export interface Session {
  readonly graph: GraphConnection;
  /** Aborted when reading must end, so that there is time to send what was read. */
  readonly reading: AbortSignal;
  /** Aborted a little later, for a few requests that a long reading must not cost. */
  readonly lastReading: AbortSignal;
  /** Aborted at the run's deadline. */
  readonly running: AbortSignal;
  /** When reading must end, milliseconds since 1970. */
  readonly readingEndsAt: number;
  claims(): Promise<TokenClaims>;
  /** How far this machine's clock is ahead of Graph's, milliseconds; undefined until Graph has said what time it is. */
  skewMs(): number | undefined;
  /** Gives a token for the query API of Log Analytics. */
  readonly logsToken: TokenSource;
  /** Ends whatever is still under way: where one source fails the run, others are being read. */
  close(): void;
}

/** Of the run's time, what is kept for rendering and sending. */
const SENDING_SHARE = 0.1;
const MAX_SENDING_MS = 60_000;

/** Opens a session whose deadline begins to run now. Close it in `finally`. */
export function openSession(settings: Settings, ports: Ports): Session {
  const { clock, random, sleep, log, prompt } = ports;
  const limitMs = settings.runTimeLimitMinutes * 60_000;
  const readingMs = limitMs - Math.min(limitMs * SENDING_SHARE, MAX_SENDING_MS);
  const startedAt = clock().getTime();
  const reading = startTimer(readingMs);
  const lastReading = startTimer((readingMs + limitMs) / 2);
  const running = startTimer(limitMs);
  const transport = createTransport();
  const now = () => clock().getTime();
  const { graph: token, logs: logsToken } = createTokenSources({ settings, sleep, prompt });
  const { graphEndpoint, reportRequestsPer10Seconds: limit } = settings;
  const onWait = (waitMs: number) => log('debug', 'graph.waited', { code: 'paced', waitMs });
  const limiter =
    ports.limiters?.of(graphEndpoint.origin, limit) ?? new RateLimiter(limit, now, sleep, onWait);
  let skewMs: number | undefined;
  const graph = connectToGraph(settings.graphEndpoint, {
    // The answer that was the shortest under way tells the time best.
    onTime: (graphNow) => {
      const seenMs = now() - graphNow;
      if (skewMs === undefined || Math.abs(seenMs) < Math.abs(skewMs)) skewMs = seenMs;
    },
    send: transport.send,
    token,
    limiter,
    now,
    random,
    sleep,
    log,
    endsAt: startedAt + limitMs,
  });
  return {
    graph,
    reading: reading.signal,
    lastReading: lastReading.signal,
    running: running.signal,
    readingEndsAt: startedAt + readingMs,
    logsToken,
    claims: async () => readTokenClaims(await token(running.signal)),
    skewMs: () => skewMs,
    close() {
      reading.stop();
      lastReading.stop();
      running.stop();
      transport.close();
    },
  };
}

function startTimer(limitMs: number): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const deadline = outOfTime();
  const timer = setTimeout(() => controller.abort(deadline), limitMs);
  return {
    signal: controller.signal,
    stop() {
      clearTimeout(timer);
      controller.abort(new MailerError('run_deadline', 'The run is over.'));
    },
  };
}

/** What every part of a run shares once settings are read, Graph is reached and the stored state is open. */
export interface RunContext {
  readonly ports: Ports;
  readonly settings: Settings;
  readonly session: Session;
  readonly state: StateStorage;
  /** The tenant of the token, in lower case. */
  readonly tenantId: string;
  readonly startedAt: Date;
  /**
   * How far the clock of this machine is ahead of Graph's, where that is too far: the run then goes by Graph's clock, and
   * its state records nothing.
   */
  readonly clockSkewMs?: number | undefined;
}
