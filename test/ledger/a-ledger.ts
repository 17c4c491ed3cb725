import { MailerError } from '../../lib/errors.ts';
import { startOf } from '../../lib/ledger/day-document.ts';
import type { DayContent } from '../../lib/ledger/day-document.ts';
import { decodeCounts } from '../../lib/ledger/encode-counts.ts';
import type { StoredRow } from '../../lib/ledger/encode-counts.ts';
import { SignInLedger } from '../../lib/ledger/ledger.ts';
import { updateLedger } from '../../lib/ledger/update-ledger.ts';
import type { LedgerUpdate, UpdateOptions } from '../../lib/ledger/update-ledger.ts';
import { COUNTS } from '../../lib/sign-ins/day-row.ts';
import { graphOrigin } from '../../lib/sign-ins/origin.ts';
import type { KindReads } from '../../lib/sign-ins/read-sign-ins.ts';
import type { Reader } from '../../lib/sources/collection.ts';
import { PeopleIndex } from '../../lib/sources/people-index.ts';
import type { Store } from '../../lib/storage/store.ts';
import { guid } from '../support/a-report.ts';
import { readerOf } from '../support/sign-in-log.ts';
import type { Event, Kind, LogOptions, LogRequest } from '../support/sign-in-log.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
export const TENANT = 'tenant';
export const PORTAL = 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c';
export const CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
export const TERRAFORM = '7e6f1a52-9b0c-4d83-8a4e-5c2d90b1f3a7';
export const ARM = '797f4846-ba00-4fd7-ba43-dac1f8f63013';
export const GRAPH = '00000003-0000-0000-c000-000000000000';

/** A sign-in and when Graph shows it. */
export interface LateEvent extends Event {
  readonly arrivesAt: number;
}

let lastEvent = 0;

/** A successful interactive one-factor sign-in of person 1 to the portal, shown at once. */
export function anEvent(instant: string, about: Partial<LateEvent> = {}): LateEvent {
  lastEvent += 1;
  const at = Date.parse(instant);
  return {
    id: `sign-in-${lastEvent}`,
    at,
    arrivesAt: at,
    kind: 'interactive',
    userId: guid(1),
    appId: PORTAL,
    resourceId: GRAPH,
    errorCode: 0,
    requirement: 'singleFactorAuthentication',
    ...about,
  };
}

export interface RunOptions {
  readonly overlapDays?: number;
  /** @default false */
  readonly isForReport?: boolean;
  /** How far back this run wants to read. @default 89 */
  readonly daysBack?: number;
  /** @default 400 */
  readonly retentionDays?: number;
  /** The kind that Graph does not give. */
  readonly failing?: Kind | 'both';
  /** The run meets its deadline at this request. */
  readonly mostRequests?: number;
  readonly isHeld?: boolean;
  readonly log?: LogOptions;
  readonly onRow?: UpdateOptions['onRow'];
  /** What is known of both kinds before. */
  readonly reads?: KindReads;
}

export interface RunResult extends LedgerUpdate {
  readonly ledger: SignInLedger;
  readonly reads: KindReads;
  readonly retainedFrom: number;
  readonly requests: readonly LogRequest[];
  /** How many requests were made, also those that failed. */
  readonly asked: number;
}

/** One run over what Graph shows at an instant. */
export async function runAt(
  now: number,
  events: readonly LateEvent[],
  store: Store,
  options: RunOptions = {},
): Promise<RunResult> {
  const { overlapDays = 2, daysBack = 89, retentionDays = 400, isHeld = true } = options;
  const shown = events.filter(
    ({ at, arrivesAt }) => arrivesAt <= now && at <= now && at >= now - 30 * DAY_MS,
  );
  const reader = readerOf(shown, { pageSize: 5, ...options.log });
  const ledger = new SignInLedger(store, TENANT, new Date(now));
  let asked = 0;
  const counted = withFaults(reader, options, () => (asked += 1));
  const origin = graphOrigin(counted, now);
  Object.assign(origin.reads, options.reads);
  const midnight = Math.floor(now / DAY_MS) * DAY_MS;
  const update = await updateLedger(ledger, {
    origin,
    onRow: options.onRow,
    people: new PeopleIndex(),
    now,
    overlapDays,
    isForReport: options.isForReport ?? false,
    from: midnight - daysBack * DAY_MS,
    keptFrom: dayOf(midnight - retentionDays * DAY_MS),
    isWriting: () => isHeld,
  });
  const { reads, retainedFrom } = origin;
  return { ...update, ledger, reads, retainedFrom, requests: reader.requests, asked };
}

