import type { Columns } from '../infra/stand-ins/kusto.ts';

/**
 * The columns of the tables as Microsoft publishes them ("Azure Monitor Logs reference", learn.microsoft.com, pages of
 * SigninLogs and AADNonInteractiveUserSignInLogs; "Monitor health of a Log Analytics workspace" for _LogOperation).
 * The same name has another type in the other table: Status, ConditionalAccessPolicies and more.
 */
export const PUBLISHED: Readonly<Record<string, Columns>> = {
  SigninLogs: columns(`
    string: AADTenantId AlternateSignInName AppDisplayName AppId AppliedConditionalAccessPolicies
      AuthenticationContextClassReferences AuthenticationDetails AuthenticationMethodsUsed
      AuthenticationProcessingDetails AuthenticationProtocol AuthenticationRequirement
      AuthenticationRequirementPolicies AutonomousSystemNumber Category ClientAppUsed ConditionalAccessStatus
      CorrelationId CrossTenantAccessType HomeTenantId Id Identity IPAddress IPAddressFromResourceProvider _IsBillable
      Level Location NetworkLocationDetails OperationName OperationVersion OriginalRequestId
      ProcessingTimeInMilliseconds Resource ResourceDisplayName ResourceGroup ResourceId ResourceIdentity
      ResourceProvider ResourceServicePrincipalId ResourceTenantId ResultDescription ResultSignature ResultType
      RiskDetail RiskEventTypes RiskEventTypes_V2 RiskLevel RiskLevelAggregated RiskLevelDuringSignIn RiskState
      ServicePrincipalId ServicePrincipalName SessionLifetimePolicies SignInIdentifier SignInIdentifierType SourceSystem
      TokenIssuerName TokenIssuerType Type UniqueTokenIdentifier UserAgent UserDisplayName UserId UserPrincipalName
      UserType
    dynamic: AppliedEventListeners ConditionalAccessPolicies DeviceDetail LocationDetails MfaDetail Status
    datetime: CreatedDateTime TimeGenerated
    long: DurationMs
    bool: FlaggedForReview IsInteractive IsRisky
    real: _BilledSize`),
  AADNonInteractiveUserSignInLogs: columns(`
    string: AlternateSignInName AppDisplayName AppId AuthenticationContextClassReferences AuthenticationDetails
      AuthenticationMethodsUsed AuthenticationProcessingDetails AuthenticationProtocol AuthenticationRequirement
      AuthenticationRequirementPolicies AutonomousSystemNumber Category ClientAppUsed ConditionalAccessPolicies
      ConditionalAccessStatus CorrelationId CrossTenantAccessType DeviceDetail HomeTenantId Id Identity IPAddress
      _IsBillable Level Location LocationDetails MfaDetail NetworkLocationDetails OperationName OperationVersion
      OriginalRequestId ProcessingTimeInMs ResourceDisplayName ResourceGroup ResourceIdentity
      ResourceServicePrincipalId ResourceTenantId ResultDescription ResultSignature ResultType RiskDetail RiskEventTypes
      RiskEventTypes_V2 RiskLevelAggregated RiskLevelDuringSignIn RiskState ServicePrincipalId SessionLifetimePolicies
      SignInEventTypes SignInIdentifierType SourceSystem Status TenantId TokenIssuerName TokenIssuerType Type
      UniqueTokenIdentifier UserAgent UserDisplayName UserId UserPrincipalName UserType
    dynamic: AppliedEventListeners
    datetime: CreatedDateTime TimeGenerated
    long: DurationMs
    bool: IsInteractive IsRisky
    real: _BilledSize`),
  _LogOperation: columns(`
    string: Category Operation Level Detail _ResourceId Computer CorrelationId
    datetime: TimeGenerated`),
  Usage: columns(`
    string: DataType IsBillable QuantityUnit ResourceUri Solution SourceSystem Type
    datetime: EndTime StartTime TimeGenerated
    real: Quantity`),
};

function columns(text: string): Columns {
  const lists = text.split(/(\w+):/).slice(1);
  const pairs = lists.flatMap((names, place) =>
    place % 2 === 0
      ? []
      : names
          .trim()
          .split(/\s+/)
          .map((name) => [name, lists[place - 1] ?? ''] as const),
  );
  return Object.fromEntries(pairs);
}
