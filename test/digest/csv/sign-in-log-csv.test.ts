import { describe, expect, it } from '@jest/globals';
import { SIGN_IN_LOG_COLUMNS, signInLogRow } from '../../../lib/digest/csv/sign-in-log-csv.ts';

describe('signInLogRow', () => {
  it('writes the script’s 25 columns', () => {
    expect(SIGN_IN_LOG_COLUMNS.join(' ')).toBe(
      'AppDisplayName AppId AppliedConditionalAccessPolicies ClientAppUsed ConditionalAccessStatus CorrelationId CreatedDateTime DeviceDetail IPAddress Id IsInteractive Location ResourceDisplayName ResourceId RiskDetail RiskEventTypes RiskEventTypesV2 RiskLevelAggregated RiskLevelDuringSignIn RiskState Status UserDisplayName UserId UserPrincipalName AdditionalProperties',
    );
  });

  it('writes nested values, and whatever has no column, as JSON', () => {
    const row = signInLogRow({
      appDisplayName: 'Azure CLI',
      isInteractive: false,
      status: { errorCode: 0 },
      riskEventTypes_v2: ['unlikelyTravel'],
      ipAddress: null,
      authenticationRequirement: 'singleFactorAuthentication',
    });

    const byColumn = Object.fromEntries(
      SIGN_IN_LOG_COLUMNS.map((name, index) => [name, row[index]]),
    );
    expect(byColumn).toMatchObject({
      AppDisplayName: 'Azure CLI',
      IsInteractive: 'False',
      Status: '{"errorCode":0}',
      RiskEventTypesV2: '["unlikelyTravel"]',
      IPAddress: '',
      AdditionalProperties: '{"authenticationRequirement":"singleFactorAuthentication"}',
    });
  });

  it('leaves every cell of an empty row empty', () => {
    expect(new Set(signInLogRow({}))).toEqual(new Set(['']));
  });

  it('S13: cuts what is nested deeper or is longer than any row of Graph', () => {
    const nested = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
    const long = 'x'.repeat(100_000);

    const row = signInLogRow({ id: '1', status: nested, newer: { nested, long } });

    const cells = Object.fromEntries(SIGN_IN_LOG_COLUMNS.map((name, index) => [name, row[index]]));
    expect(cells['Status']).toBe(`${'['.repeat(20)}"…"${']'.repeat(20)}`);
    expect(cells['AdditionalProperties']?.length).toBeLessThan(2000);
    expect(cells['Id']).toBe('1');
  });
});