function withFaults(
  reader: Reader,
  { failing, mostRequests }: RunOptions,
  count: () => number,
): Reader {
  return {
    ...reader,
    graph: {
      ...reader.graph,
      get(url, what, signal) {
        const requests = count();
        if (mostRequests !== undefined && requests > mostRequests) {
          return Promise.reject(new MailerError('run_deadline', 'The run reached its time limit.'));
        }
        const isFailing = failing === 'both' || url.search.includes(`${failing}User`);
        if (failing !== undefined && isFailing) {
          return Promise.reject(new MailerError('graph_unreachable', 'Graph did not answer.'));
        }
        return reader.graph.get(url, what, signal);
      },
    },
  };
}

export function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** The counts of a stored day, one line a row, in order. */
export function linesOf({ day, counts }: DayContent): readonly string[] {
  return [...decodeCounts(counts, startOf(day))].map(toLine).sort();
}

/** What one reading of everything gives for a span: the plain recomputation. */
export function recompute(
  events: readonly Event[],
  { from, to }: { readonly from: number; readonly to: number },
): readonly string[] {
  const groups = new Map<string, Event[]>();
  for (const event of events) {
    const slot = slotOf(event);
    const isCounted = event.errorCode === 0 || event.errorCode === 50076;
    if (event.at < from || event.at >= to || slot === undefined || !isCounted) continue;
    const key = `${event.userId} ${slot}`;
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  return [...groups].map(([key, group]) => lineOf(key, group)).sort();
}

function lineOf(key: string, group: readonly Event[]): string {
  const successes = group.filter(({ errorCode }) => errorCode === 0);
  const claims = successes.filter(({ requirement }) => requirement === 'multiFactorAuthentication');
  const refusals = group.filter(({ errorCode }) => errorCode !== 0);
  const hours = new Set(group.map(({ at }) => new Date(at).getUTCHours()));
  const counts = [claims.length, successes.length - claims.length, refusals.length];
  const instants = [
    Math.min(...successes.map(({ at }) => at)),
    ...[successes, claims, refusals].map((list) => Math.max(...list.map(({ at }) => at))),
  ].map((at) => (Number.isFinite(at) ? at : 0));
  return `${key} ${counts.join('/')} ${instants.join(' ')} ${[...hours].sort((x, y) => x - y).join()}`;
}

function slotOf({ appId, resourceId, kind }: Event): number | undefined {
  const application = { [PORTAL]: 0, [CLI]: 2 }[appId] ?? (resourceId === ARM ? 5 : undefined);
  return application === undefined ? undefined : application * 2 + (kind === 'interactive' ? 0 : 1);
}

function toLine({ id, slot, counts, hours, ...row }: StoredRow): string {
  const of = (name: (typeof COUNTS)[number]) => counts[COUNTS.indexOf(name)] ?? 0;
  const all = Array.from(counts).reduce((sum, count) => sum + count, 0);
  const told = [of('claim'), of('none'), of('not-passed')];
  const isElse = all === told.reduce((sum, count) => sum + count, 0) ? '' : 'and more';
  const instants = [row.firstAt, row.lastAt, row.lastMfaAt, row.lastRefusalAt];
  const shown = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => (hours >> hour) & 1);
  return `${id} ${slot} ${told.join('/')}${isElse} ${instants.join(' ')} ${shown.join()}`;
}
