import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { GRAPH_ID } from './stand-ins/az-state.ts';
import type { Grant } from './stand-ins/az-state.ts';
import {
  HAS_REAL_MODULES,
  POWERSHELL,
  standInTenant,
  stopPowerShell,
} from './stand-ins/permission-scripts.ts';
import type { StandInTenant } from './stand-ins/permission-scripts.ts';

const PRINCIPAL = '11111111-2222-3333-4444-555555555555';
const READ_ROLES = [
  'b0afded3-3588-46d8-8b3d-9842eff778da',
  '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
  '38d9df27-64da-44fd-b7c5-a6fbac20248f',
];
const MAIL_SEND = 'b633e1c5-b582-4048-a93e-9f11b44c7e96';
const FOREIGN = '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30';
const REFUSAL = 'Privileged Role Administrator or a Global Administrator of the tenant tenant-a';

interface Options {
  readonly principalId?: string;
  readonly mailboxScoping?: string;
  readonly tenantId?: string;
}
interface Variant {
  readonly script: string;
  readonly flags: Readonly<Record<keyof Options, string>>;
  readonly rest: readonly string[];
}

const ps1 = {
  script: 'grant-graph-roles.ps1',
  flags: { principalId: '-PrincipalId', mailboxScoping: '-MailboxScoping', tenantId: '-TenantId' },
};
const VARIANTS: readonly Variant[] = [
  {
    script: 'grant-graph-roles.sh',
    flags: {
      principalId: '--principal-id',
      mailboxScoping: '--mailbox-scoping',
      tenantId: '--tenant-id',
    },
    rest: [],
  },
  // Through az it is what the hooks run, and permission-hooks.test.ts holds it to them.
  { ...ps1, rest: [] },
];

if (POWERSHELL === undefined) process.stdout.write('Left out: pwsh is not on the PATH.\n');
let tenant: StandInTenant;
afterEach(() => tenant.remove());
afterAll(stopPowerShell);

const grant = (appRoleId: string, resourceId = GRAPH_ID): Grant => ({
  id: `old-${appRoleId.slice(0, 8)}`,
  appRoleId,
  resourceId,
});
const granted = () => tenant.grants().map(({ appRoleId }) => appRoleId);
const posts = () => tenant.calls().filter((call) => call.includes('post'));

