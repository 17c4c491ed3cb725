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
  observations,
  rules,
  YESTERDAY,
} from '../support/observations.ts';
import type { Seen } from '../support/observations.ts';

const { id: ADELE } = aUser();
const row = (registration: Registration) => ({ registrations: { [ADELE]: registration } });
const noRegistrations = { registrations: 'not-available' } as const;
const noSignIns = { interactiveSignIns: 'not-available' } as const;

function reasonOf(seen: Seen): string {
  return judgePeople(observations(seen), rules())[0]?.reason ?? '';
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
  ])('of %s', (_, seen, reason) => {
    expect(reasonOf(seen)).toBe(reason);
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
