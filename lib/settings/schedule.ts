import { Cron } from 'croner';

/**
 * An NCRONTAB expression of six fields in UTC, as the Functions host reads it: where a day of the month and a day
 * of the week are both given, both must fit. Throws where the expression cannot be read.
 */
export function parseSchedule(expression: string): Cron {
  return new Cron(expression, { timezone: 'UTC', paused: true, domAndDow: true });
}

/** The latest instant of a schedule that is not after this one; undefined where there was none. */
export function occurrenceAt(expression: string, instant: Date): Date | undefined {
  // The library looks strictly before.
  return parseSchedule(expression).previousRuns(1, new Date(instant.getTime() + 1))[0];
}

/** The next instants of a schedule, strictly after this one. */
export function nextOccurrences(
  expression: string,
  instant: Date,
  howMany: number,
): readonly Date[] {
  return parseSchedule(expression).nextRuns(howMany, instant);
}
