import { describe, expect, it } from '@jest/globals';
import type { SourceName } from '../../lib/sources/coverage.ts';
import { guid } from '../support/a-report.ts';
import { compareDay, compareDays, tell } from './a-tenant.ts';
import type { Someone } from './a-tenant.ts';

const blocked: Someone = { number: 1, uses: 'single-factor' };
const missing: Someone = { number: 1 };
const safe: Someone = { number: 1, row: 'capable' };
const quiet: Someone = { number: 1, isActive: false };

const REGISTRATIONS = ['registrations'] as const;
const SIGN_INS = ['nonInteractiveSignIns'] as const;
const ACTIVITY = ['activity'] as const;
const ROLES = ['roles'] as const;
const LEAVES_OUT = { excludedUsers: ['LeftOut@contoso.example'] };

describe('a run with a missing source', () => {
  it.each<[string, readonly SourceName[], Someone, Someone, readonly string[]]>([
    ['opens nobody for a row that could not be read', REGISTRATIONS, safe, missing, []],
    ['resolves nobody who may have lost the sign-ins only', SIGN_INS, blocked, missing, []],
    ['moves nobody on sign-ins that it did not see', SIGN_INS, missing, blocked, []],
    ['opens nobody who may not be active', ACTIVITY, quiet, missing, []],
    ['opens somebody whom it saw blocked', SIGN_INS, quiet, { ...blocked, isUseSeen: true }, []],
    [
      'opens somebody whom it saw blocked, whatever their activity',
      ACTIVITY,
      quiet,
      blocked,
      ['Person 1: opened in impact day 0'],
    ],
    [
      'resolves who was disabled',
      REGISTRATIONS,
      blocked,
      { ...blocked, isEnabled: false },
      ['Person 1: resolved disabled from impact day 1'],
    ],
    [
      'resolves who was seen to register',
      SIGN_INS,
      blocked,
      safe,
      ['Person 1: resolved registered from impact day 1'],
    ],
    [
      'resolves who was seen to register on a page that could be read',
      REGISTRATIONS,
      blocked,
      { ...safe, isRowSeen: true },
      ['Person 1: resolved registered from impact day 1'],
    ],
    [
      'resolves who was seen to do MFA',
      REGISTRATIONS,
      blocked,
      { ...blocked, uses: 'mfa' },
      ['Person 1: resolved mfa-seen from impact day 1'],
    ],
    [
      'resolves nobody by MFA done here, whose method may be gone by now',
      REGISTRATIONS,
      blocked,
      { ...blocked, uses: 'mfa-here' },
      [],
    ],
    [
      'resolves who was seen to do MFA here after the row',
      ROLES,
      blocked,
      { ...blocked, row: 'capable', uses: 'mfa-here' },
      ['Person 1: resolved registered from impact day 1'],
    ],
    [
      'does not call somebody inactive who was stopped, and may have been again',
      SIGN_INS,
      { ...missing, refused: 'once' },
      quiet,
      [],
    ],
    [
      'does not say of somebody external who was stopped that they use nothing any more',
      SIGN_INS,
      { ...missing, kind: 'external', refused: 'once' },
      { ...missing, kind: 'external' },
      [],
    ],
    [
      'resolves who is excluded, with roles or without',
      ROLES,
      missing,
      { ...missing, name: 'Left Out' },
      ['Left Out: resolved out-of-scope from missing day 1'],
    ],
    [
      'resolves who does not sign in any more, which proves that nothing was used',
      SIGN_INS,
      missing,
      quiet,
      ['Person 1: resolved inactive from missing day 1'],
    ],
    ['resolves nobody as inactive without activity', ACTIVITY, missing, quiet, []],
    [
      'opens people without roles, because their scope does not hang on them',
      ROLES,
      quiet,
      missing,
      ['Person 1: opened in missing day 0'],
    ],
    [
      'opens no synchronisation account that is known by its role only',
      ROLES,
      { ...missing, role: 'synchronisation' },
      { ...missing, role: 'synchronisation' },
      [],
    ],
    [
      'resolves nobody who is taken for a synchronisation account by name',
      ROLES,
      { ...missing, name: 'Sync_Robot' },
      { ...missing, name: 'Sync_Robot' },
      [],
    ],
  ])('%s', (_case, sources, before, after, expected) => {
    const [, second, third] = compareDays(
      { on: '2026-11-20', people: [before] },
      { on: '2026-11-21', people: [after], missing: sources, rules: LEAVES_OUT },
      { on: '2026-11-22', people: [before] },
    );

    expect(second && tell(second)).toEqual(expected);
    // What was not told on the partial day did not happen: the day after is as the day before.
    expect(third && tell(third)).toHaveLength(expected.length);
  });

  it('knows a synchronisation account by its role however long roles are missing', () => {
    const people: readonly Someone[] = [{ ...missing, role: 'synchronisation' }];

    const [, second, third] = compareDays(
      { on: '2026-11-20', people },
      { on: '2026-11-21', people, missing: ROLES },
      { on: '2026-11-22', people, missing: ROLES },
    );

    expect([second, third].map((day) => day && tell(day))).toEqual([[], []]);
  });

  it('takes no account for one of synchronisation that is out of scope for another reason', () => {
    const people: readonly Someone[] = [
      { ...missing, role: 'synchronisation' },
      { ...missing, number: 2, isEnabled: false },
      { ...missing, number: 3, kind: 'agent' },
      { ...missing, number: 4, kind: 'technical' },
      { ...missing, number: 5, name: 'Left Out' },
      { ...missing, number: 6, isGuest: true },
      { ...missing, number: 7, kind: 'external' },
      { ...missing, number: 8 },
    ];
    const rules = { ...LEAVES_OUT, includeGuests: false };

    const { next } = compareDay({ on: '2026-11-21', people, rules });

    expect(next?.synchronisation).toEqual([guid(1)]);
  });

  it('judges each by their own sign-ins, wherever they stand among the people', () => {
    const [, second] = compareDays(
      { on: '2026-11-20', people: [{ ...missing, number: 2 }, blocked] },
      {
        on: '2026-11-21',
        people: [
          { ...missing, number: 2 },
          { ...blocked, uses: 'mfa' },
        ],
        missing: REGISTRATIONS,
      },
    );

    expect(second && tell(second)).toEqual(['Person 1: resolved mfa-seen from impact day 1']);
  });

  it.each([
    ['could not be read', ['users'] as const, 'regressed'],
    ['was gone', [], 'opened'],
  ])('knows that somebody could do MFA whose account %s in between', (_case, sources, kind) => {
    const days = compareDays(
      { on: '2026-11-19', people: [safe] },
      { on: '2026-11-20', people: [], missing: sources },
      { on: '2026-11-21', people: [missing] },
    );

    expect(tell(days[2]!)).toEqual([`Person 1: ${kind} in missing day 0`]);
  });

  it('resolves who is not in the tenant any more', () => {
    const [, second] = compareDays(
      { on: '2026-11-20', people: [blocked] },
      { on: '2026-11-21', people: [], missing: REGISTRATIONS },
    );

    expect(second && tell(second)).toEqual(['Person 1: resolved left from impact day 1']);
  });

  it('keeps list and age of somebody who became unknown', () => {
    const [, second, third] = compareDays(
      { on: '2026-11-20', people: [blocked] },
      { on: '2026-11-21', people: [blocked], missing: REGISTRATIONS },
      { on: '2026-11-22', people: [blocked] },
    );

    expect(second?.report.hits.unknown[0]?.ageDays).toBe(1);
    expect(second?.next?.open[0]?.list).toBe('impact');
    expect(third && tell(third)).toEqual([]);
    expect(third?.report.hits.impact[0]?.ageDays).toBe(2);
  });

  it('gives somebody whom it could not judge the id of a finding and no age', () => {
    const [first, second] = compareDays(
      { on: '2026-11-20', people: [safe], missing: REGISTRATIONS },
      { on: '2026-11-21', people: [missing] },
    );

    const [person] = first?.report.hits.unknown ?? [];
    expect(person?.ageDays).toBeUndefined();
    expect(second && tell(second)).toEqual(['Person 1: opened in missing day 0']);
    expect(second?.report.hits.missing[0]?.findingId).toBe(person?.findingId);
  });

  it('tells a method lost while sign-ins were missing once, when the person can be judged again', () => {
    const [, second, third, fourth] = compareDays(
      { on: '2026-11-19', people: [safe] },
      { on: '2026-11-20', people: [missing], missing: SIGN_INS },
      { on: '2026-11-21', people: [missing] },
      { on: '2026-11-22', people: [missing] },
    );

    expect(second && tell(second)).toEqual([]);
    expect(third && tell(third)).toEqual(['Person 1: regressed in missing day 0']);
    expect(fourth && tell(fourth)).toEqual([]);
  });

  it('leaves standings that lean on an older ledger out of changes', () => {
    const days = compareDays(
      { on: '2026-11-20', people: [blocked] },
      { on: '2026-11-21', people: [missing], missing: SIGN_INS, isLeaningOnLedger: true },
    );

    expect(days[1]?.report.hits.missing).toHaveLength(1);
    expect(days[1] && tell(days[1])).toEqual([]);
  });
});
