import type { Endpoint } from '../faults/faults.ts';
import type { FixtureUser } from '../people/fixture-user.ts';
import type { Directory } from '../people/directory.ts';
import { rawJsonAnswer } from './answer.ts';
import type { Answer, GraphRequest } from './answer.ts';
import { auditsPage } from './audits.ts';
import { sendMail } from './mail.ts';
import type { Outbox } from './mail.ts';
import { methodsPage } from './methods.ts';
import { organisationPage, subscribedSkusPage } from './organisation.ts';
import type { Page } from './paging.ts';
import { registrationRow, registrationsPage } from './registrations.ts';
import { groupMembersPage, roleMembersPage, rolesPage } from './roles.ts';
import type { SignInLog } from './sign-ins.ts';
import type { SimulatedWorkspace } from '../workspace/workspace.ts';
import { agentsPage, asksForActivity, userRow, usersPage } from './users.ts';

/** What the endpoints answer from. */
export interface Tenant {
  readonly tenantId: string;
  readonly licence: 'premium' | 'free';
  readonly directory: Directory;
  readonly signInLog: SignInLog;
  readonly workspaceId: string;
  readonly workspace: SimulatedWorkspace;
  readonly outbox: Outbox;
  readonly fixtures: readonly FixtureUser[];
  readonly lastDay: Date;
}

/** One path of Graph: what it is for, what it needs, and how it answers. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** The path below the version, with a group for each part that is left open. */
  readonly path: RegExp;
  endpoint(query: URLSearchParams): Endpoint;
  /** Any one of these app roles lets the request in. */
  readonly permissions?: readonly string[];
  /** Whether this request needs a premium licence and counts against the reporting limit. */
  isReport?(query: URLSearchParams): boolean;
  /** Whether it counts against that limit though a free tenant has it as well. */
  readonly isLimited?: boolean;
  answer(request: GraphRequest, tenant: Tenant): Page | Answer | Promise<Answer>;
}

/** Those of one person are an endpoint of their own, so that faults can be aimed at either. */
function signInsOf(filter: string): Endpoint {
  if (/\buser(?:Id|PrincipalName) eq /.test(filter)) return 'emergencySignIns';
  return filter.includes("'nonInteractiveUser'") ? 'nonInteractiveSignIns' : 'interactiveSignIns';
}

const DIRECTORY = ['Directory.Read.All'];
const AUDIT_LOG = ['AuditLog.Read.All'];

/** Mail.Send is not asked for: it may be granted in Exchange, and then no token shows it. */
export const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/users$/,
    endpoint: () => 'users',
    permissions: DIRECTORY,
    isReport: asksForActivity,
    answer: (request, { directory }) => usersPage(request, directory),
  },
  {
    method: 'GET',
    path: /^\/users\/microsoft\.graph\.agentUser$/,
    endpoint: () => 'agentUsers',
    permissions: DIRECTORY,
    answer: (request, { directory }) => agentsPage(request, directory),
  },
  {
    method: 'GET',
    path: /^\/users\/([^/]+)$/,
    endpoint: () => 'user',
    permissions: DIRECTORY,
    answer: (request, { directory }) => rawJsonAnswer(userRow(request, directory)),
  },
  {
    method: 'GET',
    path: /^\/users\/([^/]+)\/authentication\/methods$/,
    endpoint: () => 'methods',
    permissions: ['UserAuthenticationMethod.Read.All'],
    answer: (request, { directory }) => methodsPage(request, directory),
  },
  {
    method: 'GET',
    path: /^\/auditLogs\/directoryAudits$/,
    endpoint: () => 'audits',
    permissions: AUDIT_LOG,
    isLimited: true,
    answer: (request, { fixtures, lastDay }) => auditsPage(request, fixtures, lastDay),
  },
  {
    method: 'GET',
    path: /^\/reports\/authenticationMethods\/userRegistrationDetails$/,
    endpoint: () => 'registrations',
    permissions: [...AUDIT_LOG, 'UserAuthenticationMethod.Read.All'],
    isReport: () => true,
    answer: (request, { directory }) => registrationsPage(request, directory),
  },
  {
    method: 'GET',
    path: /^\/reports\/authenticationMethods\/userRegistrationDetails\/([^/]+)$/,
    endpoint: () => 'registrations',
    permissions: [...AUDIT_LOG, 'UserAuthenticationMethod.Read.All'],
    isReport: () => true,
    answer: (request, { directory }) => rawJsonAnswer(registrationRow(request, directory)),
  },
  {
    method: 'GET',
    path: /^\/auditLogs\/signIns$/,
    endpoint: (query) => signInsOf(query.get('$filter') ?? ''),
    permissions: AUDIT_LOG,
    isReport: () => true,
    answer: (request, { signInLog }) => signInLog.page(request),
  },
  {
    method: 'GET',
    path: /^\/directoryRoles$/,
    endpoint: () => 'roles',
    permissions: DIRECTORY,
    answer: (request, { directory }) => rolesPage(request, directory),
  },
  {
    method: 'GET',
    path: /^\/directoryRoles\/([^/]+)\/members$/,
    endpoint: () => 'roleMembers',
    permissions: DIRECTORY,
    answer: (request, { directory }) => roleMembersPage(request, directory),
  },
  {
    method: 'GET',
    path: /^\/groups\/([^/]+)\/transitiveMembers$/,
    endpoint: () => 'roleMembers',
    permissions: DIRECTORY,
    answer: (request, { directory }) => groupMembersPage(request, directory),
  },
  {
    method: 'GET',
    path: /^\/subscribedSkus$/,
    endpoint: () => 'subscribedSkus',
    permissions: DIRECTORY,
    answer: (_request, { licence }) => subscribedSkusPage(licence),
  },
  {
    method: 'GET',
    path: /^\/organization$/,
    endpoint: () => 'organization',
    permissions: DIRECTORY,
    answer: (_request, { tenantId }) => organisationPage(tenantId),
  },
  {
    method: 'POST',
    path: /^\/users\/([^/]+)\/sendMail$/,
    endpoint: () => 'sendMail',
    answer: (request, { directory, outbox }) => sendMail(request, directory, outbox),
  },
];
