import { describe, expect, it } from '@jest/globals';
import { mfaEvidence, outcomeOf } from '../../lib/entra/mfa-evidence.ts';

const SINGLE = 'singleFactorAuthentication';

const DONE = [
  'completed in the cloud',
  'completed in Azure AD',
  'successfully completed',
  'satisfied by claim in the token',
  'satisfied by claim provided by external provider',
  'satisfied by strong authentication',
];

const NOT_DONE = [
  'skipped due to location',
  'skipped due to remembered device',
  'skipped due to registered device',
  'skipped due to app password',
  'skipped as flow exercised was Windows broker logon flow',
  'has expired due to the policies configured on tenant',
  'registration prompted',
  "required; user doesn't have any verification methods registered",
  'denied; user declined the authentication',
  "denied; user didn't respond to mobile app notification",
  'denied; user is blocked',
  'not successfully completed',
  '',
];

function signIn(about: object = {}) {
  return {
    status: { errorCode: 0, additionalDetails: null },
    authenticationRequirement: SINGLE,
    ...about,
  };
}

const step = (about: object) => ({ authenticationDetails: [{ succeeded: true, ...about }] });

describe('mfaEvidence', () => {
  describe.each(['MFA requirement ', 'MFA ', ''])('with the prefix %j', (prefix) => {
    it.each(DONE)('takes "%s" in additionalDetails for MFA', (text) => {
      const status = { errorCode: 0, additionalDetails: prefix + text };

      expect(mfaEvidence(signIn({ status }))).toBe('done');
    });

    it.each(DONE)('takes "%s" in a succeeded step for MFA', (text) => {
      const details = step({ authenticationStepResultDetail: prefix + text });

      expect(mfaEvidence(signIn(details))).toBe('done');
    });

    it.each(NOT_DONE)('takes "%s" for no MFA', (text) => {
      const status = { errorCode: 0, additionalDetails: prefix + text };
      const details = step({ authenticationStepResultDetail: prefix + text });

      expect(mfaEvidence(signIn({ status, ...details }))).toBe('not-done');
    });
  });

  it.each([
    'MFA SUCCESSFULLY COMPLETED',
    'MFA successfully completed. ',
    ' mfa completed in azure ad',
  ])('matches %j without regard to case, blanks and full stop', (additionalDetails) => {
    expect(mfaEvidence(signIn({ status: { errorCode: 0, additionalDetails } }))).toBe('done');
  });

  it.each([
    'Passkey (device-bound)',
    'Passkey (synced)',
    'FIDO2 security key',
    'Windows Hello for Business',
    'Passwordless phone sign-in',
    'Phone sign-in',
  ])('takes a succeeded %s for MFA', (authenticationMethod) => {
    expect(mfaEvidence(signIn(step({ authenticationMethod })))).toBe('done');
  });

  it.each(['Password', 'Previously satisfied', 'Text message', 'Temporary Access Pass', ''])(
    'takes a succeeded %j alone for one factor',
    (authenticationMethod) => {
      expect(mfaEvidence(signIn(step({ authenticationMethod })))).toBe('not-done');
    },
  );

  it('takes a step that failed for nothing', () => {
    const details = step({
      succeeded: false,
      authenticationMethod: 'FIDO2 security key',
      authenticationStepResultDetail: 'MFA successfully completed',
    });

    expect(mfaEvidence(signIn(details))).toBe('not-done');
  });

  it('takes a success that asked for multi-factor for MFA', () => {
    expect(mfaEvidence(signIn({ authenticationRequirement: 'multiFactorAuthentication' }))).toBe(
      'done',
    );
  });

  it('finds one factor not said where v1.0 does not say what was asked for', () => {
    const { status } = signIn();

    expect(mfaEvidence({ status })).toBe('not-said');
    expect(
      mfaEvidence({
        status: { additionalDetails: 'MFA requirement satisfied by claim in the token' },
      }),
    ).toBe('done');
  });

  it.each([
    signIn({ status: null }),
    signIn({ authenticationDetails: 'none' }),
    signIn({ authenticationDetails: [null, 7, 'x'] }),
    signIn({ status: { additionalDetails: 7 } }),
  ])('reads no MFA into %j', (row) => {
    expect(mfaEvidence(row)).toBe('not-done');
  });
});

describe('outcomeOf', () => {
  it.each([
    [0, 'success'],
    [50074, 'asked-for-mfa'],
    [50076, 'asked-for-mfa'],
    [50079, 'asked-for-mfa'],
    [500121, 'asked-for-mfa'],
    [50126, 'ignored'],
    [50053, 'ignored'],
    [50140, 'ignored'],
    [53003, 'ignored'],
    ['0', 'ignored'],
    [null, 'ignored'],
  ])('calls the error code %j %s', (errorCode, outcome) => {
    expect(outcomeOf({ errorCode })).toBe(outcome);
  });

  it('ignores a row without a status', () => {
    expect(outcomeOf(undefined)).toBe('ignored');
  });
});
