/**
 * The application permissions of the product, as Graph's reference names them (read 28 November 2026). Signed in as
 * a person it asks for the same as delegated scopes.
 */
export const READING_PERMISSIONS = [
  'Directory.Read.All',
  'AuditLog.Read.All',
  // Graph's reference admits AuditLog.Read.All to the registration report as well.
  'UserAuthenticationMethod.Read.All',
] as const;

/** To send; where Exchange scopes the mailbox, Exchange grants it instead ("Role Based Access Control for Applications"). */
export const SENDING_PERMISSION = 'Mail.Send';

export type Permission = (typeof READING_PERMISSIONS)[number] | typeof SENDING_PERMISSION;

/** The OpenID scopes that every delegated token carries. */
export const OPENID_SCOPES: readonly string[] = ['openid', 'profile', 'email', 'offline_access'];