function describeGranting({ script, flags, rest }: Variant): void {
  const run = (options: Options = {}, variables: Readonly<Record<string, string>> = {}) =>
    tenant.run(
      script,
      [
        ...Object.entries({ principalId: PRINCIPAL, ...options }).flatMap(([name, value]) => [
          flags[name as keyof Options],
          value,
        ]),
        ...rest,
      ],
      variables,
    );

  it('grants exactly the four roles, on Microsoft Graph and to the identity', async () => {
    tenant = standInTenant({}, { inProcessOfItsOwn: true });

    const { status } = await run();

    expect(status).toBe(0);
    expect(granted()).toEqual([...READ_ROLES, MAIL_SEND]);
    expect(new Set(tenant.grants().map(({ resourceId }) => resourceId))).toEqual(
      new Set([GRAPH_ID]),
    );
    expect(
      posts().every((call) => call.some((word) => word.includes(`"principalId":"${PRINCIPAL}"`))),
    ).toBe(true);
  });

  it.each(['true', 'True'])('leaves out Mail.Send where mailbox scoping is %s', async (scoping) => {
    tenant = standInTenant({});

    await run({ mailboxScoping: scoping });

    expect(granted()).toEqual(READ_ROLES);
  });

  it('takes the identity and the choice from the environment of azd', async () => {
    tenant = standInTenant({});

    const { status } = await tenant.run(script, rest, {
      IDENTITY_PRINCIPAL_ID: PRINCIPAL,
      MAILBOX_SCOPING: 'true',
    });

    expect(status).toBe(0);
    expect(granted()).toEqual(READ_ROLES);
  });

  it('changes nothing when it is run again', async () => {
    tenant = standInTenant({});
    await run();
    const before = tenant.grants();
    const postsBefore = posts().length;

    const { status, text } = await run();

    expect(status).toBe(0);
    expect(tenant.grants()).toEqual(before);
    expect(posts()).toHaveLength(postsBefore);
    expect(text.match(/already granted/g)).toHaveLength(4);
  });

  it('says what it granted before Graph failed, and completes it when it is run again', async () => {
    tenant = standInTenant({ stopsAfter: 2 });
    const first = await run();
    tenant.change({ stopsAfter: 9 });

    const second = await run();

    expect(first.status).toBe(1);
    expect(first.text.match(/: granted/g)).toHaveLength(2);
    expect(first.text).toContain('Granting UserAuthenticationMethod.Read.All failed.');
    expect(second.status).toBe(0);
    expect(granted()).toEqual([...READ_ROLES, MAIL_SEND]);
  });

  it('reads every page of what is granted', async () => {
    const others = [1, 2, 3].map((n) => grant(READ_ROLES[0]!, `other-resource-${n}`));
    tenant = standInTenant({
      pageSize: 1,
      grants: [...others, ...[...READ_ROLES, MAIL_SEND].map((id) => grant(id))],
    });

    const { status } = await run();

    expect(status).toBe(0);
    expect(posts()).toHaveLength(0);
    expect(tenant.calls().filter((call) => call.join(' ').includes('skiptoken'))).toHaveLength(6);
  });

  it('does not take the same role on another resource for a grant on Graph', async () => {
    tenant = standInTenant({ grants: [grant(READ_ROLES[0]!, 'another-resource')] });

    await run();

    expect(posts()).toHaveLength(4);
  });

  it('stops where the next page is on another host', async () => {
    tenant = standInTenant({
      pageSize: 1,
      nextHost: 'https://evil.example',
      grants: [grant(READ_ROLES[0]!), grant(READ_ROLES[1]!)],
    });

    const { status, text } = await run();

    expect(status).toBe(1);
    expect(text).toContain('another host');
    expect(posts()).toHaveLength(0);
    expect(tenant.calls().flat().join(' ')).not.toContain('evil.example');
  });

  it('waits for an identity that Graph does not know yet', async () => {
    tenant = standInTenant({ unknownFor: 3 });

    const { status } = await run();

    expect(status).toBe(0);
    expect(granted()).toHaveLength(4);
  });

  it('counts a role that somebody else granted meanwhile as granted', async () => {
    tenant = standInTenant({ alreadyExists: true });

    const { status, text } = await run();

    expect(status).toBe(0);
    expect(text.match(/already granted/g)).toHaveLength(4);
  });

  it.each(['get', 'post'] as const)(
    'ends a refused %s with who may grant, which roles, and commands that name tenant and cloud',
    async (refuses) => {
      tenant = standInTenant({ refuses });

      const { status, text } = await run(
        { mailboxScoping: 'true' },
        { GRAPH_ENDPOINT: 'https://graph.microsoft.us' },
      );

      expect(status).toBe(3);
      expect(text).toContain(REFUSAL);
      expect(text).toContain(
        'AuditLog.Read.All Directory.Read.All UserAuthenticationMethod.Read.All\n',
      );
      expect(text).toContain(`
  az cloud set --name AzureUSGovernment
  az login --tenant tenant-a --allow-no-subscriptions
  infra/scripts/grant-graph-roles.sh --principal-id ${PRINCIPAL} --mailbox-scoping true --tenant-id tenant-a --graph-endpoint https://graph.microsoft.us
`);
      expect(text).toContain(
        `infra/scripts/grant-graph-roles.ps1 -PrincipalId ${PRINCIPAL} -MailboxScoping true -TenantId tenant-a -Environment USGov`,
      );
    },
  );

  it('does not take a fault of Graph for a missing right', async () => {
    tenant = standInTenant({ broken: true });

    const { status, text } = await run();

    expect(status).toBe(1);
    expect(text).toContain('Reading the granted roles failed.');
    expect(text).not.toContain('Privileged Role Administrator');
  });

  it('does not grant in another tenant than that of the deployment', async () => {
    tenant = standInTenant({ tenantId: 'tenant-b' });

    const { status, text } = await run({ tenantId: 'tenant-a' });

    expect(status).toBe(3);
    expect(text).toContain('signed in to tenant tenant-b, not to tenant-a');
    expect(text).toContain('az login --tenant tenant-a');
    expect(posts()).toHaveLength(0);
  });

  it('names a surplus role and how to take it away, and leaves it', async () => {
    tenant = standInTenant({ grants: [grant(FOREIGN), grant(MAIL_SEND)] });

    const { status, text } = await run({ mailboxScoping: 'true' });

    expect(status).toBe(0);
    expect(text).toContain(`a role that the product does not use (${FOREIGN})`);
    expect(text).toContain('the tenant-wide Mail.Send, although MAILBOX_SCOPING is true');
    expect(text).toMatch(/--method delete --url \S+appRoleAssignments\/old-b633e1c5/);
    expect(tenant.calls().some((call) => call.includes('delete'))).toBe(false);
  });

  it('asks Graph of the national cloud that it is told, and no other', async () => {
    tenant = standInTenant({});

    await run({}, { GRAPH_ENDPOINT: 'https://graph.microsoft.us/' });

    const urls = tenant
      .calls()
      .flatMap((call) => call.filter((word) => word.startsWith('https://')));
    expect(urls.length).toBeGreaterThan(0);
    expect(urls.every((url) => url.startsWith('https://graph.microsoft.us'))).toBe(true);
  });

  it.each([
    ['no identity', { IDENTITY_PRINCIPAL_ID: '' }],
    ['an identity that is no GUID', { IDENTITY_PRINCIPAL_ID: '../../me"; rm -rf /' }],
    ['a choice that is no boolean', { MAILBOX_SCOPING: 'yes' }],
    ['a cloud that is none', { GRAPH_ENDPOINT: 'https://graph.evil.example' }],
  ])('refuses %s before it calls anything', async (_name, variables) => {
    tenant = standInTenant({});

    const { status, text } = await tenant.run(script, rest, {
      IDENTITY_PRINCIPAL_ID: PRINCIPAL,
      ...variables,
    });

    expect(status).toBe(2);
    expect(text).toContain(Object.keys(variables)[0]!);
    expect(tenant.calls()).toHaveLength(0);
  });
}

