import { describe, expect, it } from '@jest/globals';
import { readMfaEvidence } from '../../lib/entra/mfa-evidence.ts';
import type { MfaEvidence, MfaProperties } from '../../lib/entra/mfa-evidence.ts';

const SINGLE = 'singleFactorAuthentication';
const MULTI = 'multiFactorAuthentication';
const HOME = '11111111-1111-4111-8111-111111111111';

/** A success that asked for one factor, so that nothing but its texts and steps can prove more. */
function signIn(about: object = {}): MfaProperties {
  return {
    status: { errorCode: 0, additionalDetails: null },
    authenticationRequirement: SINGLE,
    ...about,
  };
}

function evidenceOf(about: object, tenantId?: string): MfaEvidence {
  return readMfaEvidence(signIn(about), tenantId).evidence;
}

const said = (additionalDetails: unknown) => ({ status: { errorCode: 0, additionalDetails } });
const step = (about: object) => ({ authenticationDetails: [{ succeeded: true, ...about }] });
const stepSaid = (text: unknown) => step({ authenticationStepResultDetail: text });

describe('the evidence of a success', () => {
  it.each<readonly [string, MfaEvidence]>([
    ['MFA completed in the cloud', 'here'],
    ['MFA completed in Azure AD', 'here'],
    ['MFA completed in Entra ID', 'here'],
    ['MFA completed in Microsoft Entra ID', 'here'],
    ['MFA completed in Microsoft Entra External ID', 'here'],
    ['MFA completed in whatever it is called next year', 'here'],
    ['MFA successfully completed', 'here'],
    ['MFA SUCCESSFULLY COMPLETED', 'here'],
    [' mfa completed in azure ad. ', 'here'],
    ['Multifactor authentication completed', 'here'],
    ['Multi-factor authentication was completed successfully', 'here'],
    ['MFA requirement satisfied by strong authentication', 'here'],
    ['MFA requirement satisfied by claim provided by external provider', 'elsewhere'],
    ['MFA requirement satisfied by claim provided by an external identity provider', 'elsewhere'],
    ['MFA requirement satisfied by claim provided by federated provider', 'elsewhere'],
    ['MFA completed by federated identity provider', 'elsewhere'],
    ['MFA requirement satisfied by claim in the token', 'claim'],
    ['MFA requirement satisfied by claim in the refresh token', 'claim'],
    ['MFA requirement skipped due to remembered device', 'unsaid'],
    ['MFA requirement satisfied due to remembered device', 'unsaid'],
    ['MFA requirement skipped due to registered device', 'unsaid'],
    ['MFA requirement skipped due to location', 'unsaid'],
    ['MFA requirement skipped due to app password', 'unsaid'],
    ['MFA requirement skipped as flow exercised was Windows broker logon flow', 'unsaid'],
    ['MFA has expired due to the policies configured on tenant', 'unsaid'],
    ['MFA required in Azure AD', 'unsaid'],
    ["MFA required; user doesn't have any verification methods registered", 'unsaid'],
    ['MFA registration prompted', 'unsaid'],
    ['MFA not completed in Azure AD', 'unsaid'],
    ['MFA was not successfully completed', 'unsaid'],
    ["MFA wasn't completed", 'unsaid'],
    ['MFA denied; user declined the authentication', 'unsaid'],
    ['MFA denied; duplicate authentication attempt', 'unsaid'],
    ['MFA completion pending', 'unsaid'],
    ['MFA requirement satisfied by a means that nobody knows', 'unsaid'],
    ['MFA did something new', 'unsaid'],
    ['First factor requirement satisfied by claim in the token', 'none'],
    ['First factor requirement satisfied by claim provided by external provider', 'none'],
    ['First factor requirement satisfied by strong authentication', 'none'],
    ['First factor completed in Azure AD; MFA completed earlier', 'here'],
    [
      'First factor requirement satisfied by claim in the token; MFA requirement satisfied by claim in the token',
      'claim',
    ],
    ['MFA completed in Azure AD; first factor expired', 'here'],
    ['MFA required; first factor successfully completed', 'unsaid'],
    ['MFA completed in Azure AD on a registered device', 'here'],
    ['MFA completed in the cloud, as required by policy', 'here'],
    ['MFA requirement satisfied by multifactor claim in the token', 'claim'],
    ['MFA must be completed', 'unsaid'],
    ['MFA to be completed in Azure AD', 'unsaid'],
    ['MFA registration successfully completed', 'unsaid'],
    ['MFA requirement not satisfied by claim in the token', 'unsaid'],
    ['MFA completed by claim in the token', 'claim'],
    ['MFA required by policy; single-factor authentication completed', 'unsaid'],
    ['MFA partially completed', 'unsaid'],
    ['MFA completed unsuccessfully', 'unsaid'],
    ['MFA successfully skipped', 'unsaid'],
    ['MFA check completed: skipped due to location', 'unsaid'],
    ['No MFA completed', 'unsaid'],
    ['Sign-in completed, MFA required', 'unsaid'],
    ['MFA requirement satisfied by multi-factor device', 'unsaid'],
    ['Single-factor authentication completed', 'none'],
    ['Primary authentication successfully completed', 'none'],
    ['Correct password', 'none'],
    ['User approved', 'none'],
    ['completed in the cloud', 'none'],
    ['satisfied by claim in the token', 'none'],
    ['Sign-in to Admfa portal completed', 'none'],
    ['', 'none'],
  ])('is told by subject and kind of verb: %j is %s', (text, evidence) => {
    expect(evidenceOf(said(text))).toBe(evidence);
    expect(evidenceOf(stepSaid(text))).toBe(evidence);
  });

  it.each([
    [{ authenticationMethod: 'Passkey (device-bound)' }, false],
    [{ authenticationMethod: 'Passkey (synced)' }, false],
    [{ authenticationMethod: 'FIDO2 security key' }, false],
    [{ authenticationMethod: 'Passwordless phone sign-in' }, false],
    [{ authenticationMethod: 'Windows Hello for Business' }, true],
    [{ authenticationMethod: 'Platform Credential for macOS' }, true],
  ])('is MFA done here with a succeeded step of %j', (method, isUncounted) => {
    expect(readMfaEvidence(signIn(step(method)))).toEqual({ evidence: 'here', isUncounted });
  });

  it.each([
    'Password',
    'Previously satisfied',
    'Text message',
    'Temporary Access Pass',
    '',
    7,
    null,
  ])('is one factor with a succeeded step of %j', (authenticationMethod) => {
    expect(evidenceOf(step({ authenticationMethod }))).toBe('none');
  });

  it('takes nothing from a step that did not succeed', () => {
    const details = {
      authenticationMethod: 'FIDO2 security key',
      authenticationStepResultDetail: 'MFA successfully completed',
    };

    expect(evidenceOf(step({ ...details, succeeded: false }))).toBe('none');
    expect(evidenceOf(step({ ...details, succeeded: undefined }))).toBe('none');
  });

  it.each<[string, object]>([
    ['details that are no list', { authenticationDetails: 'MFA completed in Azure AD' }],
    ['a step that is none', { authenticationDetails: ['MFA completed in Azure AD'] }],
    ['a step that does not say whether it succeeded', step({ succeeded: 'true' })],
    ['a result that is no text', step({ authenticationStepResultDetail: { text: 'MFA' } })],
    ['a status whose details are no text', { status: { additionalDetails: ['MFA completed'] } }],
  ])('is unsaid, whatever was wanted, with %s', (_, row) => {
    for (const authenticationRequirement of [SINGLE, MULTI]) {
      expect(evidenceOf({ ...row, authenticationRequirement })).toBe('unsaid');
    }
  });

  it.each([
    [MULTI, 'here'],
    ['MultiFactorAuthentication', 'here'],
    [SINGLE, 'none'],
    ['none', 'none'],
    [undefined, 'none'],
  ])('takes a certificate for as many factors as its level says: %j', (value, evidence) => {
    const row = {
      ...step({ authenticationMethod: 'X.509 Certificate' }),
      authenticationProcessingDetails: [
        { key: 'Legacy TLS (TLS 1.0, 1.1, 3DES)', value: 'False' },
        { key: 'User certificate authentication level', value },
      ],
    };

    expect(readMfaEvidence(signIn(row))).toEqual({ evidence, isUncounted: evidence === 'here' });
  });

  it('takes nothing but a certificate for as many factors as a certificate’s level says', () => {
    const level = { key: 'Certificate authentication level', value: MULTI };
    const of = (authenticationMethod: string, authenticationProcessingDetails?: unknown) =>
      evidenceOf({ ...step({ authenticationMethod }), authenticationProcessingDetails });

    expect(of('X.509 Certificate', [level])).toBe('here');
    expect(of('Password', [level])).toBe('none');
    expect(of('X.509 Certificate')).toBe('none');
    expect(of('X.509 Certificate', 'Certificate authentication level')).toBe('none');
  });

  it('is uncounted where any means that are not counted did it, whatever else was said before or after', () => {
    const hello = { succeeded: true, authenticationMethod: 'Windows Hello for Business' };
    const key = { succeeded: true, authenticationMethod: 'FIDO2 security key' };
    const text = { succeeded: true, authenticationStepResultDetail: 'MFA completed in Entra ID' };
    const claim = {
      succeeded: true,
      authenticationStepResultDetail: 'MFA requirement satisfied by claim in the token',
    };
    const of = (...authenticationDetails: readonly object[]) =>
      readMfaEvidence(signIn({ authenticationDetails }));

    for (const steps of [
      [hello, key],
      [key, hello],
      [hello, text],
      [hello, claim],
      [claim, hello],
    ])
      expect(of(...steps)).toEqual({ evidence: 'here', isUncounted: true });
    for (const steps of [
      [key, text],
      [text, claim],
      [claim, key],
    ])
      expect(of(...steps)).toEqual({ evidence: 'here', isUncounted: false });
  });

  it('is the best that any text or step says', () => {
    const details = (...texts: readonly string[]) => ({
      authenticationDetails: texts.map((text) => ({
        succeeded: true,
        authenticationStepResultDetail: text,
      })),
    });
    const claim = 'MFA requirement satisfied by claim in the token';

    expect(
      evidenceOf(details('First factor requirement satisfied by claim in the token', claim)),
    ).toBe('claim');
    expect(evidenceOf(details(claim, 'MFA completed in Azure AD'))).toBe('here');
    expect(evidenceOf(details('MFA requirement skipped due to location', claim))).toBe('claim');
  });

  it('is elsewhere where another tenant’s token says so', () => {
    const claim = said('MFA requirement satisfied by claim in the token');

    expect(evidenceOf({ ...claim, homeTenantId: HOME }, 'another')).toBe('elsewhere');
    expect(evidenceOf({ ...claim, homeTenantId: HOME.toUpperCase() }, HOME)).toBe('claim');
    expect(evidenceOf({ ...claim, homeTenantId: '' }, HOME)).toBe('claim');
    expect(evidenceOf({ ...claim, homeTenantId: HOME })).toBe('claim');
  });

  it.each([
    [MULTI, 'claim'],
    ['MultiFactorAuthentication', 'claim'],
    [SINGLE, 'none'],
    [undefined, 'unsaid'],
    [null, 'unsaid'],
    ['', 'unsaid'],
    ['unknownFutureValue', 'unsaid'],
    [7, 'unsaid'],
  ])(
    'S21: is what the requirement %j says where no text speaks of MFA',
    (requirement, evidence) => {
      expect(evidenceOf({ authenticationRequirement: requirement })).toBe(evidence);
    },
  );

  it('is not what the requirement wanted where a text says that it was skipped', () => {
    const row = {
      ...said('MFA requirement skipped due to remembered device'),
      authenticationRequirement: MULTI,
    };

    expect(evidenceOf(row)).toBe('unsaid');
  });

  it.each([
    { status: null },
    { authenticationDetails: [null, {}] },
    { authenticationProcessingDetails: 'User certificate authentication level' },
    { homeTenantId: {} },
    step({ authenticationMethod: ['FIDO2 security key'] }),
  ])('reads no MFA into %j', (row) => {
    expect(evidenceOf(row)).toBe('none');
  });

  it('S12: looks at no more of a text than a thousand characters', () => {
    const text = (length: number) => 'MFA completed'.padStart(length, '. ');

    expect(evidenceOf(said(text(1000)))).toBe('here');
    expect(evidenceOf(said(text(1001)))).toBe('unsaid');
    expect(evidenceOf(said(text(5_000_000)))).toBe('none');
    expect(evidenceOf(step({ authenticationMethod: 'FIDO2'.padEnd(1000) }))).toBe('here');
    expect(evidenceOf(step({ authenticationMethod: 'FIDO2'.padEnd(1001) }))).toBe('none');
  });

  it('looks at no more than fifty steps and fifty details', () => {
    const nothing = { succeeded: true, authenticationMethod: 'Password' };
    const certificate = { succeeded: true, authenticationMethod: 'X.509 Certificate' };
    const level = { key: 'Certificate authentication level', value: MULTI };
    const after = (count: number, last: object) =>
      [...Array(count - 1).fill({}), last] as unknown[];
    const steps = (count: number) => ({
      authenticationDetails: [...Array<object>(count - 1).fill(nothing), certificate],
      authenticationProcessingDetails: [level],
    });
    const details = (count: number) => ({
      authenticationDetails: [certificate],
      authenticationProcessingDetails: after(count, level),
    });

    expect([steps(50), steps(51)].map((row) => evidenceOf(row))).toEqual(['here', 'none']);
    expect([details(50), details(51)].map((row) => evidenceOf(row))).toEqual(['here', 'none']);
  });
});
