import { startOf } from '../../lib/ledger/day-document.ts';
import { decodeCounts, encodeCounts } from '../../lib/ledger/encode-counts.ts';
import type { StoredRow } from '../../lib/ledger/encode-counts.ts';
import type { KindReads } from '../../lib/sign-ins/read-sign-ins.ts';
import type { PartCounts, SignInKind, Span } from '../../lib/sign-ins/query.ts';
import { startSimulatedTenant } from '../../lib/simulation/tenant-server.ts';
import type { RecordedRequest, SimulationOptions } from '../../lib/simulation/tenant-server.ts';
import { PeopleIndex } from '../../lib/sources/people-index.ts';
import { connectToWorkspace } from '../../lib/workspace/client.ts';
import type { WorkspaceConnection } from '../../lib/workspace/client.ts';
import { readTables } from '../../lib/workspace/open-workspace.ts';
import { workspaceOrigin } from '../../lib/workspace/origin.ts';

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
export const NOW = Date.parse('2026-11-21T06:00:00Z');
export const DAY = '2026-11-19';
const MINUTE_MS = 60_000;

export interface ReadOptions extends Pick<SimulationOptions, 'workspace' | 'people' | 'signIns'> {
  /** @default the whole of DAY */
  readonly span?: Span;
  readonly cutAt?: number;
  readonly parts?: PartCounts;
  readonly signal?: AbortSignal;
  /** How long the run may still read. @default ten minutes */
  readonly timeLeftMs?: number;
}

/** What was read of a span. */
export interface ReadDay {
  readonly pieces: readonly ReadPiece[];
  readonly reads: KindReads;
  /** All rows of all pieces. */
  readonly rows: readonly StoredRow[];
  /** Requests to the workspace. */
  readonly requests: readonly RecordedRequest[];
  readonly waitsMs: readonly number[];
}

export interface ReadPiece extends Span {
  readonly isWhole: Readonly<Record<SignInKind, boolean>>;
  readonly parts: PartCounts | undefined;
}

interface OpenedWorkspace {
  readonly connection: WorkspaceConnection;
  readonly tenantId: string;
  readonly requests: readonly RecordedRequest[];
  readonly waitsMs: readonly number[];
}

/** Opens the workspace of a simulated tenant at NOW, and closes it when the work is done. */
export async function withWorkspace<Result>(
  options: ReadOptions,
  work: (opened: OpenedWorkspace) => Promise<Result>,
): Promise<Result> {
  const { workspace, people = 260, signIns = 3000, timeLeftMs = 10 * MINUTE_MS } = options;
  const tenant = await startSimulatedTenant({
    clock: () => new Date(NOW),
    people,
    signIns,
    ...(workspace !== undefined && { workspace }),
  });
  const waitsMs: number[] = [];
  let nowMs = NOW;
  const { signal = new AbortController().signal } = options;
  try {
    const token = await tokenFor(tenant.settings);
    const connection = await connectToWorkspace({
      workspaceId: tenant.workspaceSettings['SIGN_IN_WORKSPACE_ID'] ?? '',
      endpoint: new URL(tenant.origin),
      audience: 'https://api.loganalytics.io',
      token: () => Promise.resolve(token),
      signal,
      endsAt: NOW + timeLeftMs,
      now: () => nowMs,
      random: () => 0,
      sleep: async (waitMs) => {
        waitsMs.push(waitMs);
        nowMs += waitMs;
        return Promise.resolve();
      },
    });
    return await work({
      connection,
      tenantId: tenant.tenantId,
      requests: tenant.requests,
      waitsMs,
    });
  } finally {
    await tenant.close();
  }
}

/** Reads a span of the workspace of a simulated tenant, as a run does. */
export function readDay(options: ReadOptions = {}): Promise<ReadDay> {
  return withWorkspace(options, async ({ connection, tenantId, requests, waitsMs }) => {
    const from = NOW - 30 * DAY_MS;
    const span = options.span ?? { from: startOf(DAY), to: startOf(DAY) + DAY_MS };
    const state = await readTables(connection, { from, now: NOW });
    const origin = workspaceOrigin({
      connection,
      state,
      from,
      now: NOW,
      tenantId,
      onProgress: () => undefined,
    });
    const people = new PeopleIndex();
    const pieces: ReadPiece[] = [];
    const rows: StoredRow[] = [];
    const request = {
      span,
      ...(options.cutAt !== undefined && { cutAt: options.cutAt }),
      ...(options.parts !== undefined && { parts: options.parts }),
    };
    for await (const piece of origin.read(people, request)) {
      const { counts, isWhole, parts, day } = piece;
      const start = startOf(day);
      rows.push(...decodeCounts(encodeCounts(counts, people, start), start));
      pieces.push({ from: piece.from, to: piece.to, isWhole, parts });
    }
    return {
      pieces,
      rows: rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
      reads: origin.reads,
      requests: requests.filter(({ path }) => path.startsWith('/v1/')),
      waitsMs,
    };
  });
}

/** The filters with which a run asked Graph for sign-ins, those of emergency accounts apart. */
export function signInRequests({
  requests,
}: {
  readonly requests: readonly RecordedRequest[];
}): readonly string[] {
  return requests
    .filter(({ path }) => path.endsWith('/auditLogs/signIns'))
    .map(({ query }) => query['$filter'] ?? '')
    .filter((filter) => !/user(?:Id|PrincipalName) eq/.test(filter));
}

function keyOf({ id, slot, firstAt }: StoredRow): string {
  return `${id} ${slot} ${firstAt}`;
}

async function tokenFor(settings: Readonly<Record<string, string>>): Promise<string> {
  const url = new URL(settings['IDENTITY_ENDPOINT'] ?? '');
  url.search = new URLSearchParams({
    resource: 'https://api.loganalytics.io',
    'api-version': '2019-08-01',
  }).toString();
  const answer = await fetch(url, {
    headers: { 'x-identity-header': settings['IDENTITY_HEADER'] ?? '' },
  });
  return ((await answer.json()) as { readonly access_token: string }).access_token;
}
