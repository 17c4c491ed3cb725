import type { Directory } from '../people/directory.ts';
import { ROLE_GROUPS, ROLES, SERVICE_PRINCIPALS } from '../people/roles.ts';
import type { DirectoryRole, RoleName } from '../people/roles.ts';
import { badRequest, Refusal } from './answer.ts';
import type { GraphRequest } from './answer.ts';
import { allowOptions, pageOfPlaces, readPageToken, readTop } from './paging.ts';
import type { Page } from './paging.ts';
import { memberWriter } from './users.ts';

const MAX_EXPANDED = 20;
const MAX_MEMBERS = 999;

/** GET /directoryRoles: every activated role, with at most 20 members each where `$expand=members` asks for them. */
export function rolesPage(request: GraphRequest, directory: Directory): Page {
  allowOptions(request.query, '$select', '$expand');
  const expand = request.query.get('$expand');
  if (expand !== null && expand !== 'members') {
    throw badRequest(`Parsing OData Select and Expand failed: '${expand}'.`);
  }
  const names = request.query.get('$select')?.split(',');
  const rows = ROLES.map((role) => {
    const properties = Object.entries(role).filter(([name]) => names?.includes(name) ?? true);
    const row = JSON.stringify(Object.fromEntries(properties));
    if (expand === null) {
      return row;
    }
    const members = membersOf(role, { ...request, query: new URLSearchParams() }, directory);
    return `${row.slice(0, -1)},"members":[${members.slice(0, MAX_EXPANDED).join(',')}]}`;
  });
  return { context: 'directoryRoles', rows };
}

/** GET /directoryRoles/{id}/members: groups and service principals first, then people; 100 a page unless asked. */
export function roleMembersPage(request: GraphRequest, directory: Directory): Page {
  const role = ROLES.find(({ id }) => id === request.params[0]);
  if (role === undefined) {
    throw notFound();
  }
  return membersPage(request, membersOf(role, request, directory));
}

/** GET /groups/{id}/transitiveMembers. */
export function groupMembersPage(request: GraphRequest, directory: Directory): Page {
  const group = ROLE_GROUPS.find(({ id }) => id === request.params[0]);
  if (group === undefined) {
    throw notFound();
  }
  const people = directory.fixtureUsers(group.memberKeys, request.now);
  const nested = typed('group', { id: group.nestedGroupId, displayName: group.nestedGroupName });
  return membersPage(request, [nested, ...people.map(memberWriter(request))]);
}

function membersPage(request: GraphRequest, members: readonly string[]): Page {
  allowOptions(request.query, '$select', '$top');
  const top = readTop(request.query, 100, MAX_MEMBERS);
  const { position } = readPageToken(request.query);
  return pageOfPlaces('directoryObjects', position, members.length, top, (place) => members[place]);
}

function membersOf(
  { displayName }: DirectoryRole,
  request: GraphRequest,
  directory: Directory,
): readonly string[] {
  const holds = ({ role }: { readonly role: RoleName }) => role === displayName;
  return [
    ...ROLE_GROUPS.filter(holds).map((group) =>
      typed('group', { id: group.id, displayName: group.displayName }),
    ),
    ...SERVICE_PRINCIPALS.filter(holds).map((principal) =>
      typed('servicePrincipal', { id: principal.id, displayName: principal.displayName }),
    ),
    ...directory.holdersOf(displayName, request.now).map(memberWriter(request)),
  ];
}

function typed(type: string, properties: object): string {
  return JSON.stringify({ '@odata.type': `#microsoft.graph.${type}`, ...properties });
}

function notFound() {
  return new Refusal(404, 'Request_ResourceNotFound', 'Resource does not exist.');
}
