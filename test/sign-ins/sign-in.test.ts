import { describe, expect, it } from '@jest/globals';
import { IGNORED, STAGES, SUCCESS } from '../../lib/entra/refusals.ts';
import { decodeSignIn } from '../../lib/sign-ins/sign-in.ts';
import type { SignIn } from '../../lib/sign-ins/sign-in.ts';

const PORTAL = 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c';
const REFUSED = { errorCode: 50074 };
const WRONG_PASSWORD = { errorCode: 50126 };

/** A success of somebody at the Azure portal with Windows Hello, asked for by a policy. */
const ROW = {
  id: 'a1',
  createdDateTime: '2026-11-21T05:00:00Z',
  userId: 'd1132181-5011-45b0-a957-9709cda2816c',
  appId: PORTAL,
  resourceId: '00000003-0000-0000-c000-000000000000',
  status: { errorCode: 0 },
  authenticationRequirement: 'multiFactorAuthentication',
  authenticationDetails: [{ succeeded: true, authenticationMethod: 'Windows Hello for Business' }],
  authenticationRequirementPolicies: [{ requirementProvider: 'multiConditionalAccess' }],
};

function decode(about: object = {}): SignIn {
  return decodeSignIn({ ...ROW, ...about }, false);
}

describe('a row of the sign-in log', () => {
  it('says who signed in, when, where, how it ended and who asked for MFA', () => {
    expect(decode()).toEqual({
      id: 'a1',
      at: Date.parse('2026-11-21T05:00:00Z'),
      userId: ROW.userId,
      application: 0,
      outcome: SUCCESS,
      evidence: 'here',
      isUncounted: true,
      askers: 2,
      asker: 'tenant',
      isRopc: false,
      isUnreadable: false,
      raw: undefined,
    });
  });

  it('is kept as it came only where somebody wants it', () => {
    expect(decodeSignIn(ROW, true).raw).toEqual(ROW);
    expect(decodeSignIn(ROW, false).raw).toBeUndefined();
  });

  it.each<[string, object]>([
    ['failed', { status: REFUSED }],
    ['went to an application where MFA is not enforced', { appId: 'x', resourceId: 'y' }],
  ])('says nothing of how MFA was done where it %s', (_, about) => {
    expect(decode(about)).toMatchObject({ evidence: 'unsaid', isUncounted: false });
  });

  it('says that a program handed in user name and password', () => {
    const isRopc = (authenticationProtocol: unknown) => decode({ authenticationProtocol }).isRopc;

    expect(['ropc', 'ROPC', 'deviceCode', '', ['ropc'], undefined].map(isRopc)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('a row that cannot be read in full', () => {
  it.each<[string, object, boolean]>([
    ['says all', {}, false],
    ['has no id', { id: undefined }, true],
    ['has an id of blanks', { id: '  ' }, true],
    ['has an id of 128 characters', { id: 'x'.repeat(128) }, false],
    ['has an id that is longer', { id: 'x'.repeat(129) }, true],
    ['has no instant', { createdDateTime: 'soon' }, true],
    ['does not say how it ended', { status: {} }, true],
    ['names nobody, and succeeded', { userId: '' }, true],
    ['names nobody, and was refused', { userId: null, status: REFUSED }, true],
    ['names nobody, and failed for another reason', { userId: '', status: WRONG_PASSWORD }, false],
    [
      'names nobody and no application',
      { userId: '', status: WRONG_PASSWORD, appId: '', resourceId: '' },
      true,
    ],
    ['names no application and no resource', { appId: '', resourceId: 7 }, true],
    ['names a resource alone', { appId: '' }, false],
    ['names an application alone', { resourceId: undefined }, false],
  ])('is one that %s: %#', (_, about, isUnreadable) => {
    expect(decode(about).isUnreadable).toBe(isUnreadable);
  });

  it.each([null, 7, 'row', []])('is %j', (row) => {
    expect(decodeSignIn(row, false)).toMatchObject({
      id: '',
      userId: '',
      application: -1,
      outcome: IGNORED,
      isUnreadable: true,
    });
  });
});

describe('how a row ended', () => {
  it('is told also where nobody asked by name', () => {
    const challenge = { status: { errorCode: 50158 }, authenticationRequirement: undefined };

    expect(STAGES[decode(challenge).outcome]).toBe('not-passed');
    expect(decode({ ...challenge, authenticationRequirementPolicies: [] }).outcome).toBe(IGNORED);
  });

  it('is told by the tenant whose log it is', () => {
    const claim = {
      ...ROW,
      authenticationDetails: [],
      status: {
        errorCode: 0,
        additionalDetails: 'MFA requirement satisfied by claim in the token',
      },
      homeTenantId: 'another',
    };

    expect(decodeSignIn(claim, false, 'another').evidence).toBe('claim');
    expect(decodeSignIn(claim, false, 'this one').evidence).toBe('elsewhere');
  });
});
