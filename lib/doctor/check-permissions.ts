import { OPENID_SCOPES, READING_PERMISSIONS, SENDING_PERMISSION } from '../entra/permissions.ts';
import type { Permission } from '../entra/permissions.ts';
import { hasCode } from '../errors.ts';
import type { TokenClaims } from '../graph/token.ts';
import type { Settings } from '../settings/fields.ts';
import type { CheckContext, Finding } from './check.ts';

interface Need {
  readonly name: Permission;
  readonly level: Finding['level'];
  /** What the report lacks without it. */
  readonly cost: string;
}

const NEEDS: Readonly<Record<Permission, Omit<Need, 'name'>>> = {
  'Directory.Read.All': {
    level: 'problem',
    cost: 'the users cannot be read, so there is no digest at all',
  },
  'AuditLog.Read.All': {
    level: 'problem',
    cost: 'sign-ins and last activity cannot be read, so the digest cannot tell who used one factor only, nobody counts as dormant, and every digest is PARTIAL',
  },
  'UserAuthenticationMethod.Read.All': {
    level: 'warning',
    cost: 'registered methods are known only as far as AuditLog.Read.All reaches',
  },
  'Mail.Send': { level: 'problem', cost: 'the digest cannot be sent' },
};

/**
 * Holds the token against the permissions that the product needs: three to read, and Mail.Send unless sending is
 * granted in Exchange, where it must not be there, because grants add up.
 */
export async function checkPermissions({
  settings,
  session,
}: CheckContext): Promise<readonly Finding[]> {
  const claims = await session.claims();
  if (!isReadable(claims)) return [];
  const granted = new Set(claims.permissions);
  const needed: readonly Permission[] = isScoped(settings)
    ? READING_PERMISSIONS
    : [...READING_PERMISSIONS, SENDING_PERMISSION];
  const missing = needed.filter((name) => !granted.has(name));
  const surplus = [...granted].filter(
    (name) => !needed.some((permission) => permission === name) && !isBroughtAlong(name),
  );
  const findings = [
    ...missing.map((name) => reportMissing({ name, ...NEEDS[name] }, settings)),
    ...reportSurplus(surplus, settings),
  ];
  return findings.length > 0 ? findings : [reportExact(settings)];

  function isBroughtAlong(name: string): boolean {
    return settings.graphAuth === 'device-code' && OPENID_SCOPES.includes(name);
  }
}

/** Scoping concerns what an app may do; a person sends from their own mailbox in any case. */
function isScoped({ mailboxScoping, graphAuth }: Settings): boolean {
  return mailboxScoping && graphAuth !== 'device-code';
}

function reportMissing({ name, level, cost }: Need, { graphAuth }: Settings): Finding {
  return {
    check: 'permissions',
    level,
    what: `${name} is missing: ${cost}.`,
    todo: GRANTING[graphAuth].replace('PERMISSION', name),
    facts: { missing: [name] },
  };
}

const GRANTING: Readonly<Record<Settings['graphAuth'], string>> = {
  'managed-identity':
    'Grant PERMISSION with infra/scripts/grant-graph-roles.sh; the identity’s token has it within 24 hours.',
  environment: 'Grant PERMISSION to the app registration as an application permission.',
  'device-code': 'Let an administrator consent to PERMISSION for the client that you sign in with.',
};

function reportSurplus(surplus: readonly string[], settings: Settings): readonly Finding[] {
  const isUnscoped = isScoped(settings) && surplus.includes(SENDING_PERMISSION);
  const others = surplus.filter((name) => !isUnscoped || name !== SENDING_PERMISSION);
  const findings: Finding[] = [];
  if (isUnscoped) {
    findings.push({
      check: 'permissions',
      level: 'problem',
      what: 'Mail.Send is in the token although MAILBOX_SCOPING is true: grants add up, so the app may send from every mailbox.',
      todo: 'Take the app role Mail.Send from the identity; its token is without it within 24 hours.',
      facts: { surplus: [SENDING_PERMISSION] },
    });
  }
  if (others.length > 0) findings.push(reportNeedless(listPermissions(others), settings));
  return findings;
}

function reportNeedless(names: readonly string[], { graphAuth }: Settings): Finding {
  const basis = { check: 'permissions', facts: { surplus: names } } as const;
  const what = `The token carries more than the product asks for: ${names.join(', ')}.`;
  // The public client is shared with other tools, whose consents it gathers.
  if (graphAuth === 'device-code') return { ...basis, level: 'ok', what };
  return { ...basis, level: 'warning', what, todo: 'Take away what nothing else needs.' };
}

function reportExact(settings: Settings): Finding {
  return {
    check: 'permissions',
    level: 'ok',
    what: isScoped(settings)
      ? 'The three permissions to read are there and no other; that Exchange lets the app send is not provable without sending.'
      : 'The four permissions are there, and no other.',
  };
}

/** Whether there is a token for Graph, and what it carries. */
export async function checkToken({
  settings: { graphAuth },
  session,
}: CheckContext): Promise<readonly Finding[]> {
  try {
    return describeToken(await session.claims(), graphAuth);
  } catch (error) {
    if (!hasCode(error, 'token_unavailable')) throw error;
    return [{ check: 'token', level: 'problem', ...error.explanation }];
  }
}

/** False for a token that is opaque or damaged: it says nothing, which is not the same as granting nothing. */
function isReadable({ tenantId, permissions }: TokenClaims): boolean {
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
