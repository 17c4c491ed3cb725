import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toInstant } from '../../../lib/simulation/people/generated.ts';

describe('toInstant', () => {
  it('writes what Date writes, without milliseconds', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
        (date) => {
          expect(toInstant(date.getTime())).toBe(`${date.toISOString().slice(0, 19)}Z`);
        },
      ),
    );
  });
});
