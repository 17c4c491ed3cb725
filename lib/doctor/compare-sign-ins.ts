import { MailerError, SettingsError } from '../errors.ts';
import type { Ports } from '../session/ports.ts';
import { openSession } from '../session/session.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { DayCounts } from '../sign-ins/day-counts.ts';
import { graphOrigin } from '../sign-ins/origin.ts';
import type { SignInOrigin } from '../sign-ins/origin.ts';
import { KINDS } from '../sign-ins/query.ts';
import type { SignInKind, Span } from '../sign-ins/query.ts';
import { PeopleIndex } from '../sources/people-index.ts';
import { DAY_MS } from '../utc-day.ts';
import { openWorkspaceConnection } from '../workspace/open-connection.ts';
import { readTables } from '../workspace/open-workspace.ts';
import { workspaceOrigin } from '../workspace/origin.ts';
import { compareCounts } from './compare-counts.ts';
import type { SignInComparison } from './compare-counts.ts';

/** What was read of one origin for a comparison. */
export interface ComparedOrigin {
  readonly name: string;
  /** Why a kind of the day is not whole: clauses that can follow "because". */
  readonly missing: Partial<Readonly<Record<SignInKind, string>>>;
  readonly requests: number;
  readonly tookMs: number;
}

export interface ComparedSignIns extends SignInComparison {
  readonly origins: readonly ComparedOrigin[];
  /** How long the workspace’s engine took over its answers together, their way included. */
  readonly engineMs: number;
}

/** Reads a UTC day from Graph and from the workspace, and holds the counts of one against those of the other. */
export async function compareSignIns(ports: Ports, day: string): Promise<ComparedSignIns> {
  const settings = readSettings(ports.environment, { isSending: false });
  if (settings.signInWorkspaceId === '') {
    const problem = 'is missing; the comparison needs the GUID of the workspace.';
    throw new SettingsError([{ setting: 'SIGN_IN_WORKSPACE_ID', problem }]);
  }
  const session = openSession(settings, ports);
  try {
    const { tenantId } = await session.claims();
    const now = ports.clock().getTime();
    const from = Date.parse(`${day}T00:00:00Z`);
    const span = { from, to: Math.min(from + DAY_MS, now) };
    const people = new PeopleIndex();
    const connection = await openWorkspaceConnection({ settings, session, ports });
    const state = await readTables(connection, { from, now });
    const { onProgress } = ports;
    const workspace = workspaceOrigin({ connection, state, from, now, tenantId, onProgress });
    const graph = graphOrigin(
      { graph: session.graph, tenantId, signal: session.reading, onProgress },
      now,
    );
    const ofGraph = await readDay(graph, people, span, ports);
    const ofWorkspace = await readDay(workspace, people, span, ports);
    return {
      ...compareCounts(people, ofGraph.counts, ofWorkspace.counts),
      origins: [
        { ...ofGraph.origin, requests: pagesOf(graph) },
        { ...ofWorkspace.origin, requests: connection.requests },
      ],
      engineMs: connection.engineMs,
    };
  } finally {
    session.close();
  }
}

async function readDay(
  origin: SignInOrigin,
  people: PeopleIndex,
  span: Span,
  { clock }: Ports,
): Promise<{ readonly counts: DayCounts; readonly origin: Omit<ComparedOrigin, 'requests'> }> {
  const startedAt = clock().getTime();
  let counts: DayCounts | undefined;
  let whole: Readonly<Record<SignInKind, boolean>> = { interactive: false, nonInteractive: false };
  // A day that is read again comes again, and then counts as it came last.
  for await (const piece of origin.read(people, { span })) {
    counts = piece.counts;
    whole = piece.isWhole;
  }
  const lacking = KINDS.filter((kind) => !whole[kind]).map((kind) => {
    const { cause, shortfall } = origin.reads[kind];
    return [kind, (cause ?? shortfall)?.because ?? 'it could not be read'];
  });
  if (counts === undefined) {
    throw new MailerError(
      'workspace_unexpected',
      `Nothing of the day came from ${origin.name}, because ${lacking[0]?.[1] ?? 'of nothing known'}.`,
    );
  }
  return {
    counts,
    origin: {
      name: origin.name,
      missing: Object.fromEntries(lacking),
      tookMs: clock().getTime() - startedAt,
    },
  };
}

function pagesOf({ reads }: SignInOrigin): number {
  return KINDS.reduce((sum, kind) => sum + reads[kind].pages, 0);
}
