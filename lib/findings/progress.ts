import type { Hits } from '../standings/judge-people.ts';
import { HIT_LISTS } from '../standings/standings.ts';
import type { HitList } from '../standings/standings.ts';
import { addDays, daysBetween } from '../utc-day.ts';
import type { ClosedFinding, History, OpenFinding, RecordedPoint, TrendPoint } from './findings.ts';

interface ProgressInput {
  readonly open: readonly OpenFinding[];
  readonly closed: readonly ClosedFinding[];
  /** Oldest first, today's last. */
  readonly trend: readonly RecordedPoint[];
  /** The first day under the settings of today. */
  readonly settingsSince: string | undefined;
  readonly today: string;
}

type Progress = Pick<
  History,
  'medianAgeDays' | 'resolvedLast7Days' | 'resolvedLast30Days' | 'zeroOn'
>;

/** How the work goes. Who was excepted, or left by a new rule, was not helped, and counts nowhere here; nor does who is back in a list. */
export function measureProgress({
  open,
  closed,
  trend,
  settingsSince,
  today,
}: ProgressInput): Progress {
  const ages = open.map(({ openedOn }) => daysBetween(openedOn, today)).sort((a, b) => a - b);
  // The upper one of two, so that half of the findings are at least as old.
  const medianAgeDays = ages[Math.floor(ages.length / 2)];
  const zeroOn = projectZero(trend, settingsSince, today);
  const resolvedWithin = (days: number) =>
    closed.filter(
      ({ how, resolvedOn }) =>
        how !== 'excepted' && how !== 'rules-changed' && daysBetween(resolvedOn, today) < days,
    ).length;
  return {
    medianAgeDays,
    resolvedLast7Days: resolvedWithin(7),
    resolvedLast30Days: resolvedWithin(30),
    zeroOn,
  };
}

const FOUR_WEEKS_DAYS = 28;
const MIN_SPAN_DAYS = 21;
const MIN_POINTS = 4;
const MAX_PROJECTED_DAYS = 365;

/**
 * Where a straight line through the last four weeks' complete runs meets zero. None where they are fewer than four or
 * span less than three weeks under the same settings, where today's run is partial or finds nobody, and where the
 * line does not fall or meets zero only after a year.
 */
export function projectZero(
  trend: readonly RecordedPoint[],
  settingsSince: string | undefined,
  today: string,
): string | undefined {
  const points = trend.filter(
    ({ day, isPartial }) =>
      !isPartial &&
      daysBetween(day, today) <= FOUR_WEEKS_DAYS &&
      (settingsSince === undefined || day >= settingsSince),
  );
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || last !== trend.at(-1)) return undefined;
  const isEnough = points.length >= MIN_POINTS && daysBetween(first.day, last.day) >= MIN_SPAN_DAYS;
  const left = countOpen(last);
  // Leaving the lists by exception is no pace.
  const perDay = slope(
    points.map((point) => [daysBetween(first.day, point.day), countOpen(point) + point.excepted]),
  );
  if (!isEnough || left === 0 || perDay >= 0) return undefined;
  const days = Math.ceil(left / -perDay);
  return days <= MAX_PROJECTED_DAYS ? addDays(today, days) : undefined;
}

function countOpen({ hits }: TrendPoint): number {
  return HIT_LISTS.reduce((sum, list) => sum + hits[list], 0);
}

/** The slope of the least-squares line. */
function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanX = mean(points.map(([x]) => x));
  const meanY = mean(points.map(([, y]) => y));
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
}

/** The runs that the mail draws. */
export const TREND_RUNS = 30;

const PROJECTED_DAYS = 28;

/** The trend with today's run as its last point; what neither the bars nor the projection need is dropped. */
export function recordTrend(
  before: readonly RecordedPoint[],
  { hits, isPartial }: { readonly hits: Hits; readonly isPartial: boolean },
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
