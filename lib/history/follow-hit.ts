import type { Change, ChangeKind } from '../report/history.ts';
import type { Person } from '../report/report.ts';
import type { HitList } from '../report/standings.ts';
import { describeFinding, toNamedPerson } from './describe-finding.ts';
import type { ClosedFinding, OpenFinding } from './lifecycle.ts';

/** A person who belongs in a hit list, and what was known before. */
export interface HitInput {
  readonly findingId: string;
  readonly person: Person;
  readonly list: HitList;
  readonly today: string;
  /** The finding as the last run left it: open, or closed. */
  readonly open: OpenFinding | undefined;
  readonly closed: ClosedFinding | undefined;
  /** The finding as a run on demand recorded it since. */
  readonly recorded: OpenFinding | undefined;
  /** Whether the person could do MFA when last judged. */
  readonly wasCapable: boolean;
}

export interface FollowedHit {
  readonly finding: OpenFinding;
  readonly change?: Change;
}

/** The finding of today and its change, if any: regressed, reopened, moved or opened, the first that fits. */
export function followHit(input: HitInput): FollowedHit {
  const { findingId, person, list, today, open, closed } = input;
  const kind = changeKind(input);
  const openedOn = openingDay(input, kind);
  const finding: OpenFinding = {
    findingId,
    ...toNamedPerson(person.user),
    list,
    openedOn,
    firstOpenedOn: open?.firstOpenedOn ?? closed?.firstOpenedOn ?? openedOn,
  };
  if (kind === undefined) return { finding };
  return {
    finding,
    change: {
      ...describeFinding(finding, today),
      kind,
      ...(open !== undefined && { from: open.list }),
      to: list,
      reason: person.reason,
    },
  };
}

function changeKind({ person, list, open, closed, wasCapable }: HitInput): ChangeKind | undefined {
  // A row that vanished is no lost method.
  if (wasCapable && person.registration?.isMfaCapable === false) return 'regressed';
  if (open !== undefined) return open.list === list ? undefined : 'moved';
  return closed === undefined ? 'opened' : 'reopened';
}

function openingDay(
  { today, open, closed, recorded }: HitInput,
  kind: ChangeKind | undefined,
): string {
  if (open !== undefined && kind !== 'regressed') return open.openedOn;
  // An exception makes no gap younger.
  if (kind === 'reopened' && closed?.isPaused === true) return closed.firstOpenedOn;
  const isRecordedSince = recorded !== undefined && recorded.openedOn !== open?.openedOn;
  return isRecordedSince ? recorded.openedOn : today;
}
