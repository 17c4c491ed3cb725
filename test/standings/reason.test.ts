import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Registration } from '../../lib/sources/rows.ts';
import { judgePeople } from '../../lib/standings/judge-people.ts';
import {
  aUser,
  aUseRow,
  CAPABLE,
  NOT_ALLOWED,
  NOT_REGISTERED,
  NOW,
  observations,
  rules,
  YESTERDAY,
} from '../support/observations.ts';
import type { Seen } from '../support/observations.ts';
import { refusalOf } from '../support/seen-use.ts';

const { id: ADELE } = aUser();
const row = (registration: Registration) => ({ registrations: { [ADELE]: registration } });
const noRegistrations = { registrations: 'not-available' } as const;
const noSignIns = { interactiveSignIns: 'not-available' } as const;

const noActivity = { activity: 'not-available' } as const;
const COUNTS_AS_ACTIVE = 'the last sign-in could not be read, so the account counts as active.';

function reasonOf(seen: Seen, now = NOW): string {
  return judgePeople(observations(seen), rules({ now }))[0]?.reason ?? '';
}

describe('the reason', () => {
  it.each<[string, Seen, string]>([
    [
      'impact',
      {
        ...row(NOT_REGISTERED),
        uses: [aUseRow(), aUseRow({ application: 2, lastAt: Date.parse(YESTERDAY) + 1 })],
      },
      'Signs in to Azure CLI and Azure portal, Entra and Intune admin centres with one factor and has no MFA method.',
    ],
    [
      'impact by policy',
      { ...row(NOT_ALLOWED), uses: [aUseRow({ application: 3 })] },
      'Signs in to Azure PowerShell with one factor, and has a method registered that cannot be used.',
    ],
    [
      'impact where the row does not say whether a method is registered',
      {
        ...row({ isMfaCapable: false, methodsRegistered: [] }),
        uses: [aUseRow({ application: 3 })],
      },
      'Signs in to Azure PowerShell with one factor and cannot do MFA.',
    ],
    ['missing', row(NOT_REGISTERED), 'Signs in, but has no MFA method registered.'],
    [
      'dormant, which proves that no application was used, though sign-ins are missing',
      {
        ...row(NOT_REGISTERED),
        users: [aUser({ lastSuccessfulSignInAt: '2026-01-01T00:00:00Z' })],
        missing: noSignIns,
      },
      'Has not signed in successfully for 90 days.',
    ],
    [
      'not-usable',
      row(NOT_ALLOWED),
      'Has a method registered that cannot be used: policy may not allow it, or an administrator demanded to register again.',
    ],
    [
      'unknown without a row',
      {},
      'Cannot be judged: the registration report has no row for the account.',
    ],
    [
      'unknown without a row, used',
      { uses: [aUseRow({ application: 2 })] },
      'Signs in to Azure CLI with one factor, and the registration report has no row for the account.',
    ],
    [
      'unknown for lack of the registration report',
      { uses: [aUseRow()], missing: noRegistrations },
      'Cannot be judged: the registration report could not be read in full.',
    ],
    [
      'unknown for lack of sign-ins',
      { ...row(NOT_REGISTERED), missing: noSignIns },
      'Cannot be judged: the sign-in log could not be read in full.',
    ],
    [
      'unknown for lack of both',
      { missing: { ...noRegistrations, ...noSignIns } },
      'Cannot be judged: the registration report could not be read in full, and the sign-in log could not be read in full.',
    ],
    [
      'unknown where the row does not say',
      row({ methodsRegistered: [] }),
      'Cannot be judged: the registration report does not say whether the account can do MFA.',
    ],
    [
      'new',
      { users: [aUser({ createdAt: YESTERDAY })] },
      'Is new, and the registration report has no row for the account yet.',
    ],
    [
      'single-factor',
      { ...row(CAPABLE), uses: [aUseRow({ application: 4 })] },
      'Can do MFA, but has signed in to Azure mobile app with one factor only.',
    ],
    [
      'satisfied-elsewhere with a row',
      { ...row(NOT_REGISTERED), uses: [aUseRow({ elsewhere: 1 })] },
      'Cannot do MFA here, but signs in with MFA done elsewhere.',
    ],
    [
      'satisfied-elsewhere without a row',
      { uses: [aUseRow({ elsewhere: 1 })] },
      'Has no row in the registration report, but signs in with MFA.',
    ],
    [
      'satisfied-elsewhere for lack of the registration report',
      { uses: [aUseRow({ elsewhere: 1 })], missing: noRegistrations },
      'Signs in with MFA; the registration report could not be read in full.',
    ],
    [
      'covered and used',
      { ...row(CAPABLE), uses: [aUseRow({ elsewhere: 1 })] },
      'Can do MFA and has signed in with it.',
    ],
    ['covered', row(CAPABLE), 'Can do MFA.'],
    [
      'covered for lack of sign-ins',
      { ...row(CAPABLE), missing: noSignIns },
      'Can do MFA; the sign-in log could not be read in full.',
    ],
    [
      'dormant',
      { users: [aUser({ lastSuccessfulSignInAt: '2025-01-01T00:00:00Z' })] },
      'Has not signed in successfully for 90 days.',
    ],
    [
      'missing for lack of activity',
      { ...row(NOT_REGISTERED), missing: { activity: 'not-available' } },
      'Signs in, but has no MFA method registered; the last sign-in could not be read, so the account counts as active.',
    ],
    [
      'missing where a method is registered that counts for nothing',
      row({ ...NOT_REGISTERED, methodsRegistered: ['email'] }),
      'Signs in, but nothing registered counts for MFA.',
    ],
    [
      'impact at four applications, of which one let nobody in',
      {
        ...row(NOT_REGISTERED),
        uses: [
          aUseRow({ lastAt: 3 }),
          aUseRow({ application: 2, lastAt: 2 }),
          aUseRow({ application: 3, lastAt: 1 }),
          aUseRow({ application: 4, successes: 0, refusals: [0, 0, 1, 0, 0] }),
        ],
      },
      'Signs in to Azure portal, Entra and Intune admin centres, Azure CLI and Azure PowerShell with one factor and has no MFA method.',
    ],
    [
      'not-usable at one device',
      row({ ...NOT_ALLOWED, methodsRegistered: ['windowsHelloForBusiness'] }),
      'Has only a method that works at one device.',
    ],
    [
      'external',
      { ...row(NOT_REGISTERED), users: [aUser({ kind: 'external' })] },
      'Is external: whether MFA is done at home is not visible here.',
    ],
    [
      'unknown without a row, refused',
      { uses: [aUseRow({ successes: 0, refusals: [0, 0, 1, 0, 0] })] },
      'Cannot be judged: the registration report has no row for the account.',
    ],
    [
      'unknown for lack of the registration report, with MFA done here',
      { uses: [aUseRow({ here: 1 })], missing: noRegistrations },
      'Cannot be judged: the registration report could not be read in full.',
    ],
    [
      'unknown where the row does not say, with MFA done here before it was written',
      {
        ...row({ methodsRegistered: [], lastUpdatedAt: NOW.getTime() }),
        uses: [aUseRow({ here: 1 })],
      },
      'Cannot be judged: the registration report does not say whether the account can do MFA.',
    ],
    [
      'unknown where the row does not say when it was written, with MFA done here',
      { ...row(NOT_REGISTERED), uses: [aUseRow({ here: 1 })] },
      'Has no usable method and used Azure portal, Entra and Intune admin centres; whether with MFA cannot be told: when the registration report was last refreshed is not said.',
    ],
    [
      'covered, with MFA done here before the row was written',
      { ...row({ ...CAPABLE, lastUpdatedAt: NOW.getTime() }), uses: [aUseRow({ here: 1 })] },
      'Can do MFA and has signed in with it.',
    ],
    [
      'stopped, whatever is missing',
      {
        uses: [refusalOf(ADELE, NOW.getTime() - 1)],
        ...row({ ...NOT_REGISTERED }),
        missing: noActivity,
      },
      'Was asked to register an MFA method at Azure portal, Entra and Intune admin centres, and has not passed since.',
    ],
    [
      'stopped, whether with a row or not',
      { uses: [refusalOf(ADELE, NOW.getTime() - 1, { ropc: true })], missing: noRegistrations },
      'Was asked to register an MFA method at Azure portal, Entra and Intune admin centres, and has not passed since.',
    ],
    [
      'covered, and refused once before sign-ins that could not be read',
      {
        ...row(CAPABLE),
        uses: [refusalOf(ADELE, NOW.getTime() - 1)],
        missing: noSignIns,
      },
      'Can do MFA; the sign-in log could not be read in full.',
    ],
    [
      'unknown, and refused on two days before sign-ins that could not be read',
      {
        ...row(CAPABLE),
        uses: [refusalOf(ADELE, NOW.getTime() - 1, { days: 2, interactiveDays: 2 })],
        missing: noSignIns,
      },
      'Cannot be judged: a refusal at MFA was seen, and the sign-in log after it could not be read in full.',
    ],
    [
      'not-usable for lack of activity',
      { ...row(NOT_ALLOWED), missing: noActivity },
      `Has a method registered that cannot be used: policy may not allow it, or an administrator demanded to register again; ${COUNTS_AS_ACTIVE}`,
    ],
    [
      'unknown for lack of activity',
      { missing: noActivity },
      `Cannot be judged: the registration report has no row for the account; ${COUNTS_AS_ACTIVE}`,
    ],
    [
      'unknown, used, for lack of activity',
      { missing: noActivity, uses: [aUseRow({ application: 2 })] },
      'Signs in to Azure CLI with one factor, and the registration report has no row for the account.',
    ],
    [
      'new for lack of activity',
      { users: [aUser({ createdAt: YESTERDAY })], missing: noActivity },
      `Is new, and the registration report has no row for the account yet; ${COUNTS_AS_ACTIVE}`,
    ],
    [
      'external for lack of activity',
      { ...row(NOT_REGISTERED), users: [aUser({ kind: 'external' })], missing: noActivity },
      `Is external: whether MFA is done at home is not visible here; ${COUNTS_AS_ACTIVE}`,
    ],
  ])('of %s', (_, seen, reason) => {
    expect(reasonOf(seen)).toBe(reason);
  });

  it('of impact says that a phone is all they have, once Microsoft sends no codes any more', () => {
    const later = new Date('2027-02-01T06:00:00Z');
    const seen = {
      ...row({ ...CAPABLE, methodsRegistered: ['mobilePhone'] }),
      uses: [aUseRow({ application: 2 })],
    };

    expect(reasonOf(seen, later)).toBe(
      'Signs in to Azure CLI with one factor, and has only a phone, to which Microsoft sends no codes any more.',
    );
  });

  it('holds no text of the tenant and is one sentence, whatever people are called', () => {
    const marked = fc.string({ maxLength: 20 }).map((text) => `<x>${text}\u202e=cmd|@evil.example`);
    fc.assert(
      fc.property(
        marked,
        fc.constantFrom(CAPABLE, NOT_REGISTERED, NOT_ALLOWED, undefined),
        fc.boolean(),
        fc.constantFrom({}, noSignIns, noRegistrations),
        (text, registration, isUsed, missing) => {
          const user = aUser({ displayName: text, userPrincipalName: text, givenName: text });
          const reason = reasonOf({
            users: [user],
            ...(registration !== undefined && row({ ...registration, methodsRegistered: [text] })),
            roles: { [ADELE]: [{ name: text }] },
            ...(isUsed && { uses: [aUseRow()] }),
            missing,
          });

          expect(reason).toMatch(/^[A-Z][\w ,;:'-]+\.$/);
          expect(reason).not.toContain('evil');
        },
      ),
    );
  });
});
