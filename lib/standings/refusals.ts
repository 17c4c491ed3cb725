import { APPLICATIONS } from '../entra/applications.ts';
import { askersOf } from '../entra/askers.ts';
import type { RefusalDay, UnresolvedRefusals, Use } from '../ledger/usage.ts';
import { DAY_MS, dayOf } from '../utc-day.ts';
import type { Stopped } from './person.ts';
import type { Fact } from './standings.ts';

/** An application at which refusals are not resolved. */
interface Unresolved {
  readonly application: number;
  readonly refusals: UnresolvedRefusals;
}

/** A capable person is stopped on so many UTC days, or after so many attempts, at a screen. */
const MIN_DAYS = 2;
const MIN_ATTEMPTS = 5;

interface StoppedFacts {
  readonly stoppedIfCapable: Fact;
  readonly stoppedIfNotCapable: Fact;
}

const NOT_STOPPED: StoppedFacts = { stoppedIfCapable: 'no', stoppedIfNotCapable: 'no' };

/** What a run knows about refusals in general. Instants are milliseconds since 1970. */
export interface RefusalWindow {
  /** Where the last refusal is older, none says anything of today. */
  readonly from: number;
  /** From here to now every sign-in was read, so that no success is missing that would resolve a refusal. */
  readonly wholeSince: number | undefined;
}

/**
 * Whether somebody was stopped at MFA. That no refusal was seen makes nobody unknown; one after which sign-ins may be
 * missing does, because a success may have resolved it. The last refusal decides whether any count, whatever the
 * application: the others of the same person that nothing has resolved count with it.
 */
export function stoppedFacts(uses: readonly Use[], window: RefusalWindow): StoppedFacts {
  const found = unresolvedIn(uses, window.from);
  if (found.length === 0) return NOT_STOPPED;
  const proven = provenOf(found, window);
  return {
    stoppedIfNotCapable: proven.length > 0 ? 'yes' : 'unknown',
    stoppedIfCapable: isInsistent(proven) ? 'yes' : isInsistent(found) ? 'unknown' : 'no',
  };
}

/** Applications with unresolved refusals, the last one first; none where the last of all is too old. */
function unresolvedIn(uses: readonly Use[], from: number): readonly Unresolved[] {
  const found = uses
    .flatMap(({ application, unresolved }) =>
      unresolved === undefined ? [] : [{ application, refusals: unresolved }],
    )
    .sort((a, b) => b.refusals.lastAt - a.refusals.lastAt);
  return found.some(({ refusals }) => refusals.lastAt >= from) ? found : [];
}

/** What of it no success that was not read can have resolved. */
function provenOf(
  found: readonly Unresolved[],
  { wholeSince }: RefusalWindow,
): readonly Unresolved[] {
  if (wholeSince === undefined) return [];
  return found.flatMap(({ application, refusals }) => {
    const days = refusals.days.flatMap((day) => provenDay(day, wholeSince));
    return days.length === 0 ? [] : [{ application, refusals: { ...refusals, days } }];
  });
}

/** Of a day that was read from some instant on, only its last refusal is known to lie after that. */
function provenDay(day: RefusalDay, wholeSince: number): readonly RefusalDay[] {
  if (day.start >= wholeSince) return [day];
  if (day.lastAt < wholeSince) return [];
  return [
    {
      ...day,
      since: day.lastAt,
      attempts: 1,
      interactiveAttempts: day.lastInteractiveAt >= wholeSince ? 1 : 0,
      ropc: day.ropc && day.attempts === 1,
    },
  ];
}

/** One prompt that nobody answered, and background refreshes that want a new proof, are daily noise. */
function isInsistent(found: readonly Unresolved[]): boolean {
  const days = daysOf(found);
  const interactive = days.filter(({ interactiveAttempts }) => interactiveAttempts > 0);
  return (
    days.some(({ ropc }) => ropc) ||
    sumOf(interactive, ({ interactiveAttempts }) => interactiveAttempts) >= MIN_ATTEMPTS ||
    countDays(interactive) >= MIN_DAYS
  );
}

function daysOf(found: readonly Unresolved[]): readonly RefusalDay[] {
  return found.flatMap(({ refusals }) => refusals.days);
}

/** Several applications may share a day. */
function countDays(days: readonly RefusalDay[]): number {
  return new Set(days.map(({ start }) => start)).size;
}

function sumOf(days: readonly RefusalDay[], count: (day: RefusalDay) => number): number {
  return days.reduce((sum, day) => sum + count(day), 0);
}

/** How somebody was stopped, for a person who was: by what is proven of it. */
export function describeStopped(
  uses: readonly Use[],
  window: RefusalWindow,
  isPhoneOnly: boolean,
): Stopped | undefined {
  const found = provenOf(unresolvedIn(uses, window.from), window);
  const [last] = found;
  if (last === undefined) return undefined;
  const days = daysOf(found);
  const first = days.reduce((earliest, { since }) => Math.min(earliest, since), Infinity);
  return {
    // A day with several refusals keeps the instant of the last one only.
    since: first % DAY_MS === 0 ? dayOf(first) : new Date(first).toISOString(),
    lastAt: new Date(last.refusals.lastAt).toISOString(),
    days: countDays(days),
    attempts: sumOf(days, ({ attempts }) => attempts),
    stage: last.refusals.stage,
    askers: askersOf(last.refusals.askers),
    isPhoneOnly,
    applications: found.map(({ application }) => APPLICATIONS[application]?.name ?? ''),
  };
}
