import type { Figure, Report } from '../../report/report.ts';
import type { SourceName } from '../../sources/coverage.ts';

/** What each source is called, and what it means for the figures when part of it is missing. */
export const SOURCE_WORDS: Readonly<
  Record<
    SourceName,
    {
      readonly name: string;
      readonly meaning: string;
      /** Where only part of it is missing. @default as above */
      readonly partMeaning?: string;
    }
  >
> = {
  users: { name: 'people', meaning: 'Some people may be in no list.' },
  activity: {
    name: 'when people last signed in',
    meaning: 'Everybody counts as active, also who no longer signs in.',
  },
  registrations: {
    name: 'MFA registrations',
    meaning: 'Who is able to do MFA is not known, so most people count as unknown.',
    partMeaning: 'Whoever is in the missing part counts as unknown where sign-ins do not decide.',
  },
  interactiveSignIns: {
    name: 'interactive sign-ins',
    meaning: 'Who got in with one factor or was stopped may be missing from the lists.',
  },
  nonInteractiveSignIns: {
    name: 'non-interactive sign-ins',
    meaning: 'Who got in with one factor or was stopped may be missing from the lists.',
  },
  roles: {
    name: 'directory roles',
    meaning: 'Administrators may stand further down than they should.',
  },
  licences: { name: 'licences', meaning: 'The CSV files name no licences.' },
  organisation: { name: 'the organisation', meaning: 'The tenant is not named.' },
  audits: {
    name: 'the audit log',
    meaning: 'What happened since the registration report was written is not told.',
  },
};

/** Why there is no span of sign-ins to name: rows may have come all the same, such as those without how MFA was done. */
export function noSignIns({ coverage }: Pick<Report, 'coverage'>): string {
  const hasRows = coverage.some(
    ({ source, rows }) =>
      (source === 'interactiveSignIns' || source === 'nonInteractiveSignIns') && rows > 0,
  );
  return hasRows ? 'no part of the sign-in log could be read in full' : 'no sign-ins could be read';
}

export function sourceName(source: SourceName): string {
  return SOURCE_WORDS[source].name;
}

/** A figure as text: "7", "at least 7" or "not known"; "at least 0" says no more than "not known". */
export function figureText(figure: Figure, { number }: Formats): string {
  if (!isKnown(figure)) return 'not known';
  return figure.kind === 'exact' ? number(figure.value) : `at least ${number(figure.value)}`;
}

/** True where a figure says something: a number, or a lower bound above zero. */
export function isKnown(figure: Figure): figure is Extract<Figure, { readonly value: number }> {
  return figure.kind === 'exact' || (figure.kind === 'at-least' && figure.value > 0);
}

/** True only where it is certain that there is nobody. */
export function isNobody(figure: Figure): boolean {
  return figure.kind === 'exact' && figure.value === 0;
}

/**
 * The figures that the digest turns on. Who is without usable MFA is told by the registration report alone where the
 * sign-ins to tell their lists are missing.
 */
export function keyFigures(report: Pick<Report, 'figures'>): {
  readonly stopped: Figure;
  readonly oneFactor: Figure;
  readonly without: Figure;
  readonly isWithoutByReport: boolean;
  readonly unknown: Figure;
} {
  const { stopped, impact, missing, 'not-usable': notUsable, unknown } = report.figures.hits;
  const listed = addFigures(missing.people, notUsable.people);
  const { people: reported } = report.figures.withoutMethod;
  const isWithoutByReport = !isKnown(listed) && isKnown(reported);
  return {
    stopped: stopped.people,
    oneFactor: impact.people,
    without: isWithoutByReport ? reported : listed,
    isWithoutByReport,
    unknown: unknown.people,
  };
}

/** The sum of two figures, as certain as the less certain one. */
export function addFigures(a: Figure, b: Figure): Figure {
  if (a.kind === 'not-known')
    return b.kind === 'not-known' ? b : { kind: 'at-least', value: b.value };
  if (b.kind === 'not-known') return { kind: 'at-least', value: a.value };
  const kind = a.kind === 'exact' && b.kind === 'exact' ? 'exact' : 'at-least';
  return { kind, value: a.value + b.value };
}

/** "1 person", "2 people". */
export function counted(count: number, one: string, many: string, { number }: Formats): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** The same of a figure: "at least 1 person", "not known how many people". */
export function countedFigure(figure: Figure, one: string, many: string, formats: Formats): string {
  if (!isKnown(figure)) return `${figureText(figure, formats)} how many ${many}`;
  return `${figureText(figure, formats)} ${figure.value === 1 ? one : many}`;
}

export function people(count: number, formats: Formats): string {
  return counted(count, 'person', 'people', formats);
}

