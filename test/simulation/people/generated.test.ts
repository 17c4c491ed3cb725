import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { guid, indexIn } from '../../../lib/simulation/people/generated.ts';

describe('guid', () => {
  it('gives the index back', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(100), fc.nat(2 ** 48 - 1), (seed, tag, index) => {
        const id = guid(seed, tag, index);

        expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
        expect(indexIn(id)).toBe(index);
      }),
    );
  });
});
