import type { RawSignIn } from '../../sources/rows.ts';
import { cell } from '../text/safe-text.ts';

/** The script's 25 columns, each with the property of Graph's row that fills it. */
const COLUMNS = {
  AppDisplayName: 'appDisplayName',
  AppId: 'appId',
  AppliedConditionalAccessPolicies: 'appliedConditionalAccessPolicies',
  ClientAppUsed: 'clientAppUsed',
  ConditionalAccessStatus: 'conditionalAccessStatus',
  CorrelationId: 'correlationId',
  CreatedDateTime: 'createdDateTime',
  DeviceDetail: 'deviceDetail',
  IPAddress: 'ipAddress',
  Id: 'id',
  IsInteractive: 'isInteractive',
  Location: 'location',
  ResourceDisplayName: 'resourceDisplayName',
  ResourceId: 'resourceId',
  RiskDetail: 'riskDetail',
  RiskEventTypes: 'riskEventTypes',
  RiskEventTypesV2: 'riskEventTypes_v2',
  RiskLevelAggregated: 'riskLevelAggregated',
  RiskLevelDuringSignIn: 'riskLevelDuringSignIn',
  RiskState: 'riskState',
  Status: 'status',
  UserDisplayName: 'userDisplayName',
  UserId: 'userId',
  UserPrincipalName: 'userPrincipalName',
} as const;

const PROPERTIES: readonly string[] = Object.values(COLUMNS);
const NAMED = new Set(PROPERTIES);

/** The columns of Identity_Overview_LoginsLogs.csv. */
export const SIGN_IN_LOG_COLUMNS: readonly string[] = [
  ...Object.keys(COLUMNS),
  'AdditionalProperties',
];

/** One sign-in as a row; nested values, and all that has no column of its own, as JSON. */
export function signInLogRow(raw: RawSignIn): readonly string[] {
  const others = Object.entries(raw).filter(([property]) => !NAMED.has(property));
  return [
    ...PROPERTIES.map((property) => rawCell(raw[property])),
    others.length === 0 ? '' : cell(JSON.stringify(Object.fromEntries(others))),
  ];
}

function rawCell(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string' || typeof value === 'boolean') return cell(value);
  return cell(JSON.stringify(value));
}
