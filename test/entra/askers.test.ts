import { describe, expect, it } from '@jest/globals';
import { askersOf, readAskers } from '../../lib/entra/askers.ts';

const policies = (...providers: readonly unknown[]) =>
  providers.map((requirementProvider) => ({ requirementProvider, detail: 'App requires MFA' }));

describe('who asked for MFA', () => {
  it.each([
    [['request'], ['application'], 'application'],
    [['servicePrincipal'], ['application'], 'application'],
    [['request', 'proofUpCodeRequest'], ['application'], 'application'],
    [['REQUEST'], ['application'], 'application'],
    [['multiConditionalAccess'], ['policy'], 'tenant'],
    [['v1ConditionalAccess'], ['policy'], 'tenant'],
    [['v1ConditionalAccessDependency'], ['policy'], 'tenant'],
    [['v1ConditionalAccessPolicyIdRequested'], ['policy'], 'tenant'],
    [['authenticationStrengths'], ['policy'], 'tenant'],
    [['scopeBasedAuthRequirementPolicy'], ['policy'], 'tenant'],
    [['gpsLocationCondition'], ['policy'], 'tenant'],
    [['riskBasedPolicy'], ['policy'], 'tenant'],
    [['tenantSessionRiskPolicy'], ['policy'], 'tenant'],
    [['accountCompromisePolicies'], ['policy'], 'tenant'],
    [['mfaRegistrationRequiredByIdentityProtectionPolicy'], ['policy'], 'tenant'],
    [['mfaRegistrationRequiredByMultiConditionalAccess'], ['policy'], 'tenant'],
    [['crossTenantOutboundRule'], ['policy'], 'tenant'],
    [['securityDefaults'], ['security-defaults'], 'tenant'],
    [['baselineProtection'], ['security-defaults'], 'tenant'],
    [['mfaRegistrationRequiredBySecurityDefaults'], ['security-defaults'], 'tenant'],
    [['mfaRegistrationRequiredByBaselineProtection'], ['security-defaults'], 'tenant'],
    [['user'], ['per-user'], 'tenant'],
    [['request', 'multiConditionalAccess'], ['application', 'policy'], 'tenant'],
    [['newThing', 'user'], ['per-user'], 'tenant'],
    [['request', 'newThing'], [], 'unsaid'],
    [['request', 'enforcedForCspAdmins'], [], 'unsaid'],
    [['request', 7], [], 'unsaid'],
    [['unknownFutureValue'], [], 'unsaid'],
    [['enforcedForCspAdmins'], [], 'unsaid'],
    [['proofUpCodeRequest'], [], 'unsaid'],
    [['constructor'], [], 'unsaid'],
    [[], [], 'unsaid'],
  ])('by %j is %j: %s', (providers, askers, asker) => {
    const read = readAskers(policies(...providers));

    expect(askersOf(read.mask)).toEqual(askers);
    expect(read.asker).toBe(asker);
  });

  it.each([undefined, null, 'request', {}, [null], ['request'], [[]]])(
    'is not said by %j',
    (value) => {
      expect(readAskers(value)).toEqual({ mask: 0, isAsked: false, asker: 'unsaid' });
    },
  );

  it('looks at no more than fifty of them', () => {
    const silent = Array<string>(49).fill('proofUpCodeRequest');

    expect(readAskers(policies(...silent, 'user')).asker).toBe('tenant');
    expect(readAskers(policies(...silent, 'request', 'user')).asker).toBe('application');
  });
});
