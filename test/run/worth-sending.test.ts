import { describe, expect, it } from '@jest/globals';
import type { History } from '../../lib/findings/findings.ts';
import { isNeeded, isWorthSending } from '../../lib/run/make-digest.ts';
import type { Settings } from '../../lib/settings/fields.ts';
import { HIT_LISTS } from '../../lib/standings/standings.ts';
import { aHistory, aPerson, aReport, guid } from '../support/a-report.ts';

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
    ['lost state', { state: 'lost' }],
    ['part of the state lost', { problems: ['a day was damaged'] }],
    ['no stored state, with which changes are never known', { state: 'none' }],
  ])('is true for %s', (_case, history) => {
    expect(isWorthSending(aReport({ history: aHistory(history) }))).toBe(true);
  });

  it('is true for the first report under other rules', () => {
    expect(isWorthSending(aReport({ haveRulesChanged: true, history: aHistory() }))).toBe(true);
  });

  it('is true for a partial report', () => {
    expect(isWorthSending(aReport({ isPartial: true, history: aHistory() }))).toBe(true);
  });
});

describe('isNeeded', () => {
  const settings = (sendWhen: Settings['sendWhen']) =>
    ({ sendWhen, debugOutput: false }) as Settings;
  const quiet = aReport({ history: aHistory() });
  const account = {
    configured: 'emergency@contoso.example',
    checks: [],
    isDrillDue: false,
    sentence: '',
  } as const;

  it.each(['hits', 'changes'] as const)('is false on a quiet day with %s', (sendWhen) => {
    const report = { ...quiet, emergencyAccounts: [{ ...account, state: 'ready' as const }] };

    expect(isNeeded(report, settings(sendWhen))).toBe(false);
  });

  it.each(HIT_LISTS)('is true with hits where somebody is in %s', (standing) => {
    const report = aReport({ people: [aPerson({ standing })], history: aHistory() });

    expect(isNeeded(report, settings('hits'))).toBe(true);
  });

  it.each(['gap', 'disabled', 'not-found', 'not-known'] as const)(
    'is true whatever SEND_WHEN says where an emergency account is %s',
    (state) => {
      const report = { ...quiet, emergencyAccounts: [{ ...account, state }] };

      for (const sendWhen of ['hits', 'changes'] as const)
        expect(isNeeded(report, settings(sendWhen))).toBe(true);
    },
  );

  it('is true whatever SEND_WHEN says where an emergency account was used', () => {
    const news = {
      user: aPerson().user,
      at: '2026-11-21T03:00:00Z',
      kind: 'sign-in',
      application: 'Outlook',
      hasSucceeded: false,
      isInteractive: true,
    } as const;

    expect(isNeeded({ ...quiet, emergencyNews: [news] }, settings('hits'))).toBe(true);
  });

  it('is false for people who only look like a script, or have only a phone', () => {
    const covered = aPerson({ standing: 'covered' });
    const report = { ...quiet, phoneOnly: [covered], scripts: [covered] };

    expect(isNeeded(report, settings('hits'))).toBe(false);
  });
});
