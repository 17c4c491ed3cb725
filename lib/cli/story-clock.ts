const DAY_MS = 86_400_000;

/** A clock that is set to an instant and goes on from there at the pace of the real one. */
export interface StoryClock {
  readonly now: () => Date;
  setTo(instant: Date): void;
}

export function createStoryClock(real: () => number = Date.now): StoryClock {
  let aheadMs = 0;
  return {
    now: () => new Date(real() + aheadMs),
    setTo(instant) {
      aheadMs = instant.getTime() - real();
    },
  };
}

/** The latest mornings at this UTC hour that have come, oldest first. */
export function lastMornings(howMany: number, utcHour: number, now: Date): readonly Date[] {
  const today = new Date(now).setUTCHours(utcHour, 0, 0, 0);
  const last = today > now.getTime() ? today - DAY_MS : today;
  return Array.from(
    { length: howMany },
    (_, index) => new Date(last - (howMany - 1 - index) * DAY_MS),
  );
}
