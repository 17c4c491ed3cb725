import { describe, expect, it } from '@jest/globals';
import { UNKNOWN_GROUPS } from '../../lib/standings/person.ts';
import type { UnknownGroup } from '../../lib/standings/person.ts';
import type { Facts } from '../../lib/standings/standings.ts';
import { unknownGroup } from '../../lib/standings/unknown-group.ts';
import { aFacts } from '../support/facts.ts';
import {
  aUser,
  aUseRow,
  NOT_REGISTERED,
  observations,
  reportOn,
  rules,
} from '../support/observations.ts';
import type { Seen } from '../support/observations.ts';
import { refusalOf } from '../support/seen-use.ts';

const FACTS = aFacts({
  registered: 'unknown',
  capable: 'unknown',
  used: 'unknown',
  mfaSeen: 'unknown',
});

describe('unknownGroup', () => {
  it.each<[string, Partial<Facts>, boolean, UnknownGroup]>([
    ['refused, and not known to be capable', { stoppedIfNotCapable: 'unknown' }, true, 'refused'],
    ['refused, and not in since', { stoppedIfNotCapable: 'yes' }, true, 'did-not-get-in'],
    ['refused with a method', { capable: 'yes', stoppedIfCapable: 'unknown' }, false, 'refused'],
    ['refused as noise', { capable: 'yes', stoppedIfNotCapable: 'yes' }, true, 'did-mfa'],
    ['refused as the capable are', { capable: 'no', stoppedIfCapable: 'yes' }, false, 'no-method'],
    ['without a row, seen', { row: 'no', used: 'yes' }, false, 'used-without-row'],
    ['without a row', { row: 'no' }, true, 'no-row'],
    ['without a row, not seen', { row: 'no', used: 'no' }, false, 'no-row'],
    ['a method that is not known, MFA seen', {}, true, 'did-mfa'],
    ['a method that is not known', { used: 'yes' }, false, 'registration-not-known'],
    ['without a method, seen', { capable: 'no', used: 'yes' }, true, 'used-without-method'],
    ['without a method', { capable: 'no' }, true, 'no-method'],
    ['without a method, not seen', { capable: 'no', used: 'no' }, false, 'no-method'],
  ])('%s', (_, about, hasDoneMfa, group) => {
    expect(unknownGroup({ ...FACTS, ...about }, hasDoneMfa)).toBe(group);
  });
});

describe('the unknown of a report', () => {
  it('are told in groups, worst first', () => {
    const unsaid = { methodsRegistered: [] };
    const seen: Seen = {
      users: UNKNOWN_GROUPS.toReversed().map((id) => aUser({ id })),
      registrations: {
        'did-not-get-in': unsaid,
        refused: NOT_REGISTERED,
        'used-without-method': NOT_REGISTERED,
        'no-method': NOT_REGISTERED,
        'registration-not-known': unsaid,
        'did-mfa': unsaid,
      },
      uses: [
        refusalOf('did-not-get-in', Date.parse('2026-11-20T13:00:00Z')),
        refusalOf('refused', Date.parse('2026-11-20T08:00:00Z')),
        aUseRow({ id: 'used-without-method' }),
        aUseRow({ id: 'used-without-row' }),
        aUseRow({ id: 'did-mfa', here: 1 }),
      ],
      missing: { nonInteractiveSignIns: 'partial' },
      wholeSince: Date.parse('2026-11-20T12:00:00Z'),
    };

    const { unknownGroups } = reportOn(observations(seen), rules());

    expect(
      unknownGroups.map(({ group, people }) => [group, people.map(({ user }) => user.id)]),
    ).toEqual(
      [
        'did-not-get-in',
        'refused',
        'used-without-method',
        'used-without-row',
        'no-method',
        'no-row',
        'registration-not-known',
        'did-mfa',
      ].map((group) => [group, [group]]),
    );
  });
});
