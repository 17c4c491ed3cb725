/**
 * What changes in the tenant from one day to the next. The cast (cast.ts) is as it is on day 6, the last; here stands
 * how some of them were until the end of an earlier day. Who they are is a pure function of the clock: with the clock
 * simply at now, day 6 is today and everything has happened; with a clock that starts six days before the story's last
 * day and moves on, the story plays. Changes happen at 00:00 UTC of a day, so they hold at whatever hour one looks.
 *
 *   day 2  loses-unused loses her method (covered → missing); returns is disabled (missing → out of scope)
 *   day 3  registers-early registers and does MFA (impact → covered)
 *   day 4  leaves is disabled (missing → out of scope); joins is created (new)
 *   day 5  in the afternoon begins-cli moves from missing to impact, and comes-back from dormant to impact
 *   day 6  registers-today registers (impact → single-factor); loses-today loses his method (single-factor → impact);
 *          returns is enabled again (missing again); joins has outgrown the grace (new → missing)
 */
import type { CastMember } from './cast-member.ts';
import { DAY_MS, startOfDay } from './instants.ts';
import type { Expected } from './person.ts';

export const LAST_DAY = 6;

interface Chapter {
  /** The last day, counted from 0, on which this still held. */
  readonly untilDay: number;
  readonly was: Partial<CastMember> & { readonly expected?: Expected };
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
export function memberOn(member: CastMember, day: number): CastMember {
  const chapter = CHAPTERS[member.key]?.find(({ untilDay }) => day <= untilDay);
  return chapter === undefined ? member : { ...member, ...chapter.was };
}
