import { hasCode } from '../errors.ts';
import type { TokenClaims } from '../sources/graph/token-claims.ts';
import type { CheckContext } from './check.ts';
import type { Finding } from './finding.ts';
import { splitAdvice } from './split-advice.ts';

/** Whether there is a token for Graph, and what it carries. */
export async function checkToken({
  settings: { graphAuth },
  session,
}: CheckContext): Promise<readonly Finding[]> {
  try {
    return describeToken(await session.claims(), graphAuth);
  } catch (error) {
    if (!hasCode(error, 'token_unavailable')) throw error;
    return [{ check: 'token', level: 'problem', ...splitAdvice(error.message) }];
  }
}

/** False for a token that is opaque or damaged: it says nothing, which is not the same as granting nothing. */
export function isReadable({ tenantId, permissions }: TokenClaims): boolean {
  return tenantId !== undefined || permissions.length > 0;
}

/** Permissions in the order of the alphabet, each once; one whose name is no name is only counted. */
export function listPermissions(permissions: readonly string[]): readonly string[] {
  const names = [...new Set(permissions)].sort();
  const plain = names.filter((name) => /^[\w.-]{1,80}$/.test(name));
  const oddCount = names.length - plain.length;
  return oddCount === 0 ? plain : [...plain, `${oddCount} that cannot be shown`];
}

function describeToken(claims: TokenClaims, graphAuth: string): readonly Finding[] {
  const check = 'token';
  if (!isReadable(claims)) {
    return [
      {
        check,
        level: 'warning',
        what: 'The token cannot be read, so its permissions are not known.',
        todo: 'Check GRAPH_AUTH and GRAPH_ENDPOINT.',
      },
    ];
  }
  const carried = listPermissions(claims.permissions).join(', ') || 'no permission';
  const person =
    graphAuth === 'device-code' ? ', as far as the person who signed in may use it' : '';
  const findings: Finding[] = [
    {
      check,
      level: 'ok',
      what: `The ${graphAuth} credential gives a token for Graph, which carries ${carried}${person}.`,
    },
  ];
  if (claims.tenantId === undefined) {
    findings.push({
      check,
      level: 'warning',
      what: 'The token does not say which tenant it is for.',
      todo: 'Keep the memory of each tenant in a container of its own.',
    });
  }
  return findings;
}
