import { describe, expect, it } from '@jest/globals';
import { QUERY_SHAPES, queryPaths } from '../../lib/sign-ins/query.ts';
import { cutIntoPieces, pieceFinder } from '../../lib/sign-ins/pieces.ts';
import { dayOf } from '../../lib/utc-day.ts';

const [COMBINED, , SPLIT] = QUERY_SHAPES;
const span = {
  from: Date.parse('2026-11-18T00:00:00Z'),
  to: Date.parse('2026-11-21T06:00:00.500Z'),
};

function filters(paths: readonly string[]): readonly string[] {
  return paths.map((path) => new URL(path, 'https://g.example').searchParams.get('$filter') ?? '');
}

describe('queryPaths', () => {
  it('rounds the span outwards to whole seconds, with ge and le only', () => {
    const [filter] = filters(queryPaths('interactive', span, COMBINED!));

    expect(filter).toContain('createdDateTime ge 2026-11-18T00:00:00Z');
    expect(filter).toContain('createdDateTime le 2026-11-21T06:00:01Z');
  });

  it('asks for every application by itself where the shape is split', () => {
    const split = filters(queryPaths('nonInteractive', span, SPLIT!));

    expect(split).toHaveLength(6);
    expect(split.every((filter) => !filter.includes(' or '))).toBe(true);
    expect(split.every((filter) => filter.includes("t eq 'nonInteractiveUser'"))).toBe(true);
  });

  it('leaves no character that would cut a query short', () => {
    const [path] = queryPaths('interactive', span, COMBINED!);

    expect(path).not.toMatch(/[#+ ]/);
  });
});

describe('cutIntoPieces', () => {
  it('cuts at midnight and where it is asked to, newest first', () => {
    const cutAt = Date.parse('2026-11-21T03:00:00Z');

    const pieces = cutIntoPieces(span, cutAt);

    expect(pieces.map(({ from }) => new Date(from).toISOString().slice(0, 16))).toEqual([
      '2026-11-21T03:00',
      '2026-11-21T00:00',
      '2026-11-20T00:00',
      '2026-11-19T00:00',
      '2026-11-18T00:00',
    ]);
    expect(pieces.every(({ to }, index) => to === (pieces[index - 1]?.from ?? span.to))).toBe(true);
  });

  it('gives each instant to one piece: the beginning is in it, the end is not', () => {
    const find = pieceFinder(cutIntoPieces(span));
    const midnight = Date.parse('2026-11-20T00:00:00Z');

    expect(find(midnight)?.from).toBe(midnight);
    expect(dayOf(find(midnight - 1)?.from ?? 0)).toBe('2026-11-19');
    expect(find(span.from - 1)).toBeUndefined();
    expect(find(span.to)).toBeUndefined();
    expect(find(Number.NaN)).toBeUndefined();
  });
});
