import { describe, expect, it } from '@jest/globals';
import { closeFinding } from '../../lib/findings/close-finding.ts';
import type { Resolution } from '../../lib/findings/findings.ts';
import { guid } from '../support/a-report.ts';

const FINDING = {
  findingId: 'f0123456789abcdef',
  id: guid(1),
  list: 'impact',
  openedOn: '2026-11-11',
  firstOpenedOn: '2026-11-01',
} as const;

describe('closeFinding', () => {
  it.each<[Resolution, string]>([
    ['registered', 'Can do MFA now.'],
    ['mfa-seen', 'Has signed in with MFA.'],
    ['disabled', 'The account is disabled.'],
    ['left', 'The account is not in the tenant any more.'],
    ['not-refused', 'Was not refused at MFA any more.'],
    ['unused', 'Uses no portal or tool any more.'],
    ['inactive', 'Does not sign in any more.'],
    ['excepted', 'Is excepted by exceptions.csv.'],
    ['out-of-scope', 'Is out of scope now.'],
    ['rules-changed', 'Is in no list under the new rules.'],
  ])('says why: %s', (how, reason) => {
    const { change, closed } = closeFinding(FINDING, how, '2026-11-21');

    expect(change).toMatchObject({ kind: 'resolved', how, from: 'impact', ageDays: 10, reason });
    expect(closed).toMatchObject({ how, resolvedOn: '2026-11-21', firstOpenedOn: '2026-11-01' });
  });
});
