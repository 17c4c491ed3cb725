import { recordOf, textOf, textsOf } from '../decode.ts';

/** What the product reads in its own token; nothing of it is a secret, and the token itself goes nowhere. */
export interface TokenClaims {
  /** The tenant, in lower case. */
  readonly tenantId?: string;
  /** Application permissions (app-only) or delegated scopes. */
  readonly permissions: readonly string[];
}

/** Reads the claims of an access token without checking its signature, which is Graph's to check. */
export function readTokenClaims(token: string): TokenClaims {
  const claims = parsePayload(token.split('.')[1] ?? '');
  const tenantId = textOf(claims['tid'])?.toLowerCase();
  const scopes = textOf(claims['scp'])?.split(' ') ?? [];
  return {
    ...(tenantId !== undefined && { tenantId }),
    permissions: [...textsOf(claims['roles']), ...scopes],
  };
}

function parsePayload(payload: string): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  } catch {
    return {};
  }
}
