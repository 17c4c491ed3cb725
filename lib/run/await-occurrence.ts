import type { RunContext } from './context.ts';
import { nextOccurrences, occurrenceAt } from '../settings/occurrences.ts';

/** A host measures a day with another clock than the one that names its end, and may come seconds before it. */
const MOST_EARLY_MS = 5_000;
const MOST_EARLY_SHARE = 0.01;

/**
 * The scheduled instant that this run is for: the latest that is not after its start. A timer that comes a little
 * before its time is not late for the instant before: the run waits, and starts on time.
 */
export async function awaitOccurrence(
  { settings: { reportSchedule }, startedAt, ports, session }: RunContext,
  isPastDue: boolean,
): Promise<Date | undefined> {
  const latest = occurrenceAt(reportSchedule, startedAt);
  const [next] = nextOccurrences(reportSchedule, startedAt, 1);
  if (latest === undefined || next === undefined || isPastDue) return latest;
  const intervalMs = next.getTime() - latest.getTime();
  const earlyMs = next.getTime() - startedAt.getTime();
  if (earlyMs > Math.min(MOST_EARLY_MS, intervalMs * MOST_EARLY_SHARE)) return latest;
  await ports.sleep(earlyMs, session.running);
  return next;
}
