import type { Change } from '../report/history.ts';
import type { User } from '../sources/rows.ts';
import { daysBetween } from './days.ts';
import type { NamedPerson, OpenFinding } from './lifecycle.ts';

/** A person as the lifecycle names them. */
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
