import { HIT_LISTS } from '../report/standings.ts';
import type { HitList } from '../report/standings.ts';
import type { Report } from '../report/report.ts';
import { daysBetween } from './days.ts';
import type { RecordedPoint } from './lifecycle.ts';

/** The runs that the mail draws. */
export const TREND_RUNS = 30;

const PROJECTED_DAYS = 28;

/** The trend with today's run as its last point; what neither the bars nor the projection need is dropped. */
export function recordTrend(
  before: readonly RecordedPoint[],
  { hits, isPartial }: Pick<Report, 'hits' | 'isPartial'>,
  { today, newlyExcepted }: { readonly today: string; readonly newlyExcepted: number },
): readonly RecordedPoint[] {
  const counts = Object.fromEntries(HIT_LISTS.map((list) => [list, hits[list].length]));
  const point = {
    day: today,
    isPartial,
    hits: counts as Record<HitList, number>,
    excepted: (before.at(-1)?.excepted ?? 0) + newlyExcepted,
  };
  const trend = [...before, point];
  return trend.filter(
    ({ day }, place) =>
      place >= trend.length - TREND_RUNS || daysBetween(day, today) <= PROJECTED_DAYS,
  );
}
