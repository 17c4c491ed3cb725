import { errorAnswer, htmlAnswer, jsonAnswer, Refusal } from '../graph/answer.ts';
import type { Answer } from '../graph/answer.ts';
import type { Response } from '../graph/responder.ts';
import { HOUR_MS } from '../people/generated.ts';
import type { WorkspaceFault } from './faults.ts';
import type { ReadQuery } from './read-query.ts';

export function whole(answer: Answer): Response {
  return { answer, delivery: 'whole' };
}

const TEXTS: readonly string[] = ['Person', 'Operation', 'Level', 'Table'];

export function bodyOf(columns: readonly string[], rows: readonly unknown[], error?: object) {
  const described = columns.map((name) => ({
    name,
    type: TEXTS.includes(name) ? 'string' : 'long',
  }));
  const tables = [{ name: 'PrimaryResult', columns: described, rows }];
  return { tables, error };
}

function partialError(innercode: string, message: string) {
  return {
    code: 'PartialError',
    message: 'There were some errors when processing your query.',
    details: [
      {
        code: 'EngineError',
        message: 'Something went wrong processing your query on the server.',
        innererror: { code: innercode, message },
      },
    ],
  };
}

/** As the engine words it ("Query limits", learn.microsoft.com). */
export const TOO_LARGE = partialError(
  '-2133196797',
  'The results of this query exceed the set limit of 500000 records, so not all records were returned (E_QUERY_RESULT_SET_TOO_LARGE, 0x80DA0003).',
);
export const PARTIAL = partialError('-2133196780', 'A node did not answer.');

type Instead = 'denied' | 'unknownTable' | 'basicPlan' | 'refused' | 'unknownWorkspace';

const REFUSALS: Readonly<Record<Instead, readonly [number, object]>> = {
  denied: [
    403,
    {
      code: 'InsufficientAccessError',
      message:
        'The provided credentials have insufficient access to perform the requested operation',
    },
  ],
  unknownTable: [
    400,
    badQuery(
      'SEM0100',
      "'where' operator: Failed to resolve table or column expression named 'SigninLogs'",
    ),
  ],
  basicPlan: [
    400,
    badQuery('BadRequest', 'The query should contain a single Basic or Auxiliary Logs table'),
  ],
  refused: [400, badQuery('SYN0002', 'A recognition error occurred in the query.')],
  unknownWorkspace: [
    404,
    { code: 'WorkspaceNotFoundError', message: 'The workspace could not be found.' },
  ],
};

function badQuery(code: string, message: string) {
  return {
    code: 'BadArgumentError',
    message: 'The request had some invalid properties',
    innererror: {
      code: 'SemanticError',
      message: 'A semantic error occurred.',
      innererror: { code, message },
    },
  };
}

export function refusal(kind: Instead): Answer {
  const [status, error] = REFUSALS[kind];
  return jsonAnswer({ error }, status);
}

/** The answer that a fault gives instead of the rows. */
export function answerInstead(
  fault: WorkspaceFault,
  query: ReadQuery,
  now: Date,
): Answer | undefined {
  switch (fault.kind) {
    case 'throttled': {
      const seconds = fault.retryAfterSeconds;
      const headers = seconds === undefined ? {} : { 'retry-after': String(seconds) };
      return errorAnswer(new Refusal(429, 'ThrottledError', 'Too many requests.', headers), now);
    }
    case 'slow':
      if (query.to - query.from <= fault.hours * HOUR_MS) return undefined;
      if (fault.form === 'html') return htmlAnswer(504);
      return jsonAnswer(
        { error: { code: 'GatewayTimeout', message: 'Unable to unzip response' } },
        504,
      );
    case 'noContent':
      return { status: 204 };
    case 'emptyBody':
      return { status: 200, headers: { 'content-type': 'application/json' }, body: '' };
    case 'html':
      return { ...htmlAnswer(200), status: 200 };
    case 'unavailable':
      return htmlAnswer(503);
    case 'denied':
    case 'unknownTable':
    case 'basicPlan':
    case 'refused':
    case 'unknownWorkspace':
      return refusal(fault.kind);
    default:
      return undefined;
  }
}
