import { DAY_MS } from '../sources/utc-day.ts';
import type { User } from '../sources/rows.ts';

/** How activity can be told in this tenant. */
export type ActivityBasis = 'successes' | 'attempts' | 'not-known';

export interface Activity {
  readonly basis: ActivityBasis;
  /** Everybody is active where nothing is known: nobody may drop out unseen. */
  isActive(user: User): boolean;
  /** True where the lack of activity proves that no application was used either. */
  provesNoUse(user: User): boolean;
}

/** Midnight UTC, this many days before today: where the window begins. */
export function windowStart(now: Date, days: number): number {
  return Math.floor(now.getTime() / DAY_MS) * DAY_MS - days * DAY_MS;
}

/**
 * Active means a successful sign-in within the days asked for. The last attempt stands in only where the tenant
 * gives the last success for nobody; it proves nothing about use, because non-interactive ones do not show there.
 */
export function judgeActivity(
  users: readonly User[],
  isRead: boolean,
  now: Date,
  days: number,
): Activity {
  const since = windowStart(now, days);
  const isRecent = (instant: string | undefined) =>
    instant !== undefined && Date.parse(instant) >= since;
  if (isRead && users.some((user) => user.lastSuccessfulSignInAt !== undefined)) {
    const isActive = (user: User) => isRecent(user.lastSuccessfulSignInAt);
    return { basis: 'successes', isActive, provesNoUse: (user) => !isActive(user) };
  }
  if (isRead && users.some((user) => user.lastSignInAt !== undefined)) {
    const isActive = (user: User) => isRecent(user.lastSignInAt);
    return { basis: 'attempts', isActive, provesNoUse: () => false };
  }
  return { basis: 'not-known', isActive: () => true, provesNoUse: () => false };
}
