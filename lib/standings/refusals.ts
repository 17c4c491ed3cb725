import { APPLICATIONS } from '../entra/applications.ts';
import { askersOf } from '../entra/askers.ts';
import type { UnresolvedRefusals, Use } from '../ledger/usage.ts';
import { dayOf } from '../utc-day.ts';
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
  /** An older refusal says nothing of today. */
  readonly from: number;
  /** From here to now every sign-in was read, so that no success is missing that would resolve a refusal. */
  readonly wholeSince: number | undefined;
}

/**
 * Whether somebody was stopped at MFA. That no refusal was seen makes nobody unknown; one after which sign-ins may be
 * missing does, because a success may have resolved it.
 */
export function stoppedFacts(uses: readonly Use[], window: RefusalWindow): StoppedFacts {
  const found = unresolvedIn(uses, window.from);
  if (found.length === 0) return NOT_STOPPED;
  const proven = found.filter(({ refusals }) => isProven(refusals, window));
  return {
    stoppedIfNotCapable: proven.length > 0 ? 'yes' : 'unknown',
    stoppedIfCapable: isInsistent(proven) ? 'yes' : isInsistent(found) ? 'unknown' : 'no',
  };
}

/** The unresolved refusals that count, the last one first. */
function unresolvedIn(uses: readonly Use[], from: number): readonly Unresolved[] {
  return uses
    .flatMap(({ application, unresolved }) =>
      unresolved === undefined || unresolved.lastAt < from
        ? []
        : [{ application, refusals: unresolved }],
    )
    .sort((a, b) => b.refusals.lastAt - a.refusals.lastAt);
}

function isProven({ lastAt }: UnresolvedRefusals, { wholeSince }: RefusalWindow): boolean {
  return wholeSince !== undefined && wholeSince <= lastAt;
}

/** One prompt that nobody answered, and background refreshes that want a new proof, are daily noise. */
function isInsistent(found: readonly Unresolved[]): boolean {
  const attempts = found.reduce((sum, { refusals }) => sum + refusals.interactiveAttempts, 0);
  return (
    found.some(({ refusals }) => refusals.ropc) ||
    attempts >= MIN_ATTEMPTS ||
    countDays(found) >= MIN_DAYS
  );
}

/** At how many days at least there were interactive refusals: several applications may share them. */
function countDays(found: readonly Unresolved[]): number {
  const most = found.reduce((days, { refusals }) => Math.max(days, refusals.interactiveDays), 0);
  const interactive = found.filter(
    ({ refusals }) => refusals.interactiveAttempts === refusals.attempts,
  );
  return Math.max(most, new Set(interactive.map(({ refusals }) => dayOf(refusals.lastAt))).size);
}

/** How somebody was stopped, for a person who was. */
export function describeStopped(
  uses: readonly Use[],
  from: number,
  isPhoneOnly: boolean,
): Stopped | undefined {
  const found = unresolvedIn(uses, from);
  const [last] = found;
  if (last === undefined) return undefined;
  const first = found.reduce((since, { refusals }) => Math.min(since, refusals.since), Infinity);
  return {
    since: new Date(first).toISOString(),
    lastAt: new Date(last.refusals.lastAt).toISOString(),
    days: found.reduce((days, { refusals }) => Math.max(days, refusals.days), 0),
    attempts: found.reduce((sum, { refusals }) => sum + refusals.attempts, 0),
    stage: last.refusals.stage,
    askers: askersOf(last.refusals.askers),
    isPhoneOnly,
    applications: found.map(({ application }) => APPLICATIONS[application]?.name ?? ''),
  };
}
