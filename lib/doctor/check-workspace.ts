import { hasCode } from '../errors.ts';
import type { Settings } from '../settings/fields.ts';
import { KINDS } from '../sign-ins/query.ts';
import type { SignInKind, Span } from '../sign-ins/query.ts';
import type { Cause } from '../sources/coverage.ts';
import { DAY_MS } from '../utc-day.ts';
import type { WorkspaceConnection } from '../workspace/client.ts';
import { readDropped } from '../workspace/holes.ts';
import { openWorkspaceConnection } from '../workspace/open-connection.ts';
import { readTables } from '../workspace/open-workspace.ts';
import type { TableState, WorkspaceTables } from '../workspace/open-workspace.ts';
import { OTHERS_COLUMNS, othersQuery, TABLES } from '../workspace/query-texts.ts';
import { workspaceCause } from '../workspace/workspace-error.ts';
import type { CheckContext, Finding } from './check.ts';

const LOOKED_AT_DAYS = 7;
const TIME_LIMIT_MS = 60_000;
const MINUTE_MS = 60_000;

/** Whether the settings name a workspace that is to be asked. */
export function hasWorkspace({ signInSource, signInWorkspaceId }: Settings): boolean {
  return signInSource !== 'graph' && signInWorkspaceId !== '';
}

/** Whether the workspace can be asked, what its tables hold, and whether it dropped anything. */
export async function checkWorkspace(
  context: CheckContext,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { signInSource, includeSignInLog } = context.settings;
  if (includeSignInLog) {
    const what =
      'INCLUDE_SIGN_IN_LOG wants rows, which only Graph gives: the workspace is not asked.';
    return [{ check: 'workspace', level: 'ok', what }];
  }
  const now = context.ports.clock().getTime();
  const endsAt = Math.min(now + TIME_LIMIT_MS, context.session.readingEndsAt);
  const connection = await openWorkspaceConnection(context, { signal, endsAt });
  const from = now - LOOKED_AT_DAYS * DAY_MS;
  let state: WorkspaceTables;
  try {
    // It looks back for a week by itself.
    state = await readTables(connection, { from: now, now });
  } catch (error) {
    if (signal.aborted) throw error;
    return [unusable(workspaceCause(error, TABLES.interactive), signInSource)];
  }
  const missing = [...new Set(KINDS.flatMap((kind) => state.causes[kind] ?? []))];
  return [
    ...missing.map((cause) => unusable(cause, signInSource)),
    ...KINDS.flatMap((kind) => describeTable(kind, state)),
    await lookForDropped(connection, from, now),
    ...(await lookForSurplus(connection, { from, to: now }, context.settings)),
  ];
}

/** With auto, Graph stands in; without it, every digest is PARTIAL. */
function unusable({ because, remedy }: Cause, signInSource: string): Finding {
  const isFallingBack = signInSource === 'auto';
  return {
    check: 'workspace',
    level: isFallingBack ? 'warning' : 'problem',
    what: isFallingBack
      ? `Sign-ins come from Graph, because ${because}.`
      : `Every digest is PARTIAL, because ${because}.`,
    todo: remedy,
  };
}

function describeTable(kind: SignInKind, { tables, causes }: WorkspaceTables): readonly Finding[] {
  const table = tables[kind];
  if (table === undefined || causes[kind] !== undefined) return [];
  const { rows, oldestAt, newestAt } = table;
  return [
    {
      check: 'workspace',
      level: 'ok',
      what: `${TABLES[kind]} has ${rows.toLocaleString('en-GB')} rows of the last ${LOOKED_AT_DAYS} days, from ${minute(oldestAt)} to ${minute(newestAt)} UTC; the newest arrived ${delayOf(table)}.`,
      facts: { table: TABLES[kind], rows },
    },
  ];
}

function delayOf({ newestAt, arrivedAt }: TableState): string {
  const minutes = Math.max(0, Math.round((arrivedAt - newestAt) / MINUTE_MS));
  return minutes === 1 ? '1 minute later' : `${minutes} minutes later`;
}

async function lookForDropped(
  connection: WorkspaceConnection,
  from: number,
  now: number,
): Promise<Finding> {
  const check = 'workspace';
  const since = `in the last ${LOOKED_AT_DAYS} days`;
  try {
    const dropped = await readDropped(connection, { from, to: now });
    if (dropped.length === 0) {
      return { check, level: 'ok', what: `The workspace reports no dropped data ${since}.` };
    }
    return {
      check,
      level: 'warning',
      what: `The workspace says that it dropped data ${since}: those days are not whole.`,
      todo: 'Raise its daily cap, or look at its ingestion rate (_LogOperation).',
      facts: { reports: dropped.length },
    };
  } catch (error) {
    const { because, remedy } = workspaceCause(error, '_LogOperation');
    const what = `Whether the workspace dropped data is not known, because ${because}.`;
    return { check, level: 'warning', what, todo: remedy };
  }
}

/** Whether the identity sees a table that nobody here needs, as far as one query tells. */
async function lookForSurplus(
  connection: WorkspaceConnection,
  span: Span,
  { graphAuth }: Settings,
): Promise<readonly Finding[]> {
  const check = 'workspace';
  const query = { text: othersQuery(span), span, columns: OTHERS_COLUMNS };
  try {
    const rows = await connection.ask(query, (answer) =>
      answer.length === 1 ? answer.number(0, 0) : undefined,
    );
    // A count always has one row; its memory may still hold an older answer.
    if (rows === undefined) return [];
    if (rows > 0) {
      const what = 'The identity also reads tables of the workspace that it does not need (Usage).';
      // Whoever signs in reads there what their own roles let them.
      if (graphAuth === 'device-code') return [{ check, level: 'ok', what }];
      const todo =
        'Limit its role to the tables that docs/security.md names, or take other roles away.';
      return [{ check, level: 'warning', what, todo }];
    }
  } catch (error) {
    // Whoever is not let see a table is told that it is not there, or no.
    if (!hasCode(error, 'workspace_refused', 'workspace_denied')) return [];
  }
  const what =
    'The identity sees no row of a table that it does not need, as far as one query tells.';
  return [{ check, level: 'ok', what }];
}

function minute(instant: number): string {
  return new Date(instant).toISOString().slice(0, 16).replace('T', ' ');
}
