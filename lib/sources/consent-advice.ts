import type { Permission } from '../entra/permissions.ts';
import type { SourceCoverage, SourceName } from './coverage.ts';

/** The application permissions that each source needs (Graph's reference, read 28 November 2026). */
const NEEDED: Readonly<Record<SourceName, readonly Permission[]>> = {
  users: ['Directory.Read.All'],
  activity: ['AuditLog.Read.All', 'Directory.Read.All'],
  registrations: ['AuditLog.Read.All', 'UserAuthenticationMethod.Read.All'],
  interactiveSignIns: ['AuditLog.Read.All', 'Directory.Read.All'],
  nonInteractiveSignIns: ['AuditLog.Read.All', 'Directory.Read.All'],
  roles: ['Directory.Read.All'],
  licences: ['Directory.Read.All'],
  organisation: ['Directory.Read.All'],
  audits: ['AuditLog.Read.All', 'Directory.Read.All'],
};

const GRANTED =
  'The token has the permission that this needs: where it was granted just now, wait for the next run; else look whether a policy keeps the identity out, or, where a person signed in, whether they hold the role Global Reader.';

/**
 * A coverage whose advice about consent names only what the token lacks. `granted` is undefined where the token could
 * not be read.
 */
export function adviseOnConsent(
  coverage: SourceCoverage,
  granted: readonly string[] | undefined,
): SourceCoverage {
  const { source, cause } = coverage;
  if (cause?.kind !== 'consent') return coverage;
  const needed = NEEDED[source];
  const missing = needed.filter((name) => granted?.includes(name) !== true);
  const names = granted === undefined ? needed : missing;
  const remedy = names.length === 0 ? GRANTED : `Grant the identity ${names.join(' and ')}.`;
  return { ...coverage, cause: { ...cause, remedy } };
}
