import { tooManyRequests } from './refusal.ts';

const WINDOW_MS = 10_000;
const MOST_REQUESTS = 5;

/**
 * Graph's limit for its reporting endpoints: five requests in any ten seconds per app and tenant
 * (learn.microsoft.com/graph/throttling-limits). Refused requests count as well.
 */
export function createThrottle(): (nowMs: number) => void {
  let recentAtMs: readonly number[] = [];
  return (nowMs) => {
    const before = recentAtMs.filter((atMs) => nowMs - atMs < WINDOW_MS);
    recentAtMs = [...before, nowMs];
    if (before.length >= MOST_REQUESTS) {
      const blockingAtMs = recentAtMs.at(-MOST_REQUESTS) ?? nowMs;
      const waitMs = blockingAtMs + WINDOW_MS - nowMs;
      throw tooManyRequests(String(Math.max(1, Math.ceil(waitMs / 1000))));
    }
  };
}
