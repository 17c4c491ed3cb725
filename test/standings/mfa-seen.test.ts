import { describe, expect, it } from '@jest/globals';
import { judgePeople } from '../../lib/standings/judge-people.ts';
import { isReportLagging } from '../../lib/standings/mfa-seen.ts';
import type { Person } from '../../lib/standings/person.ts';
import type { PersonalUse } from '../support/seen-use.ts';
import {
  aUser,
  aUseRow,
  CAPABLE,
  NOT_REGISTERED,
  observations,
  rules,
} from '../support/observations.ts';
import type { Seen } from '../support/observations.ts';

const { id: ADELE } = aUser();
const REFRESHED_AT = Date.parse('2026-11-20T06:36:00Z');
const BEFORE = REFRESHED_AT - 1;
const AFTER = REFRESHED_AT + 1;
const LOST = { ...NOT_REGISTERED, lastUpdatedAt: REFRESHED_AT };

function judged(
  uses: readonly PersonalUse[],
  row: typeof CAPABLE | undefined,
  about: Seen = {},
): Person | undefined {
  const registrations = row === undefined ? {} : { [ADELE]: row };
  return judgePeople(observations({ registrations, uses, ...about }), rules())[0];
}

const hereAt = (lastHereAt: number, about: Partial<PersonalUse> = {}) =>
  aUseRow({ here: 1, lastHereAt, ...about });

describe('MFA and a row that says "not capable"', () => {
  it.each<[string, readonly PersonalUse[], Person['standing']]>([
    ['done here before the row was refreshed', [hereAt(BEFORE)], 'impact'],
    ['done here at the instant of the refresh', [hereAt(REFRESHED_AT)], 'satisfied-elsewhere'],
    ['done here after it', [hereAt(AFTER)], 'satisfied-elsewhere'],
    ['told by one claim', [aUseRow({ claim: 1 })], 'satisfied-elsewhere'],
    [
      'done here before it, and a claim of the same person',
      [hereAt(BEFORE), aUseRow({ application: 2, claim: 3 })],
      'impact',
    ],
    ['a claim and nothing done here', [aUseRow({ claim: 3 })], 'satisfied-elsewhere'],
    [
      'done here before it, and elsewhere',
      [hereAt(BEFORE, { elsewhere: 1 })],
      'satisfied-elsewhere',
    ],
    [
      'done before it with a certificate or Windows Hello',
      [hereAt(BEFORE, { hereUncounted: 1 })],
      'satisfied-elsewhere',
    ],
    [
      'one factor, and a success that does not say',
      [aUseRow({ unsaid: 1, successes: 2 })],
      'impact',
    ],
    ['nothing that says anything', [aUseRow({ unsaid: 2 })], 'unknown'],
  ])('%s', (_, uses, standing) => {
    expect(judged(uses, LOST)?.standing).toBe(standing);
  });

  it('is not known where the row does not say when it was refreshed', () => {
    const person = judged([hereAt(BEFORE)], NOT_REGISTERED);

    expect(person?.standing).toBe('unknown');
    expect(person?.reason).toContain('when the registration report was last refreshed is not said');
  });

  it('is not known where the row could not be read: the method may be gone', () => {
    const missing = { registrations: 'not-available' } as const;
    const person = judged([hereAt(BEFORE)], undefined, { missing });

    expect(person?.standing).toBe('unknown');
    expect(person?.unknownGroup).toBe('did-mfa');
    expect(judged([aUseRow({ elsewhere: 1 })], undefined, { missing })?.standing).toBe(
      'satisfied-elsewhere',
    );
  });

  it('is not known by claims alone where a sign-in that was not read may have been with a method that is gone', () => {
    const missing = { interactiveSignIns: 'partial' } as const;
    const claims = [aUseRow({ claim: 3 })];

    expect(judged(claims, LOST, { missing })?.standing).toBe('unknown');
    expect(judged(claims, LOST, { missing })?.reason).toContain(
      'the sign-in log could not be read in full',
    );
    expect(judged(claims, undefined, { missing })?.standing).toBe('satisfied-elsewhere');
    expect(judged(claims, CAPABLE, { missing })?.standing).toBe('covered');
    expect(judged([hereAt(AFTER, { claim: 3 })], LOST, { missing })?.standing).toBe(
      'satisfied-elsewhere',
    );
  });

  it('counts with a row that says "capable", and without a row', () => {
    expect(judged([hereAt(BEFORE)], { ...CAPABLE, lastUpdatedAt: REFRESHED_AT })?.standing).toBe(
      'covered',
    );
    expect(judged([hereAt(BEFORE)], undefined)?.standing).toBe('satisfied-elsewhere');
  });

  it('is told as what it was', () => {
    expect(judged([hereAt(BEFORE)], LOST)?.reason).toBe(
      'Signed in to Azure portal, Entra and Intune admin centres with a method that is gone, and cannot do MFA now.',
    );
    expect(judged([hereAt(AFTER)], LOST)?.reason).toBe('MFA done; the registration report lags.');
    expect(judged([hereAt(AFTER)], LOST)?.nextStep).toBe('wait-for-report');
    expect(judged([hereAt(BEFORE, { hereUncounted: 1 })], LOST)?.reason).toContain(
      'certificate or Windows Hello',
    );
  });

  it('says of sign-ins that say nothing that they do, and not that the log could not be read', () => {
    const person = judged([aUseRow({ unsaid: 2 })], LOST);

    expect(person?.reason).toContain('the sign-ins do not say whether MFA was done');
    expect(person?.reason).not.toContain('could not be read');
    expect(person?.unknownGroup).toBe('used-without-method');
  });
});

describe('a row that lags behind', () => {
  it.each<[string, Partial<PersonalUse>, typeof CAPABLE | undefined, boolean]>([
    ['MFA done here after it', { here: 1, lastHereAt: AFTER }, LOST, true],
    ['MFA done here as it was written', { here: 1, lastHereAt: REFRESHED_AT }, LOST, true],
    ['MFA done here before it', { here: 1, lastHereAt: BEFORE }, LOST, false],
    ['Windows Hello alone', { here: 1, hereUncounted: 1, lastHereAt: AFTER }, LOST, false],
    ['Windows Hello and an app', { here: 2, hereUncounted: 1, lastHereAt: AFTER }, LOST, true],
    ['MFA done elsewhere', { elsewhere: 1, lastHereAt: AFTER }, LOST, false],
    ['a capable row', { here: 1, lastHereAt: AFTER }, { ...LOST, isMfaCapable: true }, false],
    ['a row without an instant', { here: 1, lastHereAt: AFTER }, NOT_REGISTERED, false],
    ['no row', { here: 1, lastHereAt: AFTER }, undefined, false],
  ])('is told by %s: %#', (_, use, row, isLagging) => {
    expect(isReportLagging([aUseRow(use)], row)).toBe(isLagging);
  });
});

describe('MFA that a row takes back', () => {
  it('is gone although other successes say nothing of MFA', () => {
    const uses = [hereAt(BEFORE), aUseRow({ application: 2, unsaid: 1 })];

    expect(judged(uses, LOST)?.standing).toBe('impact');
  });
});
