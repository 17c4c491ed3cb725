import type { Person } from './person.ts';
import { PRIVILEGE_ORDER } from './privilege.ts';

/** Who has registered since comes last; else emergency accounts first, then by privilege, then by latest use. */
export function byUrgency(a: Person, b: Person): number {
  return (
    Number(a.registeredSince !== undefined) - Number(b.registeredSince !== undefined) ||
    Number(b.isEmergency) - Number(a.isEmergency) ||
    PRIVILEGE_ORDER.indexOf(a.privilege) - PRIVILEGE_ORDER.indexOf(b.privilege) ||
    compare(latestUse(b), latestUse(a)) ||
    compare(a.user.userPrincipalName ?? a.user.id, b.user.userPrincipalName ?? b.user.id)
  );
}

function latestUse({ stopped, lastUseAt, user }: Person): string {
  return stopped?.lastAt ?? lastUseAt ?? user.lastSuccessfulSignInAt ?? '';
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
