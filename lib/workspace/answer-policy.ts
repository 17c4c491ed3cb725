import type { LogsQueryClientOptions } from '@azure/monitor-query-logs';
import { recordOf } from '../decode.ts';
import { MailerError } from '../errors.ts';
import { retryAfterMs } from '../graph/timing.ts';
import { isTooLarge, toWorkspaceError, unusable } from './workspace-error.ts';

type PipelinePolicy = NonNullable<LogsQueryClientOptions['additionalPolicies']>[number]['policy'];
type PipelineResponse = Awaited<ReturnType<PipelinePolicy['sendRequest']>>;

export interface AnswerPolicyOptions {
  /** Ends every request; the client ignores the one that it is given. */
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Set where the client’s own policy must not put the token in: over plain http on this machine. */
  readonly token?: ((signal: AbortSignal) => Promise<string>) | undefined;
  /** Takes out of the text of an answer what the client need not see. */
  readonly take: (body: string) => string;
}

/** An answer needs a moment on its way after the engine has ended. */
const ON_ITS_WAY_MS = 30_000;

/**
 * The only thing of ours in the client’s pipeline: it carries the run’s signal and the time limit, whose own the client
 * forgets to stop, and turns every answer over which the client would trip, or of which it would lose the reason, into
 * an error of ours.
 */
export function answerPolicy({ signal, now, token, take }: AnswerPolicyOptions): PipelinePolicy {
  return {
    name: 'answerPolicy',
    async sendRequest(request, next) {
      const limit = new AbortController();
      const [, waitSeconds] = /\bwait=(\d+)/.exec(request.headers.get('prefer') ?? '') ?? [];
      const limitMs = Number(waitSeconds ?? 0) * 1000 + ON_ITS_WAY_MS;
      const timer = setTimeout(() => limit.abort(tooSlow()), limitMs);
      request.abortSignal = AbortSignal.any([signal, limit.signal]);
      try {
        if (token !== undefined) {
          request.headers.set('authorization', `Bearer ${await token(signal)}`);
        }
        const response = await next(request);
        const bodyAsText = take(bodyOf(response, now()));
        assertSmallEnough(bodyAsText);
        return { ...response, bodyAsText };
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        throw limit.signal.aborted ? limit.signal.reason : error;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function tooSlow(): MailerError {
  return new MailerError('workspace_timeout', 'The workspace did not answer in time.');
}

/** The text of an answer; throws where it is none. */
function bodyOf({ status, headers, bodyAsText }: PipelineResponse, now: number): string {
  const body = bodyAsText ?? '';
  if (status >= 400) {
    const error = toWorkspaceError(status, body);
    const waitMs = retryAfterMs(headers.get('retry-after'), now);
    throw waitMs === undefined ? error : withWait(error, waitMs);
  }
  if (status !== 200) throw unusable(`status ${status}`);
  if (body.trim() === '') throw unusable('an empty body');
  if (!/^\s*\{/.test(body)) throw unusable('no JSON');
  if (!/\}\s*$/.test(body.slice(-100))) throw unusable('a body cut short');
  return body;
}

/** What the client makes of a partial answer no longer says why it is one. Rows may hold any text: the error counts. */
function assertSmallEnough(body: string): void {
  if (isTooLarge(body) && isTooLarge(JSON.stringify(parsed(body)['error'] ?? null))) {
    throw new MailerError('workspace_too_large', 'The workspace’s answer was too large.', {
      status: 200,
    });
  }
}

function parsed(body: string): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(body));
  } catch {
    throw unusable('a body cut short');
  }
}

function withWait({ code, explanation, facts }: MailerError, waitMs: number): MailerError {
  return new MailerError(code, explanation, { ...facts, waitMs });
}
