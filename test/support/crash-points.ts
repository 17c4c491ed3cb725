import { remainsOf } from './remains.ts';
import type { Remains } from './remains.ts';
import { labelOf } from './request-label.ts';
import type { Stage, StageJob } from './stage.ts';
import { oneAtATime } from './watched-line.ts';
import type { Fate, WatchedRequest } from './watched-line.ts';

/** A moment of a run at which its process can be killed. */
export interface CrashPoint {
  readonly label: string;
  /** The nth request of the run with this label; 1 is the first. */
  readonly count: number;
  /** Before the request arrives, or after it was done and before its answer arrives. */
  readonly moment: 'before' | 'after';
}

/** A moment, and what a process leaves that is killed then. */
export interface RecordedPoint extends CrashPoint {
  readonly remains: Remains;
}

/** Renewals of leases come by the real clock, where a machine is slow. */
const BY_THE_CLOCK = / renew$/;

/**
 * Runs the job undisturbed, in a process that has done nothing yet, and says of every moment what one that is killed
 * then leaves. As requests go one at a time, nothing is done between the end of one and the next: what there is after
 * one is what there is before the next, and reading changes nothing.
 */
export async function recordPoints(stage: Stage, job: StageJob): Promise<readonly RecordedPoint[]> {
  const points: RecordedPoint[] = [];
  const countOf = createCounter();
  let remains = await remainsOf(stage);
  let asking = { label: '', count: 0 };
  const product = await stage.start();
  const watch = oneAtATime(async (asked, moment): Promise<Fate> => {
    if (moment === 'before') {
      const label = labelOf(asked);
      asking = { label, count: countOf(label) };
    } else if (asked.method !== 'GET') {
      remains = await remainsOf(stage);
    }
    if (!BY_THE_CLOCK.test(asking.label)) points.push({ ...asking, moment, remains });
    return 'pass';
  });
  await stage.perform(product, job, watch);
  return points;
}

/** What a process leaves that is really killed at the moment; undefined where it never came to it. */
export async function killAt(
  stage: Stage,
  { label, count, moment }: CrashPoint,
  job: StageJob,
): Promise<Remains | undefined> {
  const countOf = createCounter();
  let fatal: WatchedRequest | undefined;
  const product = await stage.start();
  const watch = oneAtATime((asked, now) => {
    if (now === 'before' && labelOf(asked) === label && countOf(label) === count) fatal = asked;
    if (asked !== fatal || now !== moment) return 'pass';
    product.kill();
    return 'hang';
  });
  const answer = await stage.perform(product, job, watch);
  await stage.endLeases();
  return answer === undefined ? remainsOf(stage) : undefined;
}

/** Counts how often it was given each label. */
function createCounter(): (label: string) => number {
  const counts = new Map<string, number>();
  return (label) => {
    const count = (counts.get(label) ?? 0) + 1;
    counts.set(label, count);
    return count;
  };
}
