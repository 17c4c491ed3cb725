import { describe, expect, it } from '@jest/globals';
import { readTokenClaims } from '../../lib/graph/token.ts';

function tokenWith(claims: unknown): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
}

describe('readTokenClaims', () => {
  it('reads the tenant and the application permissions', () => {
    const token = tokenWith({ tid: 'EA535FBA-E357', roles: ['Mail.Send', 7, 'AuditLog.Read.All'] });

    expect(readTokenClaims(token)).toEqual({
      tenantId: 'ea535fba-e357',
      permissions: ['Mail.Send', 'AuditLog.Read.All'],
    });
  });

  it('reads the scopes of a signed-in person', () => {
    expect(readTokenClaims(tokenWith({ scp: 'Mail.Send AuditLog.Read.All' })).permissions).toEqual([
      'Mail.Send',
      'AuditLog.Read.All',
    ]);
  });

  it.each(['..', '../../x', 'a/b', '.', 'x'.repeat(2000), '\u0000', '\ud800', 7, {}])(
    'takes %j for no tenant, because the stored state is named after it',
    (tid) => {
      expect(readTokenClaims(tokenWith({ tid }))).toEqual({ permissions: [] });
    },
  );

  it.each(['', 'opaque', 'a.b.c', `a.${Buffer.from('null').toString('base64url')}.c`])(
    'reads nothing in %j',
    (token) => {
      expect(readTokenClaims(token)).toEqual({ permissions: [] });
    },
  );
});
