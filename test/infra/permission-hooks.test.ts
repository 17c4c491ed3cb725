import { afterAll, describe, expect, it } from '@jest/globals';
import { GRAPH_ID } from './stand-ins/az-state.ts';
import type { Grant } from './stand-ins/az-state.ts';
import { POWERSHELL, standInTenant, stopPowerShell } from './stand-ins/permission-scripts.ts';
import type { Equipment, TenantState } from './stand-ins/permission-scripts.ts';

const PRINCIPAL = '11111111-2222-3333-4444-555555555555';
const CLIENT = '66666666-7777-8888-9999-000000000000';
const READ_ROLES = [
  'b0afded3-3588-46d8-8b3d-9842eff778da',
  '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
  '38d9df27-64da-44fd-b7c5-a6fbac20248f',
];
const MAIL_SEND = 'b633e1c5-b582-4048-a93e-9f11b44c7e96';
const FOREIGN = '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30';
const GO_ON = 'The deployment goes on without them.';
const HAND_OVER = `infra/scripts/grant-graph-roles.sh --principal-id ${PRINCIPAL} --mailbox-scoping false --tenant-id tenant-a`;

interface Case {
  readonly name: string;
  readonly state?: TenantState;
  readonly equipment?: Equipment;
  readonly variables?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly says: readonly string[];
  readonly granted: readonly string[];
}

const grant = (appRoleId: string, n = 0, resourceId = GRAPH_ID): Grant => ({
  id: `old-${n}`,
  appRoleId,
  resourceId,
});

/** What azd meets, and what both hooks must make of it. */
const CASES: readonly Case[] = [
  {
    name: 'a new identity',
    state: { unknownFor: 3 },
    equipment: { inProcessOfItsOwn: true },
    status: 0,
    says: ['Mail.Send: granted.'],
    granted: [...READ_ROLES, MAIL_SEND],
  },
  {
    name: 'an identity that has all, on several pages',
    state: {
      pageSize: 2,
      grants: [
        ...[1, 2, 3].map((n) => grant(MAIL_SEND, n, 'another-resource')),
        ...[...READ_ROLES, MAIL_SEND].map((id) => grant(id)),
      ],
    },
    status: 0,
    says: ['Mail.Send: already granted.'],
    granted: [...READ_ROLES, MAIL_SEND],
  },
  {
    name: 'an identity that has half',
    state: { grants: [grant(READ_ROLES[1]!)] },
    status: 0,
    says: ['Directory.Read.All: already granted.', 'Mail.Send: granted.'],
    granted: [READ_ROLES[1]!, READ_ROLES[0]!, READ_ROLES[2]!, MAIL_SEND],
  },
  {
    name: 'a role that somebody else grants meanwhile',
    state: { alreadyExists: true },
    status: 0,
    says: ['Mail.Send: already granted.'],
    granted: [],
  },
  {
    name: 'somebody who may not grant',
    state: { refuses: 'post' },
    status: 0,
    says: [HAND_OVER, 'Granting AuditLog.Read.All was refused.', GO_ON],
    granted: [],
  },
  {
    name: 'a machine without the Azure CLI',
    equipment: { hasAz: false },
    variables: { AZURE_TENANT_ID: 'tenant-a' },
    status: 0,
    says: ['the Azure CLI (az) is not on this machine.', HAND_OVER, GO_ON],
    granted: [],
  },
  {
    name: 'nobody signed in',
    state: { tenantId: undefined },
    status: 0,
    says: ['the Azure CLI is not signed in (az login).', 'az login --tenant TENANT_ID', GO_ON],
    granted: [],
  },
  {
    name: 'a sign-in to another tenant',
    state: { tenantId: 'tenant-b' },
    variables: { AZURE_TENANT_ID: 'tenant-a' },
    status: 0,
    says: ['signed in to tenant tenant-b, not to tenant-a', HAND_OVER, GO_ON],
    granted: [],
  },
  {
    name: 'a Graph that is broken',
    state: { broken: true },
    status: 1,
    says: ['Reading the granted roles failed.'],
    granted: [],
  },
  {
    name: 'a Graph that stops half-way',
    state: { stopsAfter: 2 },
    status: 1,
    says: ['Directory.Read.All: granted.', 'UserAuthenticationMethod.Read.All failed.'],
    granted: READ_ROLES.slice(0, 2),
  },
  {
    name: 'a next page on another host',
    state: {
      pageSize: 1,
      nextHost: 'https://evil.example',
      grants: [grant(FOREIGN), grant(FOREIGN, 1)],
    },
    status: 1,
    says: ['Graph pointed to another host'],
    granted: [FOREIGN, FOREIGN],
  },
  {
    name: 'one mailbox only, in the cloud of the US Government, with a quote in the name',
    state: { grants: [grant(MAIL_SEND), grant(FOREIGN, 1)] },
    variables: {
      MAILBOX_SCOPING: 'True',
      EMAIL_FROM: "o'brien@contoso.example",
      AZURE_TENANT_ID: 'tenant-a',
      GRAPH_ENDPOINT: 'https://graph.microsoft.us/',
    },
    status: 0,
    says: [
      `infra/scripts/scope-mailbox.ps1 -ClientId ${CLIENT} -PrincipalId ${PRINCIPAL} -Mailbox 'o''brien@contoso.example' -TenantId tenant-a -Environment USGov\n`,
      'the tenant-wide Mail.Send, although MAILBOX_SCOPING is true',
      `a role that the product does not use (${FOREIGN})`,
    ],
    granted: [MAIL_SEND, FOREIGN, ...READ_ROLES],
  },
  {
    name: 'one mailbox only, before the sender is known',
    variables: { MAILBOX_SCOPING: 'true', EMAIL_FROM: '' },
    status: 0,
    says: ["-Mailbox 'SENDER'", 'EMAIL_FROM is not set yet'],
    granted: READ_ROLES,
  },
  {
    name: 'a choice that is neither true nor false',
    variables: { MAILBOX_SCOPING: 'yes' },
    status: 2,
    says: ['MAILBOX_SCOPING must be true or false.'],
    granted: [],
  },
  {
    name: 'no identity',
    variables: { IDENTITY_PRINCIPAL_ID: '' },
    status: 2,
    says: ['azd env get-value IDENTITY_PRINCIPAL_ID'],
    granted: [],
  },
];

