import type { RunContext } from '../session/session.ts';
import { graphOrigin } from '../sign-ins/origin.ts';
import type { SignInOrigin } from '../sign-ins/origin.ts';
import { KINDS } from '../sign-ins/query.ts';
import type { Cause } from '../sources/coverage.ts';
import { windowStart } from '../standings/facts.ts';
import { openWorkspaceConnection } from '../workspace/open-connection.ts';
import { readTables } from '../workspace/open-workspace.ts';
import type { WorkspaceTables } from '../workspace/open-workspace.ts';
import { workspaceOrigin } from '../workspace/origin.ts';
import { workspaceCause } from '../workspace/workspace-error.ts';

/** Where a run takes sign-ins from, and what fills what is left open. */
export interface Origins {
  readonly origin: SignInOrigin;
  readonly filler?: SignInOrigin | undefined;
}

/**
 * Chooses by the settings. `auto` takes the workspace where one is named, and Graph for the whole run where it cannot be
 * used, which the mail then says; `log-analytics` never asks Graph, so that what it lacks is missing.
 */
export async function chooseOrigins(context: RunContext, now: Date): Promise<Origins> {
  const { session, tenantId, ports, settings } = context;
  const graph = graphOrigin(
    { graph: session.graph, tenantId, signal: session.reading, onProgress: ports.onProgress },
    now.getTime(),
  );
  if (!wantsWorkspace(context)) return { origin: graph };
  const isFallingBack = settings.signInSource === 'auto';
  const opened = await openWorkspace(context, now);
  const [cause] = KINDS.flatMap((kind) => opened.state.causes[kind] ?? []);
  if (isFallingBack && cause !== undefined) {
    ports.log('warn', 'workspace.unused', { because: cause.because });
    return { origin: { ...graph, notes: [fallbackNote(cause)] } };
  }
  return { origin: opened.origin, filler: isFallingBack ? graph : undefined };
}

/** The workspace gives counts, so whoever wants rows is given Graph's. */
function wantsWorkspace({ settings }: RunContext): boolean {
  const { signInSource, signInWorkspaceId, includeSignInLog } = settings;
  if (signInSource === 'log-analytics') return true;
  return signInSource === 'auto' && signInWorkspaceId !== '' && !includeSignInLog;
}

function fallbackNote({ because, remedy }: Cause): string {
  return `Sign-ins come from Graph, because ${because}. ${remedy}`;
}

interface OpenedWorkspace {
  readonly state: WorkspaceTables;
  readonly origin: SignInOrigin;
}

/** Opens the workspace; one that cannot be asked has neither kind, and says why. */
async function openWorkspace(context: RunContext, now: Date): Promise<OpenedWorkspace> {
  const { ports, settings, tenantId } = context;
  const from = windowStart(now, settings.daysToCheckLogs);
  const connection = await openWorkspaceConnection(context);
  const state = await stateOf(() => readTables(connection, { from, now: now.getTime() }));
  const origin = workspaceOrigin({
    connection,
    state,
    from,
    now: now.getTime(),
    tenantId,
    onProgress: ports.onProgress,
  });
  return { state, origin };
}

async function stateOf(read: () => Promise<WorkspaceTables>): Promise<WorkspaceTables> {
  try {
    return await read();
  } catch (error) {
    const cause = workspaceCause(error, 'SigninLogs');
    return { askedFrom: 0, tables: {}, causes: { interactive: cause, nonInteractive: cause } };
  }
}
