import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { GRAPH_ID } from './stand-ins/az-state.ts';
import {
  HAS_REAL_MODULES,
  POWERSHELL,
  standInTenant,
  stopPowerShell,
} from './stand-ins/permission-scripts.ts';
import type { StandInTenant, TenantState } from './stand-ins/permission-scripts.ts';

const PRINCIPAL = '11111111-2222-3333-4444-555555555555';
const CLIENT = '66666666-7777-8888-9999-000000000000';
const MAIL_SEND = 'b633e1c5-b582-4048-a93e-9f11b44c7e96';
const SENDER = 'aaaaaaaa-0000-0000-0000-000000000001';
const OTHER = 'aaaaaaaa-0000-0000-0000-000000000002';
const SCOPE = `mfa-gap-mailer ${PRINCIPAL}`;
const ASSIGNMENT = `mfa-gap-mailer send ${PRINCIPAL}`;
const ROLE = 'Application Mail.Send';
const ADDRESS = "o'brien@contoso.example";
const PROVEN = `The identity may send from ${ADDRESS} and from no other mailbox`;

const FRESH = {
  exchangeTenant: 'tenant-a',
  mailboxes: [
    { Guid: OTHER, PrimarySmtpAddress: 'everybody@contoso.example' },
    { Guid: SENDER, PrimarySmtpAddress: ADDRESS },
  ],
  servicePrincipals: [],
  scopes: [],
  assignments: [],
};
const PRINCIPAL_MADE = { servicePrincipals: [{ AppId: CLIENT, ObjectId: PRINCIPAL }] };
const scope = (filter: string) => ({ scopes: [{ Name: SCOPE, RecipientFilter: filter }] });
const assignment = (scopeName: string, name = ASSIGNMENT) => ({
  Name: name,
  App: PRINCIPAL,
  Role: ROLE,
  CustomResourceScope: scopeName,
});
const DONE = {
  ...PRINCIPAL_MADE,
  ...scope(`Guid -eq '${SENDER}'`),
  assignments: [assignment(SCOPE)],
};

if (POWERSHELL === undefined) process.stdout.write('Left out: pwsh is not on the PATH.\n');
let tenant: StandInTenant;
afterEach(() => tenant.remove());
afterAll(stopPowerShell);

function run(state: TenantState, ...args: readonly string[]) {
  tenant = standInTenant({ ...FRESH, ...state });
  return again(...args);
}
function runInProcessOfItsOwn(...args: readonly string[]) {
  tenant = standInTenant(FRESH, { inProcessOfItsOwn: true });
  return again(...args);
}
const again = (...args: readonly string[]) =>
  tenant.run('scope-mailbox.ps1', [
    '-ClientId',
    CLIENT,
    '-PrincipalId',
    PRINCIPAL,
    '-Mailbox',
    ADDRESS,
    ...args,
  ]);
/** Leaves Graph out, for what is about Exchange alone. */
const inExchange = (state: TenantState) => run(state, '-AlreadyChecked');
const called = (name: string) => tenant.calls().filter(([first]) => first === name);
const changes = () => tenant.calls().filter(([name]) => /^(?:New|Set|Remove)-/.test(name!));

