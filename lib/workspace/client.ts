import type { LogsQueryClient } from '@azure/monitor-query-logs';
import { hasCode, MailerError, outOfTime } from '../errors.ts';
import { backoffMs } from '../graph/timing.ts';
import type { Sleep } from '../graph/timing.ts';
import { isLoopback } from '../settings/kinds.ts';
import type { Span } from '../sign-ins/query.ts';
import { answerPolicy } from './answer-policy.ts';
import { Answer } from './answer.ts';
import type { SpareMemory } from './answer.ts';
import type { AnswerRows } from './answer-rows.ts';
import type { Column } from './query-texts.ts';
import { unusable } from './workspace-error.ts';

export interface WorkspaceOptions {
  readonly workspaceId: string;
  /** The root of the query API, without /v1. */
  readonly endpoint: URL;
  /** What a token is asked for. */
  readonly audience: string;
  readonly token: (signal: AbortSignal) => Promise<string>;
  /** Ends every query. */
  readonly signal: AbortSignal;
  /** When that will be, milliseconds since 1970. */
  readonly endsAt: number;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: Sleep;
}

/** A query, what it may look at, and the columns that its answer has. */
export interface WorkspaceQuery {
  readonly text: string;
  /** By TimeGenerated. */
  readonly span: Span;
  readonly columns: readonly Column[];
  /** Whether an answer counts that the engine gave with a warning. @default false */
  readonly mayBePartial?: boolean;
}

/** How a workspace is asked: one whole answer, or an error of ours. */
export interface WorkspaceConnection {
  /** How many requests were sent. */
  readonly requests: number;
  /** How long the answers took together, milliseconds. */
  readonly engineMs: number;
  readonly signal: AbortSignal;
  /** Hands the rows of the answer to `read`, and takes their memory back afterwards. */
  ask<Result>(query: WorkspaceQuery, read: (rows: AnswerRows) => Result): Promise<Result>;
  /** Gives up the memory that it keeps for the next answer. */
  rest(): void;
}

/** The engine is given no longer than this ("Timeouts", learn.microsoft.com, May 2026). */
const MAX_WAIT_SECONDS = 600;
/** Requests that were throttled, or that did not get through, are sent so often in all. */
const MAX_TRIES = 3;

/** Connects to a workspace. The client’s own retries are off: they would repeat a query of ten minutes three times. */
export async function connectToWorkspace(options: WorkspaceOptions): Promise<WorkspaceConnection> {
  const { workspaceId, signal, endsAt, now, random, sleep } = options;
  const { LogsQueryClient: Client } = await import('./query-client.ts');
  let requests = 0;
  let engineMs = 0;
  const spare: SpareMemory = { memory: undefined };

  async function askOnce({
    text,
    span,
    columns,
    mayBePartial = false,
  }: WorkspaceQuery): Promise<Answer> {
    signal.throwIfAborted();
    const waitSeconds = Math.min(MAX_WAIT_SECONDS, Math.floor((endsAt - now()) / 1000));
    if (waitSeconds < 1) throw outOfTime();
    requests += 1;
    const askedAt = now();
    const answer = new Answer(columns, spare);
    try {
      const client = createClient(Client, options, answer);
      const result = await client.queryWorkspace(
        workspaceId,
        text,
        { startTime: new Date(span.from), endTime: new Date(span.to) },
        { serverTimeoutInSeconds: waitSeconds },
      );
      const isWhole = result.status === 'Success';
      if (!isWhole && !mayBePartial) throw unusable('it is partial');
      answer.assertOneTable(isWhole ? result.tables : result.partialTables);
      return answer;
    } catch (error) {
      answer.release();
      throw toOurs(error, signal);
    } finally {
      engineMs += now() - askedAt;
    }
  }

  async function waitAfter(error: MailerError, tries: number): Promise<void> {
    const asked = error.facts['waitMs'];
    const waitMs = typeof asked === 'number' ? asked : backoffMs(1 + tries, random);
    // It would not be over before the run is.
    if (now() + waitMs >= endsAt) throw error;
    await sleep(waitMs, signal);
  }

  async function askRepeatedly(query: WorkspaceQuery): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await askOnce(query);
      } catch (error) {
        const isPassing = hasCode(error, 'workspace_throttled', 'workspace_unreachable');
        if (!isPassing || tries === MAX_TRIES) throw error;
        await waitAfter(error, tries);
      }
    }
  }

  return {
    get requests() {
      return requests;
    },
    get engineMs() {
      return engineMs;
    },
    signal,
    async ask(query, read) {
      const answer = await askRepeatedly(query);
      try {
        return read(answer.rows);
      } finally {
        answer.release();
      }
    },
    rest() {
      spare.memory?.free();
      spare.memory = undefined;
    },
  };
}

/** A client for one query: they share their connections, and this one's policy knows whose rows it takes. */
function createClient(
  Client: typeof LogsQueryClient,
  { endpoint, audience, token, signal, now }: WorkspaceOptions,
  answer: Answer,
): LogsQueryClient {
  const isPlain = endpoint.protocol === 'http:' && isLoopback(endpoint);
  const credential = {
    getToken: async () => ({
      token: await token(signal),
      expiresOnTimestamp: now() + TOKEN_LIFETIME_MS,
    }),
  };
  const policy = answerPolicy({
    signal,
    now,
    token: isPlain ? token : undefined,
    take: (body) => answer.take(body),
  });
  const client = new Client(credential, {
    endpoint: `${endpoint.origin}/v1`,
    credentials: { scopes: [`${audience}/.default`] },
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
    allowInsecureConnection: isPlain,
    additionalPolicies: [{ policy, position: 'perCall' }],
  });
  // The client's own refuses to put a token into plain http, even on this machine.
  if (isPlain) client.pipeline.removePolicy({ name: 'bearerTokenAuthenticationPolicy' });
  return client;
}

/** The credential keeps and renews the token; the client need not hold it longer than a moment. */
const TOKEN_LIFETIME_MS = 60_000;

/** Whatever the client throws, by its name alone: its messages quote bodies. */
function toOurs(error: unknown, signal: AbortSignal): unknown {
  if (error instanceof MailerError) return error;
  if (signal.aborted) return signal.reason;
  const { name = '', code } = error as { readonly name?: string; readonly code?: unknown };
  if (name === 'RestError' && code !== 'PARSE_ERROR') {
    const reason = typeof code === 'string' && /^[\w-]{1,40}$/.test(code) ? code : 'no answer';
    return new MailerError('workspace_unreachable', `The workspace did not answer (${reason}).`, {
      reason,
    });
  }
  return unusable('no answer of this kind');
}
