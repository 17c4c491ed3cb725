import { describe, expect, it } from '@jest/globals';
import { memberOn, storyDay } from '../../../lib/simulation/people/fixture-life.ts';
import { FIXTURE_USERS } from '../../../lib/simulation/people/fixture-users.ts';

const LAST_DAY = new Date('2026-11-21T17:30:00Z');

function standingsOf(key: string) {
  const member = FIXTURE_USERS.find((candidate) => candidate.key === key);
  return member && [0, 1, 2, 3, 4, 5, 6, 9].map((day) => memberOn(member, day).expected.standing);
}

describe('storyDay', () => {
  it.each([
    ['2026-11-15T23:59:59Z', 0],
    ['2026-11-20T23:59:59Z', 5],
    ['2026-11-21T00:00:00Z', 6],
    ['2026-11-22T00:00:00Z', 7],
  ])('counts %s as day %i', (instant, day) => {
    expect(storyDay(Date.parse(instant), LAST_DAY)).toBe(day);
  });
});

describe('memberOn', () => {
  it.each([
    [
      'registers-early',
      ['impact', 'impact', 'impact', 'covered', 'covered', 'covered', 'covered', 'covered'],
    ],
    [
      'loses-today',
      [
        'single-factor',
        'single-factor',
        'single-factor',
        'single-factor',
        'single-factor',
        'single-factor',
        'impact',
        'impact',
      ],
    ],
    [
      'returns',
      [
        'missing',
        'missing',
        'out-of-scope',
        'out-of-scope',
        'out-of-scope',
        'out-of-scope',
        'missing',
        'missing',
      ],
    ],
    [
      'missing',
      ['missing', 'missing', 'missing', 'missing', 'missing', 'missing', 'missing', 'missing'],
    ],
  ])('tells the story of %s', (key, standings) => {
    expect(standingsOf(key)).toEqual(standings);
  });
});