(POWERSHELL === undefined ? describe.skip : describe)('scope-mailbox.ps1', () => {
  it('makes the service principal, a scope of one mailbox and the role in it, and proves it', async () => {
    const { status, text } = await run({});

    expect(status).toBe(0);
    expect(tenant.state()).toMatchObject(DONE);
    expect(text).toContain(PROVEN);
    expect(text.match(/: made\./g)).toHaveLength(3);
  });

  it('signs in to Graph and to Exchange of the same tenant and cloud, each in a process of its own, and out again', async () => {
    const { status } = await runInProcessOfItsOwn('-Environment', 'USGov', '-TenantId', 'tenant-a');

    expect(status).toBe(0);
    expect(called('Connect-ExchangeOnline')).toEqual([
      ['Connect-ExchangeOnline', 'O365USGovGCCHigh'],
    ]);
    expect(called('Connect-MgGraph')).toEqual([
      ['Connect-MgGraph', 'USGov', 'Process', 'tenant-a'],
    ]);
    expect(called('Disconnect-MgGraph')).toHaveLength(1);
    expect(tenant.calls().at(-1)).toEqual(['Disconnect-ExchangeOnline']);
    expect(existsSync(join(tenant.folder, 'token-cache'))).toBe(false);
  });

  it('changes nothing when it is run again', async () => {
    await inExchange({});
    const before = changes().length;

    const { status, text } = await again();

    expect(status).toBe(0);
    expect(changes()).toHaveLength(before);
    expect(text).toContain(PROVEN);
    expect(text).not.toContain('made.');
  });

  it.each([
    [
      'the service principal',
      PRINCIPAL_MADE,
      ['New-ManagementScope', 'New-ManagementRoleAssignment'],
    ],
    [
      'the scope',
      { ...PRINCIPAL_MADE, ...scope(`(Guid -eq '${SENDER}')`) },
      ['New-ManagementRoleAssignment'],
    ],
  ])('goes on where it was stopped after %s', async (_name, state, expected) => {
    const { status } = await inExchange(state);

    expect(status).toBe(0);
    expect(changes().map(([name]) => name)).toEqual(expected);
  });

  it.each(['New-ServicePrincipal', 'New-ManagementScope', 'New-ManagementRoleAssignment'])(
    'claims nothing where %s is refused, and ends the session',
    async (command) => {
      const { status, text } = await inExchange({ refuses: [command] } as unknown as TenantState);

      expect(status).toBe(1);
      expect(text).toContain("isn't allowed to run this command");
      expect(text).not.toContain('may send');
      expect(text.match(/: made\./g)?.length ?? 0).toBe(changes().length - 1);
      expect(tenant.calls().at(-1)).toEqual(['Disconnect-ExchangeOnline']);
    },
  );

  it.each([
    ['another mailbox', `Guid -eq '${OTHER}'`],
    ['this mailbox and one more', `Guid -eq '${SENDER}' -or Guid -eq '${OTHER}'`],
    ['every mailbox but one', `Guid -eq '${SENDER}' -or Guid -ne '${OTHER}'`],
  ])('narrows a scope that holds %s', async (_name, filter) => {
    const { status, text } = await inExchange({ ...DONE, ...scope(filter) });

    expect(status).toBe(0);
    expect(text).toContain('changed to this mailbox alone');
    expect(tenant.state()).toMatchObject(DONE);
  });

  it('does not say that a wide scope is proven where it may not narrow it', async () => {
    const { status, text } = await inExchange({
      ...DONE,
      ...scope(`Guid -eq '${SENDER}' -or Guid -eq '${OTHER}'`),
      refuses: ['Set-ManagementScope'],
    } as unknown as TenantState);

    expect(status).toBe(1);
    expect(text).not.toContain('may send');
    expect(text).not.toContain('changed');
  });

  it.each([
    ['on one of several pages', { pageSize: 1 }],
    ['on the only page', {}],
  ])('refuses to go on while Mail.Send is granted tenant-wide, %s', async (_name, pages) => {
    const { status, text } = await run({
      ...pages,
      grants: ['x', 'y', MAIL_SEND].map((appRoleId, n) => ({
        id: `old-${n}`,
        appRoleId,
        resourceId: GRAPH_ID,
      })),
    });

    expect(status).toBe(3);
    expect(text).toContain('a scope would restrict nothing');
    expect(text).toMatch(/--method delete --url \S+appRoleAssignments\/old-2/);
    expect(changes()).toEqual([]);
  });

  it.each([
    ['Graph refuses', { refuses: 'get' }],
    ['Graph is broken', { broken: true }],
    ['the sign-in to Graph is refused', { refuses: 'sign-in' }],
    ['the sign-in to Graph is to another tenant', { tenantId: 'tenant-b' }],
  ] as const)('changes nothing where %s', async (_name, state) => {
    const { status, text } = await run(state);

    expect(status).toBe(1);
    expect(text).toContain('could not be asked');
    expect(text).toContain('Nothing was changed in Exchange.');
    expect(changes()).toEqual([]);
  });

  it('changes nothing where the sign-in to Exchange is to another tenant', async () => {
    const { status, text } = await run({ exchangeTenant: 'tenant-b' }, '-TenantId', 'tenant-a');

    expect(status).toBe(1);
    expect(text).toContain('Exchange of tenant tenant-b, not of tenant-a');
    expect(changes()).toEqual([]);
  });

  it('leaves Graph out where somebody else has looked, and then does not speak for it', async () => {
    const { status, text } = await run({ refuses: 'sign-in' }, '-AlreadyChecked');

    expect(status).toBe(0);
    expect(called('Connect-MgGraph')).toEqual([]);
    expect(text).toContain(`In Exchange, the identity may send from ${ADDRESS} alone.`);
    expect(text).toContain('was not looked at here');
  });

  it.each([
    ['another scope', { assignments: [assignment('Everybody')] }, "for the scope 'Everybody'"],
    [
      'no scope at all, under another name',
      { assignments: [assignment(SCOPE), assignment('', 'sends everywhere')] },
      'more than this scope',
    ],
    [
      'another role in this scope',
      {
        assignments: [
          assignment(SCOPE),
          { ...assignment(SCOPE, 'reads too'), Role: 'Application Mail.Read' },
        ],
      },
      'Application Mail.Read on',
    ],
  ])('refuses an identity that Exchange grants %s', async (_name, state, words) => {
    const { status, text } = await inExchange({ ...DONE, ...state });

    expect(status).toBe(1);
    expect(text).toContain(words);
    expect(text).toContain('Remove-ManagementRoleAssignment');
    expect(text).not.toContain('may send');
  });

  it('makes nothing for a mailbox that is not there', async () => {
    const { status, text } = await inExchange({ mailboxes: [] });

    expect(status).toBe(1);
    expect(text).toContain("couldn't be found");
    expect(changes()).toEqual([]);
  });

  it('names both ids where Exchange knows the identity by another one', async () => {
    const { status, text } = await inExchange({
      servicePrincipals: [{ AppId: CLIENT, ObjectId: '99999999-9999-9999-9999-999999999999' }],
    });

    expect(status).toBe(1);
    expect(text).toContain(`object id 99999999-9999-9999-9999-999999999999, not ${PRINCIPAL}`);
  });
});

(POWERSHELL === undefined || HAS_REAL_MODULES ? describe.skip : describe)(
  'scope-mailbox.ps1 on a machine without the modules',
  () => {
    it('names the module that is missing', async () => {
      tenant = standInTenant(FRESH, { hasModules: false });

      const { status, text } = await again();

      expect(status).toBe(1);
      expect(text).toContain('Install-Module ExchangeOnlineManagement');
    });
  },
);
