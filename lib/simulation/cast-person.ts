import { type CastMember, castId } from './cast-member.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, startOfDay } from './instants.ts';
import type { Activity, Person } from './person.ts';
import { ROLE_GROUPS } from './roles.ts';
import { memberOn, storyDay } from './story.ts';

/** A cast member as the tenant holds them at an instant; undefined before the account is created. */
export function castPerson(member: CastMember, lastDay: Date, now: Date): Person | undefined {
  const nowMs = now.getTime();
  const lastDayMs = startOfDay(lastDay.getTime());
  const createdAtMs = lastDayMs + (1 - member.createdDaysBefore) * DAY_MS;
  if (createdAtMs > nowMs) {
    return undefined;
  }
  const current = memberOn(member, storyDay(nowMs, lastDay));
  const inGroup = ROLE_GROUPS.some(({ memberKeys }) => memberKeys.includes(current.key));
  const [givenName = '', ...surnames] = current.displayName.split(' ');
  return {
    id: castId(current.key),
    displayName: current.displayName,
    givenName: givenName || null,
    surname: surnames.join(' ') || null,
    userPrincipalName: current.userPrincipalName,
    signInName: current.signInName,
    mail: current.hasMailbox ? current.userPrincipalName : null,
    enabled: current.enabled,
    guest: current.guest,
    isAdmin: current.roles.length > 0 || inGroup,
    createdAtMs,
    skuIds: current.skuIds,
    onPremisesDistinguishedName: current.onPremisesDistinguishedName,
    activity: activityOf(current, createdAtMs, lastDayMs, nowMs),
    registration: current.methods && { methods: current.methods, isCapable: current.capable },
  };
}

function activityOf(
  { activity }: CastMember,
  createdAtMs: number,
  lastDayMs: number,
  nowMs: number,
): Activity | undefined {
  if (activity === 'never') {
    return undefined;
  }
  if (activity === 'daily') {
    const atMs = Math.max(startOfDay(nowMs) - 6 * HOUR_MS, createdAtMs + MINUTE_MS);
    return { attemptAtMs: atMs - MINUTE_MS, backgroundAtMs: atMs, successAtMs: atMs };
  }
  const ago = (days: number | undefined) =>
    days === undefined ? undefined : Math.min(lastDayMs - days * DAY_MS, nowMs - HOUR_MS);
  return {
    attemptAtMs: ago(activity.attempt),
    backgroundAtMs: ago(activity.background),
    successAtMs: ago(activity.success),
  };
}
