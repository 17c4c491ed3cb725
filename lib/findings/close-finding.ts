import type { User } from '../sources/rows.ts';
import { daysBetween } from '../utc-day.ts';
import type { Change, ClosedFinding, NamedPerson, OpenFinding, Resolution } from './findings.ts';
import type { Assessment } from './assessments.ts';

/** Days for which a resolved finding keeps its names. */
const NAMES_KEPT_DAYS = 30;

const REASONS: Readonly<Record<Resolution, string>> = {
  registered: 'Can do MFA now.',
  'mfa-seen': 'Has signed in with MFA.',
  disabled: 'The account is disabled.',
  left: 'The account is not in the tenant any more.',
  'not-refused': 'Was not refused at MFA any more.',
  unused: 'Uses no portal or tool any more.',
  inactive: 'Does not sign in any more.',
  excepted: 'Is excepted by exceptions.csv.',
  'out-of-scope': 'Is out of scope now.',
  'rules-changed': 'Is in no list under the new rules.',
};

/** A finding that is resolved today, and the change that says so. */
export function closeFinding(
  finding: OpenFinding,
  how: Resolution,
  today: string,
): { readonly closed: ClosedFinding; readonly change: Change } {
  const { findingId, list, firstOpenedOn } = finding;
  return {
    closed: {
      findingId,
      ...toNamedPerson(finding),
      firstOpenedOn,
      resolvedOn: today,
      how,
      ...(how === 'excepted' && { isPaused: true }),
    },
    change: {
      ...describeFinding(finding, today),
      kind: 'resolved',
      how,
      from: list,
      reason: REASONS[how],
    },
  };
}

/**
 * A resolved finding as it is kept on: without names in time, and no longer paused once the gap under the exception
 * was seen to close.
 */
export function keepClosed(
  finding: ClosedFinding,
  today: string,
  assessmentOf: (id: string) => Assessment,
): ClosedFinding {
  const { findingId, id, firstOpenedOn, resolvedOn, how, isPaused = false } = finding;
  const isStillPaused =
    isPaused && id !== undefined && assessmentOf(id.toLowerCase()).kind !== 'closed';
  const isNamed = daysBetween(resolvedOn, today) < NAMES_KEPT_DAYS;
  return {
    findingId,
    ...(id !== undefined &&
      (isNamed ? toNamedPerson({ ...finding, id }) : isStillPaused && { id })),
    firstOpenedOn,
    resolvedOn,
    how,
    ...(isStillPaused && { isPaused }),
  };
}

/** A person as the lifecycle names them: a name that is not known leaves the one known before. */
export function toNamedPerson({
  id,
  userPrincipalName,
  displayName,
}: NamedPerson | User): NamedPerson {
  return {
    id,
    ...(userPrincipalName !== undefined && { userPrincipalName }),
    ...(displayName !== undefined && { displayName }),
  };
}

/** What every change says of its finding. */
export function describeFinding(
  finding: OpenFinding,
  today: string,
): Omit<Change, 'kind' | 'reason'> {
  return {
    findingId: finding.findingId,
    ...toNamedPerson(finding),
    openedOn: finding.openedOn,
    ageDays: daysBetween(finding.openedOn, today),
  };
}
