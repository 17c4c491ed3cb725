export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;
export const SECOND_MS = 1000;

const two = (number: number) => String(number).padStart(2, '0');
const MINUTES = Array.from(
  { length: 1440 },
  (_, n) => `T${two(Math.floor(n / 60))}:${two(n % 60)}`,
);
const SECONDS = Array.from({ length: 60 }, (_, n) => `:${two(n)}Z`);
let latest = { day: Number.NaN, text: '' };

/** An instant as Graph writes it: ISO 8601, UTC, whole seconds. From tables, because a page asks for thousands. */
export function toInstant(atMs: number): string {
  const day = Math.floor(atMs / DAY_MS);
  if (day !== latest.day) {
    latest = { day, text: new Date(day * DAY_MS).toISOString().slice(0, 10) };
  }
  const seconds = Math.floor((atMs - day * DAY_MS) / 1000);
  return `${latest.text}${MINUTES[Math.floor(seconds / 60)]}${SECONDS[seconds % 60]}`;
}

/** 00:00 UTC of the day that the instant lies in. */
export function startOfDay(atMs: number): number {
  return Math.floor(atMs / DAY_MS) * DAY_MS;
}
