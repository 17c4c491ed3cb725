import { afterEach, describe, expect, it } from '@jest/globals';
import { GRAPH_ID } from './stand-ins/az-state.ts';
import type { Grant } from './stand-ins/az-state.ts';
import { standInTenant } from './stand-ins/permission-scripts.ts';
import type { StandInTenant } from './stand-ins/permission-scripts.ts';

const PRINCIPAL = '11111111-2222-3333-4444-555555555555';
const READ_ROLES = [
  'b0afded3-3588-46d8-8b3d-9842eff778da',
  '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
  '38d9df27-64da-44fd-b7c5-a6fbac20248f',
];
const MAIL_SEND = 'b633e1c5-b582-4048-a93e-9f11b44c7e96';
const FOREIGN = '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30';

let tenant: StandInTenant;
afterEach(() => tenant.remove());

const grant = (appRoleId: string, resourceId = GRAPH_ID): Grant => ({
  id: `old-${appRoleId.slice(0, 8)}`,
  appRoleId,
  resourceId,
});
const run = (...args: readonly string[]) =>
  tenant.run('grant-graph-roles.sh', ['--principal-id', PRINCIPAL, ...args]);
const granted = () => tenant.grants().map(({ appRoleId }) => appRoleId);
const posts = () => tenant.calls().filter((call) => call.includes('post'));

describe('grant-graph-roles.sh', () => {
  it('grants exactly the four roles, on Microsoft Graph and to the identity', () => {
    tenant = standInTenant({});

    const { status } = run();

    expect(status).toBe(0);
    expect(granted()).toEqual([...READ_ROLES, MAIL_SEND]);
    expect(new Set(tenant.grants().map(({ resourceId }) => resourceId))).toEqual(
      new Set([GRAPH_ID]),
    );
    expect(
      posts().every((call) => call.some((word) => word.includes(`"principalId":"${PRINCIPAL}"`))),
    ).toBe(true);
  });

  it.each(['true', 'True'])('leaves out Mail.Send where mailbox scoping is %s', (scoping) => {
    tenant = standInTenant({});

    run('--mailbox-scoping', scoping);

    expect(granted()).toEqual(READ_ROLES);
  });

  it('takes the identity and the choice from the environment of azd', () => {
    tenant = standInTenant({});

    const { status } = tenant.run('grant-graph-roles.sh', [], {
      IDENTITY_PRINCIPAL_ID: PRINCIPAL,
      MAILBOX_SCOPING: 'true',
    });

    expect(status).toBe(0);
    expect(granted()).toEqual(READ_ROLES);
  });

  it('changes nothing when it is run again', () => {
    tenant = standInTenant({});
    run();
    const before = tenant.grants();
    const postsBefore = posts().length;

    const { status, text } = run();

    expect(status).toBe(0);
    expect(tenant.grants()).toEqual(before);
    expect(posts()).toHaveLength(postsBefore);
    expect(text.match(/already granted/g)).toHaveLength(4);
  });

  it('completes an identity that has some of the roles', () => {
    tenant = standInTenant({ grants: [grant(READ_ROLES[1]!)] });

    run();

    expect(granted().sort()).toEqual([...READ_ROLES, MAIL_SEND].sort());
    expect(posts()).toHaveLength(3);
  });

  it('reads every page of what is granted', () => {
    const others = [1, 2, 3].map((n) => grant(READ_ROLES[0]!, `other-resource-${n}`));
    tenant = standInTenant({
      pageSize: 1,
      grants: [...others, ...[...READ_ROLES, MAIL_SEND].map((id) => grant(id))],
    });

    const { status } = run();

    expect(status).toBe(0);
    expect(posts()).toHaveLength(0);
    expect(tenant.calls().filter((call) => call.join(' ').includes('skiptoken'))).toHaveLength(6);
  });

  it('does not take the same role on another resource for a grant on Graph', () => {
    tenant = standInTenant({ grants: [grant(READ_ROLES[0]!, 'another-resource')] });

    run();

    expect(posts()).toHaveLength(4);
  });

  it('stops where the next page is on another host', () => {
    tenant = standInTenant({
      pageSize: 1,
      nextHost: 'https://evil.example',
      grants: [grant(READ_ROLES[0]!), grant(READ_ROLES[1]!)],
    });

    const { status, text } = run();

    expect(status).toBe(1);
    expect(text).toContain('another host');
    expect(posts()).toHaveLength(0);
    expect(tenant.calls().flat().join(' ')).not.toContain('evil.example');
  });

  it('waits for an identity that Graph does not know yet', () => {
    tenant = standInTenant({ unknownFor: 3 });

    const { status } = run();

    expect(status).toBe(0);
    expect(granted()).toHaveLength(4);
  });

  it('counts a role that somebody else granted meanwhile as granted', () => {
    tenant = standInTenant({ alreadyExists: true });

    const { status, text } = run();

    expect(status).toBe(0);
    expect(text.match(/already granted/g)).toHaveLength(4);
  });

  it.each(['get', 'post'] as const)(
    'ends a refused %s with who may grant and the command to hand over',
    (refuses) => {
      tenant = standInTenant({ refuses });

      const { status, text } = run('--mailbox-scoping', 'true');

      expect(status).toBe(3);
      expect(text).toContain(
        'Privileged Role Administrator or a Global Administrator of the tenant tenant-a',
      );
      expect(text).toContain(
        `infra/scripts/grant-graph-roles.sh --principal-id ${PRINCIPAL} --mailbox-scoping true`,
      );
      expect(text).toContain(
        `infra/scripts/grant-graph-roles.ps1 -PrincipalId ${PRINCIPAL} -MailboxScoping true`,
      );
    },
  );

  it('hands over where there is no Azure CLI, or nobody is signed in', () => {
    tenant = standInTenant({}, { hasAz: false });
    const without = run();
    tenant.remove();
    tenant = standInTenant({ tenantId: undefined });

    const signedOut = run();

    expect([without.status, signedOut.status]).toEqual([3, 3]);
    expect(signedOut.text).toContain('az login');
  });

  it('does not grant in another tenant than that of the deployment', () => {
    tenant = standInTenant({ tenantId: 'tenant-b' });

    const { status, text } = tenant.run('grant-graph-roles.sh', ['--principal-id', PRINCIPAL], {
      AZURE_TENANT_ID: 'tenant-a',
    });

    expect(status).toBe(3);
    expect(text).toContain('az login --tenant tenant-a');
    expect(posts()).toHaveLength(0);
  });

  it('names a surplus role and how to take it away, and leaves it', () => {
    tenant = standInTenant({ grants: [grant(FOREIGN), grant(MAIL_SEND)] });

    const { status, text } = run('--mailbox-scoping', 'true');

    expect(status).toBe(0);
    expect(text).toContain(`a role that the product does not use (${FOREIGN})`);
    expect(text).toContain('the tenant-wide Mail.Send, although MAILBOX_SCOPING is true');
    expect(text).toMatch(/--method delete --url \S+appRoleAssignments\/old-b633e1c5/);
    expect(tenant.calls().some((call) => call.includes('delete'))).toBe(false);
  });

  it('asks Graph of the national cloud that it is told', () => {
    tenant = standInTenant({});

    tenant.run('grant-graph-roles.sh', ['--principal-id', PRINCIPAL], {
      GRAPH_ENDPOINT: 'https://graph.microsoft.us/',
    });

    const urls = tenant
      .calls()
      .flatMap((call) => call.filter((word) => word.startsWith('https://')));
    expect(urls.every((url) => url.startsWith('https://graph.microsoft.us'))).toBe(true);
  });

  it.each([
    ['no identity', ['--principal-id', '']],
    ['an identity that is no GUID', ['--principal-id', 'x"; rm -rf /']],
    ['a choice that is no boolean', ['--principal-id', PRINCIPAL, '--mailbox-scoping', 'maybe']],
    ['an unknown argument', ['--all-roles']],
    ['an argument without a value', ['--principal-id']],
  ])('refuses %s before it calls anything', (_name, args) => {
    tenant = standInTenant({});

    const { status } = tenant.run('grant-graph-roles.sh', args);

    expect(status).toBe(2);
    expect(tenant.calls()).toHaveLength(0);
  });
});

