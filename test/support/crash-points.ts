import { labelOf } from './request-label.ts';
import type { RunAnswer } from './run-child.ts';
import type { Stage, StageJob } from './stage.ts';
import type { WatchedRequest } from './watched-line.ts';

/** A request of a run: the nth with this label. */
export interface RequestPoint {
  readonly label: string;
  /** 1 is the first. */
  readonly count: number;
}

export interface CrashPoint extends RequestPoint {
  /** Before the request arrives, or after it was done and before its answer arrives. */
  readonly moment: 'before' | 'after';
}

/** Every request of a run, told by its label and how often that came before. */
export function pointsOf(labels: readonly string[]): readonly RequestPoint[] {
  const counts = new Map<string, number>();
  return labels.map((label) => {
    const count = (counts.get(label) ?? 0) + 1;
    counts.set(label, count);
    return { label, count };
  });
}

/** Runs the job in a process that is killed at the point; undefined where it was, as it should. */
export async function crash(
  stage: Stage,
  point: CrashPoint,
  job: StageJob,
): Promise<RunAnswer | undefined> {
  let count = 0;
  let watched: WatchedRequest | undefined;
  const product = await stage.start((asked, moment) => {
    if (labelOf(asked) !== point.label) return 'pass';
    if (moment === 'before') count += 1;
    // Another of this label may be asked before this one is answered.
    if (moment === 'before' && count === point.count) watched = asked;
    if (asked !== watched || moment !== point.moment) return 'pass';
    product.kill();
    return 'hang';
  });
  try {
    return await stage.perform(product, job);
  } finally {
    await product.end();
  }
}
