import { boundedText } from '../../decode.ts';
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
    others.length === 0 ? '' : cell(toJson(Object.fromEntries(others))),
  ];
}

function rawCell(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string' || typeof value === 'boolean') return cell(value);
  return cell(toJson(value));
}

/** Graph's own rows are nested four deep. */
const MAX_DEPTH = 20;
const MAX_ENTRIES = 200;

/** A value as JSON, without what lies deeper or is longer than any row of Graph: writing goes as deep as the value. */
function toJson(value: unknown): string {
  return JSON.stringify(prune(value, MAX_DEPTH));
}

function prune(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return boundedText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return '…';
  if (Array.isArray(value)) {
    return value.slice(0, MAX_ENTRIES).map((item) => prune(item, depth - 1));
  }
  const entries = Object.entries(value).slice(0, MAX_ENTRIES);
  return Object.fromEntries(entries.map(([name, item]) => [name, prune(item, depth - 1)]));
}