describe('postprovision.sh', () => {
  const variables = {
    IDENTITY_PRINCIPAL_ID: PRINCIPAL,
    IDENTITY_CLIENT_ID: '66666666-7777-8888-9999-000000000000',
    EMAIL_FROM: 'digest@contoso.example',
  };

  it('grants the roles and lets the deployment go on', () => {
    tenant = standInTenant({});

    const { status, text } = tenant.run('postprovision.sh', [], variables);

    expect(status).toBe(0);
    expect(granted()).toHaveLength(4);
    expect(text).not.toContain('scope-mailbox');
  });

  it('lets the deployment go on after a refusal, with the command to hand over', () => {
    tenant = standInTenant({ refuses: 'post' });

    const { status, text } = tenant.run('postprovision.sh', [], variables);

    expect(status).toBe(0);
    expect(text).toContain(
      `grant-graph-roles.sh --principal-id ${PRINCIPAL} --mailbox-scoping false`,
    );
    expect(text).toContain('The deployment goes on');
  });

  it('stops the deployment on any other failure', () => {
    tenant = standInTenant({});

    const { status } = tenant.run('postprovision.sh', [], {
      ...variables,
      MAILBOX_SCOPING: 'maybe',
    });

    expect(status).toBe(2);
  });

  it('says what is left to do for mailbox scoping', () => {
    tenant = standInTenant({});

    const { text } = tenant.run('postprovision.sh', [], { ...variables, MAILBOX_SCOPING: 'true' });

    expect(granted()).toEqual(READ_ROLES);
    expect(text).toContain(
      `scope-mailbox.ps1 -ClientId ${variables.IDENTITY_CLIENT_ID} -PrincipalId ${PRINCIPAL} -Mailbox digest@contoso.example`,
    );
  });
});
