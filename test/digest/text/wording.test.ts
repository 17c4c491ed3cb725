import { describe, expect, it } from '@jest/globals';
import { countedFigure, createFormats } from '../../../lib/digest/text/wording.ts';
import type { Figure } from '../../../lib/report/report.ts';

const NOW = '2026-11-29T06:00:00Z';
const formats = createFormats('en-GB', 'UTC', NOW);

describe('countedFigure', () => {
  it.each<[Figure, string]>([
    [{ kind: 'exact', value: 0 }, '0 refusals'],
    [{ kind: 'exact', value: 1 }, '1 refusal'],
    [{ kind: 'exact', value: 1_200 }, '1,200 refusals'],
    [{ kind: 'at-least', value: 1 }, 'at least 1 refusal'],
    [{ kind: 'at-least', value: 2 }, 'at least 2 refusals'],
    [{ kind: 'at-least', value: 0 }, 'not known how many refusals'],
    [{ kind: 'not-known' }, 'not known how many refusals'],
  ])('writes %j as "%s"', (figure, text) => {
    expect(countedFigure(figure, 'refusal', 'refusals', formats)).toBe(text);
  });
});

describe('eventMoment', () => {
  it.each([
    ['2026-11-28T21:40:00Z', '28 Nov, 21:40 UTC'],
    ['2025-12-31T23:59:00Z', '31 Dec 2025, 23:59 UTC'],
  ])('writes %s as "%s", its year only where it is another one', (instant, text) => {
    expect(formats.eventMoment(instant)).toBe(text);
  });
});