for (const variant of VARIANTS) {
  const needsPowerShell = variant.script.endsWith('.ps1');
  const here = needsPowerShell && POWERSHELL === undefined ? describe.skip : describe;
  here(variant.script, () => describeGranting(variant));
}

describe('grant-graph-roles.sh', () => {
  it.each([
    ['an unknown argument', ['--all-roles']],
    ['an argument without a value', ['--principal-id']],
  ])('refuses %s before it calls anything', async (_name, args) => {
    tenant = standInTenant({});

    const { status } = await tenant.run('grant-graph-roles.sh', args);

    expect(status).toBe(2);
    expect(tenant.calls()).toHaveLength(0);
  });

  it('hands over where there is no Azure CLI, or nobody is signed in', async () => {
    tenant = standInTenant({}, { hasAz: false });
    const without = await tenant.run('grant-graph-roles.sh', ['--principal-id', PRINCIPAL]);
    tenant.remove();
    tenant = standInTenant({ tenantId: undefined });

    const signedOut = await tenant.run('grant-graph-roles.sh', ['--principal-id', PRINCIPAL]);

    expect([without.status, signedOut.status]).toEqual([3, 3]);
    expect(signedOut.text).toContain('az login');
  });
});

(POWERSHELL === undefined ? describe.skip : describe)('grant-graph-roles.ps1 alone', () => {
  const run = (variables: Readonly<Record<string, string>> = {}) =>
    tenant.run('grant-graph-roles.ps1', ['-PrincipalId', PRINCIPAL], variables);

  it.each([
    ['all goes well', {}],
    ['Graph is broken', { broken: true }],
    ['Graph refuses', { refuses: 'post' as const }],
  ])('keeps its sign-in for itself, and ends it where %s', async (_name, state) => {
    tenant = standInTenant(state);

    await run({ GRAPH_ENDPOINT: 'https://graph.microsoft.us' });

    expect(tenant.calls()[0]).toEqual(['Connect-MgGraph', 'USGov', 'Process', '']);
    expect(tenant.calls().at(-1)).toEqual(['Disconnect-MgGraph']);
  });

  it('hands over where the sign-in is refused', async () => {
    tenant = standInTenant({ refuses: 'sign-in' });

    const { status, text } = await run();

    expect(status).toBe(3);
    expect(text).toContain('Signing in to Microsoft Graph was refused.');
  });
});

(POWERSHELL === undefined || HAS_REAL_MODULES ? describe.skip : describe)(
  'grant-graph-roles.ps1 on a machine without the module',
  () => {
    it('hands over where the module is missing', async () => {
      tenant = standInTenant({}, { hasModules: false });

      const { status, text } = await tenant.run('grant-graph-roles.ps1', [
        '-PrincipalId',
        PRINCIPAL,
      ]);

      expect(status).toBe(3);
      expect(text).toContain('Install-Module Microsoft.Graph.Authentication');
    });
  },
);
