import { describe, expect, it } from '@jest/globals';
import { readRoles } from '../../lib/sources/roles.ts';
import type { RolesRead } from '../../lib/sources/roles.ts';
import { anError, aPage, withGraph } from '../support/graph-client.ts';
import type { ServedRequest, Step } from '../support/scripted-server.ts';

const ADMINISTRATOR = {
  id: 'r-1',
  displayName: 'Global Administrator',
  roleTemplateId: '62E90394-A',
};
const READER = { id: 'r-2', displayName: 'Reports Reader', roleTemplateId: '4a5d8f65-b' };

const user = (id: string) => ({ '@odata.type': '#microsoft.graph.user', id });
const group = (id: string) => ({ '@odata.type': '#microsoft.graph.group', id });
const principal = (id: string) => ({ '@odata.type': '#microsoft.graph.servicePrincipal', id });

interface Directory {
  readonly [path: string]: readonly unknown[] | Step;
}

/** Answers each path with its rows; one row a page. */
function read(directory: Directory): Promise<RolesRead> {
  const answer = (request: ServedRequest): Step => {
    const [path = '', query = ''] = request.url.split('?');
    const found = directory[path];
    if (found === undefined) return anError(404, 'Request_ResourceNotFound');
    if (!Array.isArray(found)) return found as Step;
    const at = Number(/skiptoken=(\d+)/.exec(query)?.[1] ?? 0);
    const rows = found as readonly unknown[];
    return aPage(
      rows.slice(at, at + 1),
      request,
      at + 1 < rows.length ? `${path}?$skiptoken=${at + 1}` : undefined,
    );
  };
  return withGraph(answer, ({ reader }) => readRoles(reader));
}

function namesOf({ rolesByPerson }: RolesRead): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    [...rolesByPerson].map(([id, roles]) => [id, roles.map(({ name }) => name).toSorted()]),
  );
}

describe('readRoles', () => {
  it('gives each person their roles, every page of every role', async () => {
    const roles = await read({
      '/v1.0/directoryRoles': [ADMINISTRATOR, READER],
      '/v1.0/directoryRoles/r-1/members': [user('A'), user('b')],
      '/v1.0/directoryRoles/r-2/members': [user('a')],
    });

    expect(namesOf(roles)).toEqual({
      a: ['Global Administrator', 'Reports Reader'],
      b: ['Global Administrator'],
    });
    expect(roles.rolesByPerson.get('b')?.[0]?.templateId).toBe('62e90394-a');
    expect(roles.coverage).toMatchObject({ state: 'complete', rows: 3, notes: [] });
  });

  it('resolves groups to their people, once where they hold the role themselves as well', async () => {
    const roles = await read({
      '/v1.0/directoryRoles': [ADMINISTRATOR, READER],
      '/v1.0/directoryRoles/r-1/members': [group('g'), user('a')],
      '/v1.0/directoryRoles/r-2/members': [group('g')],
      '/v1.0/groups/g/transitiveMembers': [user('a'), group('nested'), user('b')],
    });

    expect(namesOf(roles)).toEqual({
      a: ['Global Administrator', 'Reports Reader'],
      b: ['Global Administrator', 'Reports Reader'],
    });
  });

  it('keeps service principals apart from people by their ids', async () => {
    const roles = await read({
      '/v1.0/directoryRoles': [ADMINISTRATOR],
      '/v1.0/directoryRoles/r-1/members': [principal('p'), user('a')],
    });

    expect(namesOf(roles)['a']).toEqual(['Global Administrator']);
    expect(roles.coverage.state).toBe('complete');
  });

  it.each([
    [['g-1'], 'The members of one group that holds roles could not be read'],
    [['g-1', 'g-2'], 'The members of 2 groups that hold roles could not be read'],
  ])('says that %j could not be resolved', async (ids, note) => {
    const roles = await read({
      '/v1.0/directoryRoles': [ADMINISTRATOR],
      '/v1.0/directoryRoles/r-1/members': [...ids.map(group), user('a')],
    });

    expect(namesOf(roles)).toEqual({ a: ['Global Administrator'] });
    expect(roles.coverage.notes[0]).toContain(note);
  });

  it.each([
    ['licence', anError(403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant')],
    ['consent', anError(403, 'Authorization_RequestDenied')],
  ])('is not available for lack of a %s', async (kind, refusal) => {
    const roles = await read({ '/v1.0/directoryRoles': refusal });

    expect(roles.rolesByPerson.size).toBe(0);
    expect(roles.coverage).toMatchObject({ state: 'not-available', cause: { kind } });
  });

  it('is partial where a later role cannot be read', async () => {
    const roles = await read({
      '/v1.0/directoryRoles': [ADMINISTRATOR, READER],
      '/v1.0/directoryRoles/r-1/members': [user('a')],
      '/v1.0/directoryRoles/r-2/members': anError(503),
    });

    expect(namesOf(roles)).toEqual({ a: ['Global Administrator'] });
    expect(roles.coverage).toMatchObject({ state: 'partial', cause: { kind: 'fault' } });
  });

  it('names a role that has no name', async () => {
    const roles = await read({
      '/v1.0/directoryRoles': [{ id: 'r-3' }],
      '/v1.0/directoryRoles/r-3/members': [user('a')],
    });

    expect(roles.rolesByPerson.get('a')).toEqual([{ name: 'Directory role' }]);
  });
});
