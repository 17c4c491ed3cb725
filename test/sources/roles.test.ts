import { describe, expect, it } from '@jest/globals';
import type { Reader } from '../../lib/sources/collection.ts';
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

const HIDDEN_MEMBERSHIP = anError(403, 'Authorization_RequestDenied');

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
      ...Object.fromEntries(
        ids.map((id) => [`/v1.0/groups/${id}/transitiveMembers`, HIDDEN_MEMBERSHIP]),
      ),
    });

    expect(namesOf(roles)).toEqual({ a: ['Global Administrator'] });
    expect(roles).toMatchObject({ arePrivilegesWhole: false, unreadableGroups: ids.length });
    expect(roles.coverage.state).toBe('complete');
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

  it.each([
    ['cannot be reached', anError(503)],
    ['is refused', anError(403, 'Authorization_RequestDenied')],
  ])('does not know who else is an administrator where one role %s', async (_, step) => {
    const roles = await read({
      '/v1.0/directoryRoles': [READER, ADMINISTRATOR],
      '/v1.0/directoryRoles/r-1/members': [user('a')],
      '/v1.0/directoryRoles/r-2/members': step,
    });

    expect(namesOf(roles)).toEqual({ a: ['Global Administrator'] });
    expect(roles).toMatchObject({ arePrivilegesWhole: false, unreadableRoles: 1 });
    expect(roles.coverage).toMatchObject({
      state: 'complete',
      notes: [
        'The members of one directory role could not be read, so there may be more administrators than are named here.',
      ],
    });
  });

  it('is not available where no role at all can be read', async () => {
    const roles = await read({
      '/v1.0/directoryRoles': [READER, ADMINISTRATOR],
      '/v1.0/directoryRoles/r-1/members': anError(403, 'Authorization_RequestDenied'),
      '/v1.0/directoryRoles/r-2/members': anError(403, 'Authorization_RequestDenied'),
    });

    expect(roles.coverage).toMatchObject({ state: 'not-available', cause: { kind: 'consent' } });
  });

  it('takes a role that is gone for one without members, and reads on', async () => {
    const roles = await read({
      '/v1.0/directoryRoles': [READER, ADMINISTRATOR],
      '/v1.0/directoryRoles/r-1/members': [user('a')],
    });

    expect(namesOf(roles)).toEqual({ a: ['Global Administrator'] });
    expect(roles).toMatchObject({ arePrivilegesWhole: true, coverage: { notes: [] } });
  });

  it('S03: counts members whom it cannot tell', async () => {
    const roles = await read({
      '/v1.0/directoryRoles': [ADMINISTRATOR],
      '/v1.0/directoryRoles/r-1/members': [user('a'), { '@odata.type': '#microsoft.graph.user' }],
    });

    expect(roles.arePrivilegesWhole).toBe(false);
    expect(roles.coverage).toMatchObject({ state: 'partial', undecodable: 1 });
  });

  it('throws a mistake of ours rather than call it an answer of Graph', async () => {
    const mistaken = { get: () => Promise.reject(new TypeError('a mistake')) };
    const reader = {
      graph: { url: (path: string) => new URL(path, 'https://graph.example'), ...mistaken },
      signal: new AbortController().signal,
      onProgress: () => undefined,
    } as unknown as Reader;

    await expect(readRoles(reader)).rejects.toThrow('a mistake');
  });

  it('names a role that has no name', async () => {
    const roles = await read({
      '/v1.0/directoryRoles': [{ id: 'r-3' }],
      '/v1.0/directoryRoles/r-3/members': [user('a')],
    });

    expect(roles.rolesByPerson.get('a')).toEqual([{ name: 'Directory role' }]);
  });
});