/** The outcome of a case: what azd sees, and what is granted on Graph afterwards. */
async function play(hook: string, { state = {}, equipment = {}, variables = {} }: Case) {
  const tenant = standInTenant(state, equipment);
  try {
    const { status, text } = await tenant.run(hook, [], {
      IDENTITY_PRINCIPAL_ID: PRINCIPAL,
      IDENTITY_CLIENT_ID: CLIENT,
      EMAIL_FROM: 'digest@contoso.example',
      ...variables,
    });
    const granted = tenant
      .grants()
      .filter(({ resourceId }) => resourceId === GRAPH_ID)
      .map(({ appRoleId }) => appRoleId);
    return { status, text, granted };
  } finally {
    tenant.remove();
  }
}

/** What the shell does is what both hooks are held to, so each case is played once. */
const outcomes = new Map<Case, ReturnType<typeof play>>();
function playShell(one: Case) {
  const outcome = outcomes.get(one) ?? play('postprovision.sh', one);
  outcomes.set(one, outcome);
  return outcome;
}

afterAll(stopPowerShell);
if (POWERSHELL === undefined) process.stdout.write('Left out: pwsh is not on the PATH.\n');

describe('postprovision.sh', () => {
  it.each(CASES)('meets $name', async (one) => {
    const { status, text, granted } = await playShell(one);

    expect({ status, granted }).toEqual({ status: one.status, granted: one.granted });
    expect(one.says.filter((words) => !text.includes(words))).toEqual([]);
    expect(text.includes(GO_ON)).toBe(one.says.includes(GO_ON));
  });
});

(POWERSHELL === undefined ? describe.skip : describe)('postprovision.ps1', () => {
  it.each(CASES)('does and says the same with $name', async (one) => {
    expect(await play('postprovision.ps1', one)).toEqual(await playShell(one));
  });
});
