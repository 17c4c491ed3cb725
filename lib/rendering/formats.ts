/** Numbers and dates as the reader writes them. */
export interface Formats {
  readonly number: (value: number) => string;
  /** 0 to 1 as a percentage, rounded down, so that 100 % means everybody. */
  readonly percent: (share: number) => string;
  /** An instant as a day: "Sat, 21 Nov 2026". */
  readonly dayWithWeekday: (instant: string) => string;
  /** An instant as a day without its year: "21 Nov". */
  readonly shortDay: (instant: string) => string;
  /** An instant as a day: "21 Nov 2026". */
  readonly day: (instant: string) => string;
  /** A UTC day, YYYY-MM-DD, which no time zone may shift. */
  readonly calendarDay: (day: string) => string;
  readonly shortCalendarDay: (day: string) => string;
  /** An instant with its time zone: "21 Nov 2026, 06:00 UTC". */
  readonly moment: (instant: string) => string;
}

/** Formats for a locale and an IANA time zone; throws RangeError where Intl does not know one of them. */
export function createFormats(locale: string, timeZone: string): Formats {
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: 'percent' });
  const dayOf = (options: Intl.DateTimeFormatOptions): ((instant: string) => string) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, ...options });
    return (instant) => format.format(new Date(instant));
  };
  const date = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  const shortDate = { day: 'numeric', month: 'short' } as const;
  return {
    number: (value) => numbers.format(value),
    percent: (share) => percents.format(Math.floor(share * 100) / 100),
    dayWithWeekday: dayOf({ weekday: 'short', ...date }),
    shortDay: dayOf(shortDate),
    day: dayOf(date),
    calendarDay: dayOf({ ...date, timeZone: 'UTC' }),
    shortCalendarDay: dayOf({ ...shortDate, timeZone: 'UTC' }),
    moment: dayOf({ ...date, hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }),
  };
}