export function days(count: number, formats: Formats): string {
  return counted(count, 'day', 'days', formats);
}

/** "a", "a and b", "a, b and c". */
export function joinWords(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

export function capitalise(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Numbers and dates as the reader writes them. */
export interface Formats {
  readonly number: (value: number) => string;
  /** 0 to 1 as a percentage, rounded down, so that 100 % means everybody. */
  readonly percent: (share: number) => string;
  /** An instant as a day: "Sat, 21 Nov 2026". */
  readonly dayWithWeekday: (instant: string) => string;
  /** An instant as a day: "21 Nov", "21 Nov 2025" where it is of another year. */
  readonly shortDay: (instant: string) => string;
  /** The same; with its year where it is not known which one it is now. */
  readonly day: (instant: string) => string;
  /** A UTC day, YYYY-MM-DD, which no time zone may shift. */
  readonly calendarDay: (day: string) => string;
  readonly shortCalendarDay: (day: string) => string;
  /** An instant as day and time, without its year: "28 Nov, 09:14". */
  readonly shortMoment: (instant: string) => string;
  /** The month of a UTC day: "March 2027". */
  readonly month: (day: string) => string;
  /** A month, YYYY-MM. */
  readonly calendarMonth: (month: string) => string;
  /** An instant with its time zone: "21 Nov 2026, 06:00 UTC". */
  readonly moment: (instant: string) => string;
  /** The same of something that happened: "21 Nov, 06:00 UTC", with its year where it is of another one. */
  readonly eventMoment: (instant: string) => string;
}

/** Making a format takes a hundred times as long as using it, and a process has one locale and hardly any zones. */
const dateFormat = madeOnce((locale, options: Intl.DateTimeFormatOptions) =>
  Intl.DateTimeFormat(locale, options),
);
const numberFormat = madeOnce((locale, options: Intl.NumberFormatOptions) =>
  Intl.NumberFormat(locale, options),
);

function madeOnce<Options, Format>(
  make: (locale: string, options: Options) => Format,
): (locale: string, options: Options) => Format {
  const made = new Map<string, Format>();
  return (locale, options) => {
    const key = JSON.stringify([locale, options]);
    const format = made.get(key) ?? make(locale, options);
    made.set(key, format);
    return format;
  };
}

/**
 * Formats for a locale and an IANA time zone; throws RangeError where Intl does not know one of them. A day of the year of
 * `now` is written without its year, and one of another year never.
 */
export function createFormats(locale: string, timeZone: string, now?: string): Formats {
  const numbers = numberFormat(locale, {});
  const percents = numberFormat(locale, { style: 'percent' });
  // For what it throws.
  dateFormat(locale, { timeZone });
  const dayOf = (options: Intl.DateTimeFormatOptions): ((instant: string) => string) => {
    let format: Intl.DateTimeFormat | undefined;
    // Made when it is first used: most callers use one of all these.
    return (instant) => {
      format ??= dateFormat(locale, { timeZone, ...options });
      return format.format(new Date(instant));
    };
  };
  const date = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  const shortDate = { day: 'numeric', month: 'short' } as const;
  /** Where it is not known which year it is, as `withoutNow` says. */
  const inItsYear = (
    zone: string,
    withoutNow = dayOf({ ...date, timeZone: zone }),
    time: Intl.DateTimeFormatOptions = {},
  ) => {
    if (now === undefined) return withoutNow;
    const yearOf = dayOf({ year: 'numeric', timeZone: zone });
    const short = dayOf({ ...shortDate, ...time, timeZone: zone });
    const long = dayOf({ ...date, ...time, timeZone: zone });
    let thisYear: string | undefined;
    return (instant: string) =>
      yearOf(instant) === (thisYear ??= yearOf(now)) ? short(instant) : long(instant);
  };
  const timeInZone = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;
  const moment = dayOf({ ...date, ...timeInZone });
  return {
    number: (value) => numbers.format(value),
    percent: (share) => percents.format(Math.floor(share * 100) / 100),
    dayWithWeekday: dayOf({ weekday: 'short', ...date }),
    shortDay: inItsYear(timeZone, dayOf(shortDate)),
    day: inItsYear(timeZone),
    calendarDay: inItsYear('UTC'),
    calendarMonth: dayOf({ month: 'short', year: 'numeric', timeZone: 'UTC' }),
    shortCalendarDay: inItsYear('UTC', dayOf({ ...shortDate, timeZone: 'UTC' })),
    shortMoment: dayOf({ ...shortDate, hour: '2-digit', minute: '2-digit' }),
    month: dayOf({ month: 'long', year: 'numeric', timeZone: 'UTC' }),
    moment,
    eventMoment: inItsYear(timeZone, moment, timeInZone),
  };
}
