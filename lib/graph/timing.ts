/** Waits this long, or rejects with the signal's reason as soon as it is aborted. */
export type Sleep = (waitMs: number, signal: AbortSignal) => Promise<void>;

/** What a timer of Node can wait for; asked for more, it does not wait at all ("Timers", nodejs.org). */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/** A wait that a signal ends. */
export const sleep: Sleep = (waitMs, signal) =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(
      () => {
        signal.removeEventListener('abort', stop);
        resolve();
      },
      Math.min(waitMs, MAX_TIMER_MS),
    );
    function stop() {
      clearTimeout(timer);
      reject(signal.reason as Error);
    }
    signal.addEventListener('abort', stop, { once: true });
  });

/**
 * What a Retry-After header asks for, in milliseconds: seconds or an HTTP date. Undefined where it is absent,
 * garbage, no time at all, or a date that has passed, which says nothing about how long to wait. Never more than a timer
 * can wait for, which is longer than any run.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  const isSeconds = /^\d+(\.\d+)?$/.test(text);
  if (!isSeconds && !/[a-z]/i.test(text)) return undefined;
  const waitMs = isSeconds ? Number(text) * 1000 : Date.parse(text) - now;
  return waitMs > 0 ? Math.min(waitMs, MAX_TIMER_MS) : undefined;
}

/** The form of RFC 9110 that servers write, within the decades of this product. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} 20[2-9]\d \d\d:\d\d:\d\d GMT$/;

/** What time a Date header says it is; undefined for what is none, which must not become the clock of a run. */
export function timeOf(header: string | undefined): number | undefined {
  if (header === undefined || !HTTP_DATE.test(header)) return undefined;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : at;
}

const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 30_000;

/** Exponential backoff with full jitter; never less than a tenth, so that a retry is never immediate. */
export function backoffMs(attempt: number, random: () => number): number {
  const ceilingMs = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** attempt);
  return ceilingMs * (0.1 + 0.9 * random());
}
