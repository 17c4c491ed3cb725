import { describe, expect, it } from '@jest/globals';
import type { RecordedPoint } from '../../lib/findings/findings.ts';
import { measureProgress, projectZero } from '../../lib/findings/progress.ts';
import { addDays } from '../../lib/utc-day.ts';
import { byList } from '../support/a-report.ts';

const today = '2026-11-28';

/** A point for each count, a week apart, the last one today. */
function weekly(...counts: readonly number[]): readonly RecordedPoint[] {
  return counts.map((count, place) => ({
    day: new Date(Date.parse(today) - (counts.length - 1 - place) * 7 * 86_400_000)
      .toISOString()
      .slice(0, 10),
    isPartial: false,
    hits: byList((list) => (list === 'missing' ? count : 0)),
    excepted: 0,
  }));
}

/** The same with the first point so many days later. */
function shifted(points: readonly RecordedPoint[], days: number): readonly RecordedPoint[] {
  return points.map((point, place) =>
    place === 0 ? { ...point, day: addDays(point.day, days) } : point,
  );
}

describe('projectZero', () => {
  it('meets zero where a steady fall does', () => {
    expect(projectZero(weekly(50, 43, 36, 29, 22), undefined, today)).toBe('2026-12-20');
  });

  it('draws its line through all four weeks, not only first and last', () => {
    expect(projectZero(weekly(40, 40, 40, 12, 20), undefined, today)).toBe('2026-12-19');
  });

  it.each<[string, readonly RecordedPoint[]]>([
    ['nobody is left', weekly(30, 20, 10, 5, 0)],
    ['the line is level', weekly(10, 10, 10, 10, 10)],
    ['the line rises', weekly(10, 11, 12, 13, 14)],
    ['zero is more than a year away', weekly(1000, 999, 998, 997, 996)],
    ['there are three points only', weekly(30, 20, 10)],
    ['there is no point', []],
    [
      'the points span less than three weeks',
      weekly(40, 30, 20, 10).map((point, place) => ({ ...point, day: `2026-11-${25 + place}` })),
    ],
    [
      'today’s run is partial',
      weekly(50, 40, 30, 20, 10).map((point, place) => ({ ...point, isPartial: place === 4 })),
    ],
  ])('gives none where %s', (_case, trend) => {
    expect(projectZero(trend, undefined, today)).toBeUndefined();
  });

  it.each<[string, readonly RecordedPoint[], string | undefined, string | undefined]>([
    ['four points in three weeks are enough', weekly(40, 30, 20, 10), undefined, '2026-12-05'],
    [
      'under settings as old as the first of them',
      weekly(40, 30, 20, 10),
      '2026-11-07',
      '2026-12-05',
    ],
    ['and not under those of the day after', weekly(40, 30, 20, 10), '2026-11-08', undefined],
    ['three weeks less a day are not', shifted(weekly(40, 30, 20, 10), 1), undefined, undefined],
    [
      'four weeks count',
      [...shifted(weekly(900, 0, 0, 0, 0), 0).slice(0, 1), ...weekly(30, 20, 10)],
      undefined,
      '2026-11-29',
    ],
    [
      'and no day more',
      [...shifted(weekly(900, 0, 0, 0, 0), -1).slice(0, 1), ...weekly(30, 20, 10)],
      undefined,
      undefined,
    ],
    ['zero in a year is told', weekly(77, 76, 74, 73), undefined, '2027-11-28'],
    ['and a day later is not', weekly(194, 190, 188, 183), undefined, undefined],
  ])('keeps its limits: %s', (_case, trend, settingsSince, day) => {
    expect(projectZero(trend, settingsSince, today)).toBe(day);
  });

  it('gives none where a setting changed within three weeks', () => {
    expect(projectZero(weekly(50, 40, 30, 20, 10), '2026-11-14', today)).toBeUndefined();
  });

  it('leaves out partial runs and what is older than four weeks', () => {
    const trend = weekly(900, 50, 43, 1, 29, 22).map((point, place) => ({
      ...point,
      isPartial: place === 3,
    }));

    expect(projectZero(trend, undefined, today)).toBe('2026-12-20');
  });

  it('takes no exception for pace', () => {
    const trend = weekly(50, 50, 40, 30, 20).map((point, place) => ({
      ...point,
      excepted: [0, 0, 10, 20, 30][place] ?? 0,
    }));

    expect(projectZero(trend, undefined, today)).toBeUndefined();
  });
});

describe('measureProgress', () => {
  it('says on which day nobody is left, where a line tells it', () => {
    const about = { open: [], closed: [], settingsSince: undefined, today };

    expect(measureProgress({ ...about, trend: weekly(40, 30, 20, 10) }).zeroOn).toBe('2026-12-05');
    expect(measureProgress({ ...about, trend: weekly(1, 2, 3, 4) }).zeroOn).toBeUndefined();
  });

  it('counts people resolved in the last 7 and 30 days, today among them, and no excepted ones', () => {
    const resolvedOn = [today, '2026-11-22', '2026-11-21', '2026-10-30', '2026-10-29'];
    const closed = resolvedOn.map((day, number) => ({
      findingId: String(number),
      firstOpenedOn: '2026-10-01',
      resolvedOn: day,
      how: 'registered' as const,
    }));
    const excepted = { ...closed[0]!, findingId: 'x', how: 'excepted' as const };

    const progress = measureProgress({
      open: [],
      closed: [...closed, excepted],
      trend: [],
      settingsSince: undefined,
      today,
    });

    expect(progress).toEqual({ resolvedLast7Days: 2, resolvedLast30Days: 4 });
  });

  it.each([
    [['2026-11-28'], 0],
    [['2026-11-28', '2026-11-18'], 10],
    [['2026-11-28', '2026-11-18', '2026-10-28'], 10],
    [['2026-10-28', '2026-11-28', '2026-11-18'], 10],
  ])('says the age that half of the findings have reached', (openedOn, expected) => {
    const open = openedOn.map((day, number) => ({
      findingId: String(number),
      id: String(number),
      list: 'impact' as const,
      openedOn: day,
      firstOpenedOn: day,
    }));

    const { medianAgeDays } = measureProgress({
      open,
      closed: [],
      trend: [],
      settingsSince: undefined,
      today,
    });

    expect(medianAgeDays).toBe(expected);
  });
});
