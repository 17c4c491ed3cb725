import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fixtureId } from '../../../lib/simulation/people/fixture-user.ts';
import { atAnInstant, openTenant } from '../tenant-client.ts';
import type { Row, TenantClient } from '../tenant-client.ts';

describe('/directoryRoles', () => {
  let client: TenantClient;
  let roles: readonly Row[];
  beforeAll(async () => {
    client = await openTenant({ clock: atAnInstant, people: 30_000 });
    roles = await client.rows('/v1.0/directoryRoles');
  });
  afterAll(() => client.tenant.close());

  const membersPath = (role: string) => {
    const { id } = roles.find(({ displayName }) => displayName === role) ?? {};
    return `/v1.0/directoryRoles/${String(id)}/members`;
  };

  it('names roles by template', () => {
    expect(roles.find(({ displayName }) => displayName === 'Global Administrator')).toHaveProperty(
      'roleTemplateId',
      '62e90394-69f5-4237-9190-012177145e10',
    );
  });

  it('serves people, groups and service principals as members', async () => {
    const members = await client.rows(membersPath('User Administrator'));

    expect(members.map((member) => member['@odata.type'])).toEqual([
      '#microsoft.graph.group',
      '#microsoft.graph.servicePrincipal',
      '#microsoft.graph.user',
    ]);
  });

  it('serves members in pages', async () => {
    const pages = await client.pages(`${membersPath('Reports Reader')}?$select=id&$top=8`);

    const ids = pages.flat().map(({ id }) => id);
    expect(pages.map(({ length }) => length)).toEqual([8, 8, 8, 7]);
    expect(new Set(ids).size).toBe(31);
  });

  it('expands twenty members at most', async () => {
    const expanded = await client.rows('/v1.0/directoryRoles?$expand=members');

    const readers = expanded.find(({ displayName }) => displayName === 'Reports Reader');
    expect(readers?.['members']).toHaveLength(20);
  });

  it('resolves a group to its members, those of nested groups included', async () => {
    const [group] = await client.rows(membersPath('User Administrator'));

    const members = await client.rows(`/v1.0/groups/${String(group?.['id'])}/transitiveMembers`);

    const ids = members.map(({ id }) => id);
    expect(members[0]?.['@odata.type']).toBe('#microsoft.graph.group');
    expect(ids).toContain(fixtureId('powershell-by-group'));
  });

  it('does not know other roles and groups', async () => {
    expect((await client.get('/v1.0/directoryRoles/x/members')).status).toBe(404);
    expect((await client.get('/v1.0/groups/x/transitiveMembers')).status).toBe(404);
  });
});
