import { Cron } from 'croner';

/** A field of an NCRONTAB expression: its bounds, and the names that stand for numbers from the lower one on. */
interface CronField {
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const FIELDS: readonly CronField[] = [
  { min: 0, max: 59, names: [] },
  { min: 0, max: 59, names: [] },
  { min: 0, max: 23, names: [] },
  { min: 1, max: 31, names: [] },
  { min: 1, max: 12, names: MONTHS },
  { min: 0, max: 6, names: WEEKDAYS },
];

/**
 * An NCRONTAB expression of six fields (five are read with second 0) as the Functions host reads it (NCrontab 3.4): lists
 * of numbers, ranges in either order, steps from a number to the end, and names of months and weekdays by any beginning,
 * in any case. Returns it with plain numbers, or undefined where the host would refuse it.
 */
export function normaliseSchedule(expression: string): string | undefined {
  const words = expression.trim().split(/\s+/);
  const fields = words.length === 5 ? ['0', ...words] : words;
  if (fields.length !== FIELDS.length) return undefined;
  const read = fields.map((text, place) => readField(text, FIELDS[place]!));
  return read.every((text) => text !== undefined) ? read.join(' ') : undefined;
}

function readField(text: string, field: CronField): string | undefined {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [range = '', step = '1', ...rest] = part.split('/');
    const span = readRange(range, part.includes('/'), field);
    if (span === undefined || rest.length > 0 || !/^\d+$/.test(step) || Number(step) < 1)
      return undefined;
    for (let value = span[0]; value <= span[1]; value += Number(step)) values.add(value);
  }
  const isAll = values.size === field.max - field.min + 1;
  return isAll ? '*' : [...values].sort((a, b) => a - b).join();
}

function readRange(
  text: string,
  hasStep: boolean,
  field: CronField,
): readonly [from: number, to: number] | undefined {
  if (text === '*') return [field.min, field.max];
  const [first = '', last, ...rest] = text.split('-');
  const from = readValue(first, field);
  const to = last === undefined ? (hasStep ? field.max : from) : readValue(last, field);
  if (from === undefined || to === undefined || rest.length > 0) return undefined;
  return [Math.min(from, to), Math.max(from, to)];
}

function readValue(text: string, { min, max, names }: CronField): number | undefined {
  if (/^\d+$/.test(text)) {
    const value = Number(text);
    return value >= min && value <= max ? value : undefined;
  }
  if (text === '') return undefined;
  const place = names.findIndex((name) => name.toLowerCase().startsWith(text.toLowerCase()));
  return place === -1 ? undefined : place + min;
}

/** Stands before an expression that the host reads in another zone than UTC. */
const ZONE = /^TZ=(\S+) /;

/**
 * A schedule as a host whose environment names this time zone fires it: the host counts in local time, and so must we, or
 * firings would be taken for those of another instant.
 */
export function inHostZone(expression: string, zone: string | undefined): string {
  return zone === undefined ? expression : `TZ=${zone} ${expression}`;
}

/** The zone of a schedule where it is not UTC. */
export function zoneOf(expression: string): string | undefined {
  return ZONE.exec(expression)?.[1];
}

const MAX_REMEMBERED = 20;
const remembered = new Map<string, Cron>();

/** A run asks the same one or two some fifty times, and reading one takes longer than asking it. */
function parseSchedule(expression: string): Cron {
  const schedule = remembered.get(expression) ?? readSchedule(expression);
  if (remembered.size < MAX_REMEMBERED) remembered.set(expression, schedule);
  return schedule;
}

/** A schedule: where a day of the month and a day of the week are both given, both must fit. */
function readSchedule(expression: string): Cron {
  const plain = expression.replace(ZONE, '');
  const timezone = zoneOf(expression);
  return new Cron(normaliseSchedule(plain) ?? plain, {
    // By its name, UTC would be looked up in the tables of zones for every instant that is tried.
    ...(timezone === undefined ? { utcOffset: 0 } : { timezone }),
    paused: true,
    domAndDow: true,
  });
}

/** Whether a schedule ever comes. */
export function hasOccurrence(expression: string): boolean {
  try {
    return parseSchedule(expression).nextRun() !== null;
  } catch {
    return false;
  }
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
