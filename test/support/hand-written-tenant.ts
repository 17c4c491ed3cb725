import type { Report } from '../../lib/report/report.ts';
import { run } from '../../lib/run/run.ts';
import { startHastyTime } from './hasty-time.ts';
import { relayIdentityTo } from './identity-relay.ts';
import { startScriptedServer } from './scripted-server.ts';
import type { ServedRequest, Step } from './scripted-server.ts';

type Row = Readonly<Record<string, unknown>>;

export const TENANT_ID = 'ea535fba-e357-48e7-a5a2-e55fe0d09e63';

/** A tenant as Graph's rows, written by hand; whatever is left out is empty. */
export interface HandWrittenTenant {
  readonly users: readonly Row[];
  readonly registrations: readonly Row[];
  readonly signIns: readonly Row[];
  readonly audits?: readonly Row[];
  /** By name: template and members, as rows. */
  readonly roles?: Readonly<
    Record<string, { readonly template: string; readonly members: readonly Row[] }>
  >;
  /** Members of groups by their id; a number is the status with which Graph refuses them. */
  readonly groups?: Readonly<Record<string, readonly Row[] | number>>;
  readonly settings?: Readonly<Record<string, string>>;
  /** Set where a page of sign-ins does not arrive. */
  readonly refuses?: (url: URL) => boolean;
}

/** Runs the whole product at an instant on a tenant, without stored state, and gives back its report. */
export async function reportOnTenant(tenant: HandWrittenTenant, now: Date): Promise<Report> {
  const time = startHastyTime(now);
  const server = await startScriptedServer((request) => answer(tenant, request), time);
  await relayIdentityTo(`${server.origin}/msi/token`, 'hand-written');
  try {
    const { report } = await run({
      trigger: 'preview',
      ports: {
        environment: {
          GRAPH_AUTH: 'managed-identity',
          GRAPH_ENDPOINT: server.origin,
          STATE_LOCATION: 'none',
          REPORT_REQUESTS_PER_10_SECONDS: '0',
          ...tenant.settings,
        },
        clock: time.clock,
        random: () => 0,
        sleep: time.sleep,
        log: () => undefined,
        onProgress: () => undefined,
        prompt: () => undefined,
      },
    });
    if (report === undefined) throw new Error('The run made no report.');
    return report;
  } finally {
    await server.close();
  }
}

/** Answers as Graph and the identity endpoint would. */
export function answer(tenant: HandWrittenTenant, { url: path, headers }: ServedRequest): Step {
  const url = new URL(path, `http://${headers.host ?? 'graph.example'}`);
  if (url.pathname === '/msi/token')
    return { body: tokenFor(url.searchParams.get('resource') ?? '') };
  if (tenant.refuses?.(url) === true) return { status: 403, body: refusal() };
  const [, , ...segments] = decodeURIComponent(url.pathname).split('/');
  const rows = rowsAt(tenant, segments, url.searchParams.get('$filter') ?? '');
  if (typeof rows === 'number') return { status: rows, body: refusal() };
  return rows === undefined ? { status: 404, body: refusal() } : { body: { value: rows } };
}

function refusal(): object {
  return { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges.' } };
}

/** The rows of a collection; a status where Graph refuses it, undefined where there is none. */
function rowsAt(
  tenant: HandWrittenTenant,
  segments: readonly string[],
  filter: string,
): readonly Row[] | number | undefined {
  const { users, registrations, signIns, audits = [], roles = {}, groups = {} } = tenant;
  const [collection, id = '', part] = segments;
  const route = segments.join('/');
  if (route === 'users') return users;
  if (route === 'reports/authenticationMethods/userRegistrationDetails') return registrations;
  if (route === 'auditLogs/signIns') return signIns.filter((row) => isAsked(row, filter));
  if (route === 'auditLogs/directoryAudits') return audits;
  if (route === 'organization') return [ORGANISATION];
  if (route === 'subscribedSkus') return [LICENCE];
  if (route === 'directoryRoles')
    return Object.entries(roles).map(([displayName, { template }]) => ({
      id: displayName.replaceAll(' ', '-'),
      displayName,
      roleTemplateId: template,
    }));
  if (collection === 'directoryRoles' && part === 'members')
    return Object.entries(roles).find(([name]) => name.replaceAll(' ', '-') === id)?.[1].members;
  if (collection === 'groups' && part === 'transitiveMembers') return groups[id];
  if (collection === 'users' && id === 'microsoft.graph.agentUser')
    return users.filter((row) => row['@odata.type'] === '#microsoft.graph.agentUser');
  if (collection === 'users' && part === 'authentication') return [];
  return undefined;
}

const ORGANISATION = {
  id: TENANT_ID,
  displayName: 'Contoso',
  verifiedDomains: [
    { name: 'contoso.example', isDefault: true, isInitial: false },
    { name: 'contoso.onmicrosoft.example', isDefault: false, isInitial: true },
  ],
};

const LICENCE = {
  skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965',
  skuPartNumber: 'SPE_E3',
  capabilityStatus: 'Enabled',
  servicePlans: [
    { servicePlanName: 'AAD_PREMIUM', provisioningStatus: 'Success', appliesTo: 'User' },
  ],
};

/** What the product asks of the sign-in log: a span, a kind, and for an emergency account a person. */
function isAsked(row: Row, filter: string): boolean {
  const from = /createdDateTime ge (\S+)/.exec(filter)?.[1] ?? '';
  const to = /createdDateTime le (\S+)/.exec(filter)?.[1] ?? '9999';
  const kind = /t eq '(\w+)'/.exec(filter)?.[1];
  const person = /userId eq '([^']+)'/.exec(filter)?.[1];
  const at = Date.parse(String(row['createdDateTime']));
  return (
    at >= Date.parse(from) &&
    at <= (to === '9999' ? Infinity : Date.parse(to)) &&
    (kind === undefined || (row['signInEventTypes'] as readonly string[]).includes(kind)) &&
    (person === undefined || row['userId'] === person)
  );
}

function tokenFor(resource: string): object {
  const expiresOn = Math.floor(Date.now() / 1000) + 86_400;
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const claims = {
    aud: resource,
    tid: TENANT_ID,
    oid: '5b2f7d10-6c3e-4f91-8a0d-2e94c7b61f38',
    idtyp: 'app',
    roles: [
      'AuditLog.Read.All',
      'Directory.Read.All',
      'UserAuthenticationMethod.Read.All',
      'Mail.Send',
    ],
    exp: expiresOn,
  };
  return {
    access_token: `${encode({ typ: 'JWT', alg: 'none' })}.${encode(claims)}.unsigned`,
    expires_on: String(expiresOn),
    resource,
    token_type: 'Bearer',
  };
}
