import type { ToolPattern } from '../ledger/usage.ts';

const MIN_TOOL_DAYS = 10;
const MIN_HOURS = 20;
const MIN_WEEKEND_DAYS = 3;
const ALL_HOURS = 24;

/** So many days without anything at a screen, of which it must be known that there was nothing. */
export const SCREENLESS_DAYS = 30;

/**
 * The pattern of somebody who looks like a script, as a phrase; undefined where they do not. A username-password flow
 * is one by itself. Else tools on ten of the last fourteen days, no sign-in at a screen, and around the clock or at weekends
 * too. Nobody is called a script because a success is absent, nor because interactive sign-ins could not be read. What
 * failed for another reason than MFA, such as a wrong password, is not kept, so it is no sign-in here.
 */
export function scriptPattern(
  { toolDays, hours, weekendDays, isInteractiveSeen, ropc }: ToolPattern,
  areInteractiveKnown: boolean,
): string | undefined {
  const isScreenless = areInteractiveKnown && !isInteractiveSeen;
  const isAroundTheClock = hours >= MIN_HOURS;
  const isAtWeekends = weekendDays >= MIN_WEEKEND_DAYS;
  const isSteady = toolDays >= MIN_TOOL_DAYS && isScreenless && (isAroundTheClock || isAtWeekends);
  if (!ropc && !isSteady) return undefined;
  return [
    ...(ropc ? ['with user name and password'] : []),
    ...(isAroundTheClock
      ? [hours === ALL_HOURS ? 'every hour' : `in ${hours} hours of the day`]
      : []),
    ...(isAtWeekends ? ['weekends too'] : []),
    ...(isScreenless && toolDays > 0 ? ['no sign-in at a screen'] : []),
  ].join(', ');
}
