import { describe, expect, it } from '@jest/globals';
import type { History } from '../../lib/findings/findings.ts';
import { isWorthSending } from '../../lib/run/make-digest.ts';
import { aHistory, aReport, guid } from '../support/a-report.ts';

const exception = {
  id: guid(1),
  reason: 'No phone',
  approvedBy: 'Bo',
  expiresOn: '2026-12-31',
  daysLeft: 15,
  isNew: false,
};
const none = { active: [], ended: [], refused: [] };
const change = {
  findingId: 'a',
  id: guid(1),
  openedOn: '2026-11-21',
  ageDays: 0,
  reason: 'So it is.',
};

describe('isWorthSending', () => {
  it('is false on a day on which nothing changed', () => {
    const exceptions = { ...none, active: [exception] };

    expect(isWorthSending(aReport({ history: aHistory({ exceptions }) }))).toBe(false);
  });

  it.each<[string, Partial<History>]>([
    ['a change', { changes: [{ ...change, kind: 'resolved', how: 'left' }] }],
    [
      'an exception that begins',
      { exceptions: { ...none, active: [{ ...exception, isNew: true }] } },
    ],
    [
      'an exception within 14 days of its end',
      { exceptions: { ...none, active: [{ ...exception, daysLeft: 14 }] } },
    ],
    ['an exception that ended', { exceptions: { ...none, ended: [exception] } }],
    [
      'an exception that is refused',
      { exceptions: { ...none, refused: [{ line: 2, because: 'It gives no reason.' }] } },
    ],
    ['a register that cannot be used', { exceptions: { ...none, problem: 'It is a picture.' } }],
    ['a digest that was never delivered', { undelivered: ['2026-11-20T06:00:00.000Z'] }],
    ['a first report', { state: 'first' }],
    ['a lost memory', { state: 'lost' }],
    ['part of the memory lost', { problems: ['a day was damaged'] }],
    ['no memory, with which changes are never known', { state: 'none' }],
  ])('is true for %s', (_case, history) => {
    expect(isWorthSending(aReport({ history: aHistory(history) }))).toBe(true);
  });

  it('is true for a partial report', () => {
    expect(isWorthSending(aReport({ isPartial: true, history: aHistory() }))).toBe(true);
  });
});
