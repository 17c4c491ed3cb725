import { describe, expect, it } from '@jest/globals';
import type { UnknownGroup } from '../../lib/standings/person.ts';
import type { Facts } from '../../lib/standings/standings.ts';
import { unknownGroup } from '../../lib/standings/unknown-group.ts';

const FACTS: Facts = {
  row: 'yes',
  registered: 'unknown',
  capable: 'unknown',
  used: 'unknown',
  mfaSeen: 'unknown',
  active: true,
  stoppedIfCapable: 'no',
  stoppedIfNotCapable: 'no',
  isNew: false,
  isExternal: false,
  isUncounted: false,
  hasPhoneEnded: false,
};

describe('unknownGroup', () => {
  it.each<[string, Partial<Facts>, boolean, UnknownGroup]>([
    ['refused, and not known to be capable', { stoppedIfNotCapable: 'unknown' }, true, 'refused'],
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
