import { MailerError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import { errorCodes } from '../graph/graph-error.ts';
import { toCause } from '../sources/coverage.ts';
import type { Cause } from '../sources/coverage.ts';

/**
 * What the engine says of an answer that is too large, by name or number, and of a query that took too much memory:
 * smaller ones work ("Query limits", learn.microsoft.com, March 2026).
 */
const TOO_LARGE =
  /E_QUERY_RESULT_SET_TOO_LARGE|0x80DA0003|-2133196797|E_RUNAWAY_QUERY|E_LOW_MEMORY_CONDITION/;

export function isTooLarge(text: string): boolean {
  return TOO_LARGE.test(text);
}

/** A table of this plan cannot be asked together with others, nor by `/query`; no code is published for it. */
const BASIC_PLAN = /Basic (?:or|and|Logs?\b)|Auxiliary/;

/** The engine's code for a name that it does not know: a table that is not there. */
const UNKNOWN_NAME = 'SEM0100';

/**
 * Turns an answer that is no success into an error of ours. Its message is left out, because it may quote rows; its
 * codes stay.
 */
export function toWorkspaceError(status: number, body: string): MailerError {
  const codes = errorCodes(Buffer.from(body));
  const workspaceCode = codes.at(-1);
  const code = isTooLarge(body) ? 'workspace_too_large' : errorCode(status);
  const isBasicPlan = code === 'workspace_refused' && BASIC_PLAN.test(body);
  return new MailerError(
    code,
    {
      what: `The workspace answered ${status}${workspaceCode === undefined ? '' : ` ${workspaceCode}`}.`,
      todo: ADVICE[code],
    },
    { status, workspaceCode, plan: isBasicPlan ? 'basic' : undefined },
  );
}

const ADVICE: Partial<Record<ErrorCode, string>> = {
  workspace_denied: 'Assign the identity the role Log Analytics Data Reader on the workspace.',
};

function errorCode(status: number): ErrorCode {
  if (status === 401 || status === 403) return 'workspace_denied';
  if (status === 429) return 'workspace_throttled';
  if (status === 408 || status === 504) return 'workspace_timeout';
  if (status >= 500) return 'workspace_unreachable';
  if (status >= 400) return 'workspace_refused';
  return 'workspace_unexpected';
}

/** An answer that says success and cannot be used; `reason` is ours and quotes nothing of it. */
export function unusable(reason: string): MailerError {
  return new MailerError(
    'workspace_unexpected',
    `The workspace’s answer could not be used: ${reason}.`,
    { reason },
  );
}

const WAIT = 'Wait for the next run';
const TO_GRAPH = 'or set SIGN_IN_SOURCE to graph';

/** Why the workspace could not be read, in the reader's words. */
export function workspaceCause(error: unknown, table: string): Cause {
  if (!(error instanceof MailerError)) return UNREACHABLE;
  const { workspaceCode, status, reason, plan } = error.facts;
  const detail = workspaceCode ?? status ?? reason;
  const inBrackets = detail === undefined ? '' : ` (${detail})`;
  const fault = (because: string, remedy: string): Cause => ({ kind: 'fault', because, remedy });
  switch (error.code) {
    case 'workspace_denied':
      return {
        kind: 'access',
        because: `the workspace refused access${inBrackets}`,
        remedy:
          'Assign the identity the role Log Analytics Data Reader on the workspace; a new role works after up to an hour.',
      };
    case 'workspace_refused':
      if (workspaceCode === UNKNOWN_NAME) return missingTable(table);
      if (plan === 'basic') return basicPlan(table);
      if (status === 404) {
        return fault(
          `there is no such workspace${inBrackets}`,
          'Correct SIGN_IN_WORKSPACE_ID: it is the GUID that the portal shows as Workspace ID.',
        );
      }
      return fault(
        `the workspace did not take the query${inBrackets}`,
        `Look whether the table has the Analytics plan; else open an issue with this code, ${TO_GRAPH}.`,
      );
    case 'workspace_throttled':
      return fault(
        'the workspace throttled the queries three times',
        `${WAIT}; if it happens again, look who else queries it under this identity.`,
      );
    case 'workspace_timeout':
      return fault(
        'the workspace did not finish a query of one hour of sign-ins in time',
        `${WAIT} with a higher RUN_TIME_LIMIT_MINUTES, ${TO_GRAPH}.`,
      );
    case 'workspace_too_large':
      return fault(
        'an answer of the workspace was too large however small the part that was asked for',
        `Open an issue, ${TO_GRAPH}.`,
      );
    case 'workspace_unexpected':
      return fault(
        `the workspace’s answer could not be used${inBrackets}`,
        `${WAIT}; if it happens again, open an issue, ${TO_GRAPH}.`,
      );
    case 'run_deadline':
      return toCause(error);
    case 'token_unavailable':
      return fault(
        'there is no token for the workspace',
        'Check GRAPH_AUTH, AZURE_CLIENT_ID and that the identity is assigned to the app.',
      );
    default:
      return UNREACHABLE;
  }
}

const UNREACHABLE: Cause = {
  kind: 'fault',
  because: 'the workspace did not answer',
  remedy: `${WAIT}; if it happens again, check SIGN_IN_WORKSPACE_ENDPOINT and the service health of Azure Monitor.`,
};

/** The diagnostic categories of the tables. */
const CATEGORIES: Readonly<Record<string, string>> = {
  SigninLogs: 'SignInLogs',
  AADNonInteractiveUserSignInLogs: 'NonInteractiveUserSignInLogs',
};

/** A table that does not exist, or to which nothing was written for days. */
export function missingTable(table: string): Cause {
  return {
    kind: 'no-data',
    because: `the workspace has had no row of ${table} for three days`,
    remedy: `Let a Security Administrator export ${CATEGORIES[table] ?? table} to it (Entra, Diagnostic settings; about 26 USD a million sign-ins): first rows take up to three days.`,
  };
}

function basicPlan(table: string): Cause {
  return {
    kind: 'fault',
    because: `${table} is on the Basic or Auxiliary plan, which cannot be queried in this way`,
    remedy: 'Put the table on the Analytics plan, or set SIGN_IN_SOURCE to graph.',
  };
}

/** Why a kind is not whole of which rows could not be read. */
export function unreadableCause(rows: number): Cause {
  return {
    kind: 'fault',
    because: `the workspace holds ${rows === 1 ? '1 sign-in' : `${rows} sign-ins`} that could not be read`,
    remedy:
      'Wait for the next run; if it happens again, look for a newer version of this product, which may know the rows.',
  };
}

/** Why a report on a workspace that has not been filled for long is not whole. */
export function youngCause(since: number): Cause {
  const instant = new Date(since).toISOString().slice(0, 16).replace('T', ' ');
  return {
    kind: 'no-data',
    because: `the workspace is sure to hold sign-ins only since ${instant} UTC`,
    remedy:
      'Wait, or let SIGN_IN_SOURCE be auto until it holds 30 days, so that Graph fills what is older.',
  };
}
