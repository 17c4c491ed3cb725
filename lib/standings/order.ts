import type { Person } from './person.ts';
import { PRIVILEGE_ORDER } from './privilege.ts';

/** Emergency accounts first, then by privilege, then by latest use. */
export function byUrgency(a: Person, b: Person): number {
  return (
    Number(b.isEmergency) - Number(a.isEmergency) ||
    PRIVILEGE_ORDER.indexOf(a.privilege) - PRIVILEGE_ORDER.indexOf(b.privilege) ||
    compare(latestUse(b), latestUse(a)) ||
    compare(a.user.userPrincipalName ?? a.user.id, b.user.userPrincipalName ?? b.user.id)
  );
}

function latestUse({ lastUseAt, user }: Person): string {
  return lastUseAt ?? user.lastSuccessfulSignInAt ?? '';
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
