import { describe, expect, it } from '@jest/globals';
import { isKnown } from '../../lib/standings/facts.ts';
import { aCoverage } from '../support/a-report.ts';

describe('what is not in a source', () => {
  it.each([
    ['is complete', { state: 'complete' } as const, true],
    ['was read in part', { state: 'partial' } as const, false],
    ['was read as far as it proves', { state: 'partial', provesAbsence: true } as const, true],
    ['proves nothing', { state: 'partial', provesAbsence: false } as const, false],
    ['could not be read', { state: 'not-available' } as const, false],
  ])('does not exist where it %s: %#', (_, about, isThere) => {
    const coverage = [aCoverage(), aCoverage({ source: 'roles', ...about })];

    expect(isKnown({ coverage }, 'roles')).toBe(isThere);
  });

  it('may exist where nobody asked it', () => {
    expect(isKnown({ coverage: [aCoverage()] }, 'roles')).toBe(false);
  });
});
