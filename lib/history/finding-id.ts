import { createHash } from 'node:crypto';

/** The one thing that a finding can be about. */
const CAUSE = 'mfa-gap';

/**
 * The id of a person's finding: the first 16 hex digits of the SHA-256 of tenant, object id and cause, one a line,
 * in lower case. It is the same in every run and every version, and 64 bits keep a tenant's findings apart.
 */
export function findingId(tenantId: string, objectId: string): string {
  return createHash('sha256')
    .update(`${tenantId}\n${objectId}\n${CAUSE}`.toLowerCase())
    .digest('hex')
    .slice(0, 16);
}
