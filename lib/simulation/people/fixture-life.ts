/**
 * What changes in the tenant from one day to the next. The fixture users (fixture-users.ts) are as they are on day 6,
 * the last; here stands how some of them were until the end of an earlier day. Who they are is a pure function of the clock: with the clock
 * simply at now, day 6 is today and everything has happened; with a clock that starts six days before the story's last
 * day and moves on, the story plays. Changes happen at 00:00 UTC of a day, so they hold at whatever hour one looks.
 *
 *   day 2  loses-unused loses her method (covered → missing); returns is disabled (missing → out of scope)
 *   day 3  registers-early registers and does MFA (impact → covered)
 *   day 4  leaves is disabled (missing → out of scope); joins is created (new)
 *   day 5  in the evening report-lags does MFA (missing → satisfied elsewhere); in the afternoon begins-cli moves from missing to impact, and comes-back from dormant to impact
 *   day 6  registers-today registers (impact → single-factor); loses-today loses his method (single-factor → impact);
 *          returns is enabled again (missing again); joins has outgrown the grace (new → missing)
 */

import { fixtureId, isMfaRegistered } from './fixture-user.ts';
import type { FixtureUser } from './fixture-user.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, startOfDay } from './generated.ts';
import { usualIdentities } from './person.ts';
import type { Activity, Expected, Person } from './person.ts';
import { ROLE_GROUPS } from './roles.ts';

/** The story's last day, counted from 0. */
export const LAST_DAY = 6;

interface Chapter {
  /** The last day, counted from 0, on which this still held. */
  readonly untilDay: number;
  readonly was: Partial<FixtureUser> & { readonly expected?: Expected };
}

const PUSH = ['microsoftAuthenticatorPush'];
const expected = (standing: Expected['standing'], why: string) => ({ expected: { standing, why } });

const CHAPTERS: Readonly<Record<string, readonly Chapter[]>> = {
  'registers-early': [
    {
      untilDay: 2,
      was: { methods: [], capable: false, ...expected('impact', 'not registered yet') },
    },
  ],
  'registers-today': [
    {
      untilDay: 5,
      was: { methods: [], capable: false, ...expected('impact', 'not registered yet') },
    },
  ],
  'loses-unused': [
    { untilDay: 1, was: { methods: PUSH, capable: true, ...expected('covered', 'still capable') } },
  ],
  'loses-today': [
    {
      untilDay: 5,
      was: { methods: PUSH, capable: true, ...expected('single-factor', 'still capable') },
    },
  ],
  leaves: [
    {
      untilDay: 3,
      was: { enabled: true, activity: 'daily', ...expected('missing', 'still enabled') },
    },
  ],
  // The report of day 5 was written before.
  'report-lags': [{ untilDay: 5, was: expected('missing', 'no use in the morning of day 5') }],
  'begins-cli': [{ untilDay: 5, was: expected('missing', 'no use in the morning of day 5') }],
  'comes-back': [
    {
      untilDay: 5,
      was: { activity: { attempt: 200, success: 200 }, ...expected('dormant', 'away for long') },
    },
  ],
  returns: [
    { untilDay: 1, was: expected('missing', 'not disabled yet') },
    {
      untilDay: 5,
      was: { enabled: false, activity: { success: 5 }, ...expected('out-of-scope', 'disabled') },
    },
  ],
  // Not in the tenant at all before noon of day 4.
  joins: [{ untilDay: 5, was: expected('new', 'within the grace, without a row') }],
};

/** The day of the story at an instant: 6 on its last day, less before, more after. */
export function storyDay(nowMs: number, lastDay: Date): number {
  return LAST_DAY + (startOfDay(nowMs) - startOfDay(lastDay.getTime())) / DAY_MS;
}

/** The member as they are on a day of the story, with what is expected of them on that day's morning (06:00 UTC). */
export function memberOn(member: FixtureUser, day: number): FixtureUser {
  const chapter = CHAPTERS[member.key]?.find(({ untilDay }) => day <= untilDay);
  return chapter === undefined ? member : { ...member, ...chapter.was };
}

/** A fixture user as the tenant holds them at an instant; undefined before the account is created. */
export function fixturePerson(member: FixtureUser, lastDay: Date, now: Date): Person | undefined {
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
    id: fixtureId(current.key),
    displayName: current.displayName,
    givenName: givenName || null,
    surname: surnames.join(' ') || null,
    userPrincipalName: current.userPrincipalName,
    signInName: current.signInName,
    mail: current.hasMailbox ? current.userPrincipalName : null,
    enabled: current.enabled,
    guest: current.guest,
    isAdmin: current.isAdmin ?? (current.roles.length > 0 || inGroup),
    createdAtMs,
    skuIds: current.skuIds,
    onPremisesDistinguishedName: current.onPremisesDistinguishedName,
    isAgent: current.isAgent,
    department: current.department,
    identities:
      current.identities ?? usualIdentities(current.userPrincipalName, comesFromElsewhere(current)),
    activity: activityOf(current, createdAtMs, lastDayMs, nowMs),
    registration: current.methods && {
      methods: current.methods,
      isRegistered: current.registered ?? isMfaRegistered(current.methods),
      isCapable: current.capable,
    },
  };
}

function activityOf(
  { activity }: FixtureUser,
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

/** Whether another tenant is the home of a fixture user. */
export function comesFromElsewhere({ userPrincipalName, identities = [] }: FixtureUser): boolean {
  return (
    userPrincipalName?.includes('#EXT#') === true ||
    identities.some(({ signInType }) => signInType === 'federated')
  );
}
