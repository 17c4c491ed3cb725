import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  flagOf,
  instantOf,
  internLists,
  internTexts,
  recordOf,
  textOf,
  textsOf,
} from '../lib/decode.ts';
import { PeopleIndex } from '../lib/sources/people-index.ts';

describe('decoding', () => {
  it('never throws, whatever a row holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const decoded = [textOf, flagOf, textsOf, instantOf, recordOf].map((of) => of(value));

        expect(decoded).toHaveLength(5);
      }),
    );
  });
});

describe('instantOf', () => {
  it.each([
    ['2026-11-20T07:11:02Z', '2026-11-20T07:11:02Z'],
    ['2026-11-20T07:11:02.1234567Z', '2026-11-20T07:11:02.1234567Z'],
    ['2026-11-20T07:11:02+02:00', '2026-11-20T05:11:02.000Z'],
    ['0001-01-01T00:00:00Z', undefined],
    ['2026-13-20T07:11:02Z', undefined],
    ['2026-11-20', undefined],
    ['<b>2026-11-20T07:11:02Z', undefined],
    ['2026-11-20T07:11:02Z<script>Z', undefined],
    [1_763_622_662_000, undefined],
    [null, undefined],
  ])('reads %j as %j', (value, instant) => {
    expect(instantOf(value)).toBe(instant);
  });
});

describe('interning', () => {
  it('gives equal lists and texts the same value', () => {
    const internList = internLists();
    const internText = internTexts();

    expect(internList(['a', 'b'])).toBe(internList(['a', 'b']));
    expect(internList(['a', 'b'])).not.toBe(internList(['a b']));
    expect(internText('a')).toBe('a');
    expect(internText(undefined)).toBeUndefined();
  });

  it('keeps every list as it is, hostile ones too', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string({ maxLength: 3 }), { maxLength: 4 })), (lists) => {
        const intern = internLists();

        expect(lists.map((list) => intern(list))).toEqual(lists);
      }),
      { examples: [[[['a\nb'], ['a', 'b']]], [[[], ['']]]] },
    );
  });
});

describe('PeopleIndex', () => {
  it('numbers people in order and finds them in any case', () => {
    const people = new PeopleIndex();

    expect([people.add('A'), people.add('b'), people.add('a')]).toEqual([0, 1, 0]);
    expect(people.find('B')).toBe(1);
    expect(people.find('c')).toBeUndefined();
    expect([people.idOf(0), people.size]).toEqual(['A', 2]);
    expect(() => people.idOf(2)).toThrow(RangeError);
  });
});
