/**
 * Who an account stands for. Agents and technical accounts can hold no MFA method of their own; external people do MFA
 * where they come from. Synchronisation accounts are told by their roles, when people are judged.
 */
export type AccountKind = 'person' | 'external' | 'agent' | 'technical';

/** An identity under which somebody signs in, as /users lists them. */
export interface Identity {
  readonly signInType: string | undefined;
  readonly issuer: string | undefined;
  readonly issuerAssignedId: string | undefined;
}

interface Account {
  readonly odataType: string | undefined;
  readonly userPrincipalName: string | undefined;
  readonly identities: readonly Identity[];
}

/**
 * Tells the kind of an account. A derived type stands in `@odata.type` of a row (OData JSON format 4.01, 4.5.3), which
 * is how v1.0 tells an agentUser (in v1.0 since May 2026). An external person has `#EXT#` in the user principal name or
 * an identity that was issued elsewhere, whatever the userType: cross-tenant synchronisation makes Members of them, and
 * a guest with a password of this tenant has neither (Microsoft Entra External ID, "Properties of a B2B collaboration
 * user", read 28 November 2026).
 */
export function accountKind(account: Account, ownDomains: ReadonlySet<string>): AccountKind {
  const { odataType, userPrincipalName = '', identities } = account;
  if (odataType !== undefined && isAgentType(odataType)) return 'agent';
  if (TECHNICAL_NAME.test(userPrincipalName)) return 'technical';
  const ownNames = new Set([domainOf(userPrincipalName)]);
  const isElsewhere = (identity: Identity) => isIssuedElsewhere(identity, ownDomains, ownNames);
  const isExternal = EXTERNAL_MARK.test(userPrincipalName) || identities.some(isElsewhere);
  return isExternal ? 'external' : 'person';
}

export function isAgentType(odataType: string): boolean {
  return odataType.toLowerCase().endsWith('.agentuser');
}

const EXTERNAL_MARK = /#ext#/i;

/** Exchange's monitoring mailboxes, and the accounts that Partner Center makes for packages. */
const TECHNICAL_NAME = /^(?:healthmailbox[^@]*|package_[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})@/i;

/**
 * An identity of this tenant is signed in to with a user principal name, a user name or an address; only `federated`
 * ones come from elsewhere: another tenant, a Microsoft account, a mail address, a social or corporate provider
 * ("objectIdentity resource type", read 28 November 2026).
 */
function isIssuedElsewhere(
  { signInType, issuer }: Identity,
  ownDomains: ReadonlySet<string>,
  ownNames: ReadonlySet<string>,
): boolean {
  if (issuer === undefined) return false;
  if (signInType !== undefined && signInType.toLowerCase() !== 'federated') return false;
  const issuedBy = issuer.toLowerCase();
  return !ownDomains.has(issuedBy) && !ownNames.has(issuedBy);
}

/** What stands after the last at sign, lower case; empty where there is none. */
export function domainOf(name: string): string {
  const at = name.lastIndexOf('@');
  return at === -1 ? '' : name.slice(at + 1).toLowerCase();
}

/**
 * The address that an external person has at home: of the identity, else of the mailbox, else read back from the name
 * that an invitation makes of it (`anna_fabrikam.example#EXT#@…`).
 */
export function homeAddress(
  { userPrincipalName = '', identities }: Account,
  mail: string | undefined,
): string | undefined {
  const assigned = identities.find(
    ({ signInType, issuerAssignedId = '' }) =>
      signInType?.toLowerCase() === 'federated' && issuerAssignedId.includes('@'),
  );
  if (assigned?.issuerAssignedId !== undefined) return assigned.issuerAssignedId;
  if (mail?.includes('@') === true) return mail;
  const [invited = ''] = userPrincipalName.split(EXTERNAL_MARK);
  const at = invited.lastIndexOf('_');
  const isReadable = EXTERNAL_MARK.test(userPrincipalName) && at > 0 && at < invited.length - 1;
  return isReadable ? `${invited.slice(0, at)}@${invited.slice(at + 1)}` : undefined;
}
