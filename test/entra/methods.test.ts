import { describe, expect, it } from '@jest/globals';
import { methodClass, methodName, methodRange } from '../../lib/entra/methods.ts';

describe('methodClass', () => {
  it.each([
    ['passKeyDeviceBound', 'phishing-resistant'],
    ['passKeyDeviceBoundAuthenticator', 'phishing-resistant'],
    ['passKeySynced', 'phishing-resistant'],
    ['fido2SecurityKey', 'phishing-resistant'],
    ['fido2', 'phishing-resistant'],
    ['windowsHelloForBusiness', 'phishing-resistant'],
    ['macOsSecureEnclaveKey', 'phishing-resistant'],
    ['microsoftAuthenticatorPasswordless', 'passwordless'],
    ['microsoftAuthenticatorPush', 'mfa'],
    ['softwareOneTimePasscode', 'mfa'],
    ['hardwareOneTimePasscode', 'mfa'],
    ['temporaryAccessPass', 'mfa'],
    ['externalAuthMethod', 'mfa'],
    ['mobilePhone', 'sms-voice'],
    ['alternateMobilePhone', 'sms-voice'],
    ['officePhone', 'sms-voice'],
    ['email', 'none'],
    ['securityQuestion', 'none'],
    ['appPassword', 'none'],
    ['qrCode', 'none'],
    ['iridescentHandshake', 'unclassified'],
    ['constructor', 'unclassified'],
  ])('puts %s in the class %s', (method, expected) => {
    expect(methodClass(method)).toBe(expected);
  });
});

describe('methodRange', () => {
  it.each([
    [[], 'none', 'none'],
    [['email', 'securityQuestion'], 'none', 'none'],
    [['email', 'mobilePhone'], 'sms-voice', 'sms-voice'],
    [
      ['mobilePhone', 'passKeySynced', 'microsoftAuthenticatorPush'],
      'phishing-resistant',
      'sms-voice',
    ],
    [['iridescentHandshake'], 'unclassified', 'unclassified'],
    [['iridescentHandshake', 'microsoftAuthenticatorPush'], 'mfa', 'unclassified'],
  ])('of %j is %s to %s', (methods, strongest, weakest) => {
    expect(methodRange(methods)).toEqual({ strongest, weakest });
  });
});

describe('methodName', () => {
  it('gives a name to read, and the name as it came where it is not known', () => {
    expect(methodName('fido2')).toBe('FIDO2 security key');
    expect(methodName('iridescentHandshake')).toBe('iridescentHandshake');
    expect(methodName('toString')).toBe('toString');
  });
});
