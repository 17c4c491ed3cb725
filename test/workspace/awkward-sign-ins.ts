import { DAY, TENANT } from './any-sign-ins.ts';
import type { TableRow } from './workspace-engine.ts';

export const PORTAL = 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c';

let last = 0;

/** A success of a person of its own at the portal with one factor, at noon, in the table five minutes later. */
export function aRow(about: Partial<TableRow> = {}): TableRow {
  last += 1;
  const digits = last.toString(16).padStart(4, '0');
  return {
    Id: `row-${last}`,
    UserId: `${digits}bbbb-0000-4000-8000-000000000000`,
    AppId: PORTAL,
    ResourceIdentity: '00000003-0000-0000-c000-000000000000',
    ResultType: '0',
    HomeTenantId: TENANT,
    Status: said(null),
    AuthenticationDetails: '[]',
    AuthenticationProcessingDetails: '[]',
    AuthenticationProtocol: 'none',
    AuthenticationRequirement: 'singleFactorAuthentication',
    AuthenticationRequirementPolicies: '[]',
    CreatedDateTime: at(12 * 3600),
    TimeGenerated: at(12 * 3600),
    IngestedAt: at(12 * 3600 + 300),
    ...about,
  };
}

/** The instant this many seconds after midnight. */
export function at(seconds: number): string {
  return new Date(DAY + seconds * 1000).toISOString();
}

export function said(additionalDetails: unknown): string {
  return JSON.stringify({ errorCode: 0, additionalDetails });
}

/** Steps before which there are this many that say nothing. */
export function steps(own: readonly object[], before = 0): string {
  const silent = Array.from({ length: before }, () => ({ authenticationMethod: 'Password' }));
  return JSON.stringify([...silent, ...own.map((step) => ({ succeeded: true, ...step }))]);
}

export function askedBy(providers: readonly unknown[], before = 0): string {
  const silent = Array.from({ length: before }, () => 'proofUpCodeRequest');
  return JSON.stringify([...silent, ...providers].map((name) => ({ requirementProvider: name })));
}

const HERE = { authenticationStepResultDetail: 'MFA successfully completed' };
const WITHOUT_ID = { Id: '', UserId: 'ccccbbbb-0000-4000-8000-000000000000' };

/** What the query has to get right and generated rows seldom hold. */
export const AWKWARD: readonly TableRow[] = [
  // Rows without an id that are equal to the last letter, and one that is not.
  aRow(WITHOUT_ID),
  aRow(WITHOUT_ID),
  aRow({ ...WITHOUT_ID, Status: said('MFA completed in Azure AD') }),
  // The last member of a list that is looked at, and the first that is not.
  aRow({ AuthenticationDetails: steps([HERE], 49) }),
  aRow({ AuthenticationDetails: steps([HERE], 50) }),
  aRow({ ResultType: '50074', AuthenticationRequirementPolicies: askedBy(['user'], 49) }),
  aRow({ ResultType: '50074', AuthenticationRequirementPolicies: askedBy(['user'], 50) }),
  // Whoever stands beside the application.
  aRow({
    ResultType: '50074',
    AuthenticationRequirementPolicies: askedBy(['request', 'proofUpCodeRequest']),
  }),
  aRow({
    ResultType: '50074',
    AuthenticationRequirementPolicies: askedBy(['request', 'enforcedForCspAdmins']),
  }),
  // Several lists at once.
  aRow({
    Status: said('MFA requirement satisfied by claim in the token'),
    AuthenticationDetails: steps([HERE, { authenticationMethod: 'Windows Hello for Business' }]),
    AuthenticationRequirementPolicies: askedBy(['request', 'enforcedForCspAdmins']),
  }),
  ...['A', 'B', 'C', 'D', 'E', 'F'].map((digit) =>
    aRow({ UserId: `${digit}0BBCCDD-0000-4000-8000-000000000000` }),
  ),
  ...[
    'MFA completed in Azure AD on a registered device',
    'MFA completed by a claim in the token',
    'MFA requirement satisfied by a claim of a federated provider',
    'MFA {completed}',
    'MFA } completed',
    '{MFA completed',
  ].map((text) => aRow({ Status: said(text) })),
];
