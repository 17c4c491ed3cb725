import type { TrendPoint } from '../../findings/findings.ts';
import { HIT_LISTS } from '../../standings/standings.ts';
import { days } from '../text/wording.ts';
import type { ViewContext } from '../view-context.ts';

/** One recorded run. Heights are pixels, at most BAR_HEIGHT together. */
export interface BarView {
  readonly day: string;
  /** The number over the first, the highest and the last bar; empty over the others. */
  readonly label: string;
  readonly isPartial: boolean;
  readonly blocked: number;
  readonly others: number;
  readonly blockedHeight: number;
  readonly othersHeight: number;
  readonly restHeight: number;
}

export interface TrendView {
  readonly title: string;
  /** The bars in words, for who cannot see them. */
  readonly summary: string;
  readonly bars: readonly BarView[];
  readonly firstDay: string;
  readonly lastDay: string;
  readonly legend: string;
  readonly facts: readonly string[];
}

const BAR_HEIGHT = 56;

/** The direction in which things go; undefined where fewer than two runs are recorded. */
export function viewTrend({ report, formats }: ViewContext): TrendView | undefined {
  const { history } = report;
  if (history === undefined || history.trend.length < 2) return undefined;
  const whole = history.trend.filter(({ isPartial }) => !isPartial);
  const highest = Math.max(1, ...whole.map(total));
  const [first, last] = [history.trend[0], history.trend.at(-1)];
  const tallest = history.trend.findIndex((point) => !point.isPartial && total(point) === highest);
  const bars = history.trend.map((point, place) => ({
    ...viewBar(point, highest, formats.shortCalendarDay(point.day)),
    label:
      !point.isPartial && [0, tallest, history.trend.length - 1].includes(place)
        ? formats.number(total(point))
        : '',
  }));
  return {
    title: `Open findings in the last ${formats.number(history.trend.length)} reports`,
    summary: summaryText(),
    bars,
    firstDay: first === undefined ? '' : formats.shortCalendarDay(first.day),
    lastDay: last === undefined ? '' : formats.shortCalendarDay(last.day),
    legend: `Red: stopped, or in with one factor. Grey: the other lists.${
      whole.length < bars.length ? ' Empty: a partial report.' : ''
    }`,
    facts: [progressText(), projectionText()].filter((text) => text !== ''),
  };

  function summaryText(): string {
    const [from, to] = [whole[0], whole.at(-1)];
    if (from === undefined || to === undefined) return 'No complete report yet.';
    return `From ${formats.number(total(from))} on ${formats.calendarDay(from.day)} to ${formats.number(total(to))} on ${formats.calendarDay(to.day)}.`;
  }

  function progressText(): string {
    if (history === undefined) return '';
    const age =
      history.medianAgeDays === undefined
        ? ''
        : ` Half of the open findings are ${days(history.medianAgeDays, formats)} old or older.`;
    const week = formats.number(history.resolvedLast7Days);
    const month = formats.number(history.resolvedLast30Days);
    return `Resolved: ${week} in the last 7 days, ${month} in the last 30.${age}`;
  }

  function projectionText(): string {
    if (history?.zeroOn === undefined) return '';
    return `At the pace of the last four weeks, no finding would be open on ${formats.calendarDay(history.zeroOn)}.`;
  }
}

function total({ hits }: TrendPoint): number {
  return HIT_LISTS.reduce((sum, list) => sum + hits[list], 0);
}

function viewBar(point: TrendPoint, highest: number, day: string): Omit<BarView, 'label'> {
  const blocked = point.hits.stopped + point.hits.impact;
  const others = total(point) - blocked;
  const heightOf = (count: number): number =>
    point.isPartial || count === 0 ? 0 : Math.max(2, Math.round((count / highest) * BAR_HEIGHT));
  const blockedHeight = heightOf(blocked);
  const othersHeight = Math.min(BAR_HEIGHT - blockedHeight, heightOf(others));
  return {
    day,
    isPartial: point.isPartial,
    blocked,
    others,
    blockedHeight,
    othersHeight,
    restHeight: BAR_HEIGHT - blockedHeight - othersHeight,
  };
}
