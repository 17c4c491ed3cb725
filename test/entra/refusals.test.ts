import { describe, expect, it } from '@jest/globals';
import { IGNORED, outcomeOf, STAGES, SUCCESS, UNREADABLE } from '../../lib/entra/refusals.ts';

const SINGLE = 'singleFactorAuthentication';

function nameOf(outcome: number): string {
  const others = new Map([
    [SUCCESS, 'success'],
    [IGNORED, 'ignored'],
    [UNREADABLE, 'unreadable'],
  ]);
  return STAGES[outcome] ?? others.get(outcome) ?? '?';
}

describe('how a sign-in ended', () => {
  it.each([
    [0, 'success'],
    [50072, 'enrol'],
    [50079, 'enrol'],
    [53010, 'cannot-enrol'],
    [53004, 'cannot-enrol'],
    [50074, 'not-passed'],
    [50076, 'not-passed'],
    [500121, 'not-passed'],
    [50087, 'not-passed'],
    [53007, 'not-passed'],
    [54008, 'not-passed'],
    [50088, 'not-passed'],
    [500881, 'not-passed'],
    [500882, 'not-passed'],
    [50078, 'expired'],
    [90071, 'not-trusted'],
    [50203, 'ignored'],
    [53003, 'ignored'],
    [53006, 'ignored'],
    [53011, 'ignored'],
    [530032, 'ignored'],
    [50126, 'ignored'],
    [50053, 'ignored'],
    [50140, 'ignored'],
    [-1, 'ignored'],
    ['0', 'unreadable'],
    ['50074', 'unreadable'],
    [0.5, 'unreadable'],
    [Number.NaN, 'unreadable'],
    [null, 'unreadable'],
    [undefined, 'unreadable'],
    [{}, 'unreadable'],
  ])('with the code %j is %s', (code, name) => {
    expect(nameOf(outcomeOf(code, SINGLE, false))).toBe(name);
  });

  it('takes an external challenge for a refusal only where MFA was wanted, not for terms of use', () => {
    expect(nameOf(outcomeOf(50158, SINGLE, false))).toBe('ignored');
    expect(nameOf(outcomeOf(50158, undefined, false))).toBe('ignored');
    expect(nameOf(outcomeOf(50158, 'multiFactorAuthentication', false))).toBe('not-passed');
    expect(nameOf(outcomeOf(50158, SINGLE, true))).toBe('not-passed');
  });
});
