import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Finding } from '../../lib/doctor/check.ts';
import { preflight, doctor } from '../../lib/doctor/doctor.ts';
import { renderFindings } from '../../lib/doctor/render-findings.ts';
import { openSession } from '../../lib/session/session.ts';
import { openState } from '../../lib/session/storage.ts';
import type { StateLocation } from '../../lib/settings/kinds.ts';
import { readSettings } from '../../lib/settings/read-settings.ts';
import { FIXTURE_USERS } from '../../lib/simulation/people/fixture-users.ts';
import type { Fault, RecordedRequest } from '../../lib/simulation/tenant-server.ts';
import { openTenantReads } from '../../lib/sources/tenant.ts';
import { withTenantPorts } from './tenant-ports.ts';
import type { TenantPortsOptions, TenantWork } from './tenant-ports.ts';

const READING = ['AuditLog.Read.All', 'Directory.Read.All', 'UserAuthenticationMethod.Read.All'];

let folder: string;
let defaultState: StateLocation;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doctor-'));
  defaultState = { kind: 'folder', path: folder };
});

afterEach(() => rm(folder, { recursive: true }));

describe('doctor', () => {
  it('finds everything in order in a tenant that is set up as it should be', async () => {
    const { findings } = await examineTenant();

    expect(findings.map(({ check, level }) => `${check} ${level}`)).toEqual([
      'settings ok',
      'token ok',
      'permissions ok',
      'sender ok',
      'licence ok',
      'clock ok',
      'memory ok',
      'schedule ok',
      'schedule ok',
      'alarm ok',
    ]);
  });

  it('sends nothing and leaves nothing in the stored state', async () => {
    const { requests } = await examineTenant();

    expect(
      requests.filter(({ path }) => path !== '/msi/token').map(({ method }) => method),
    ).toEqual(['GET', 'GET', 'GET']);
    expect((await readdir(folder)).filter((name) => !name.startsWith('.'))).toEqual([]);
  });

  it('names what the token lacks and has too much, and goes on without', async () => {
    const roles = ['AuditLog.Read.All', 'User.Read.All', 'odd\u001B[2Jrole'];

    const { findings } = await examineTenant({ roles });

    expect(of(findings, 'permissions').map(({ level, facts }) => [level, facts])).toEqual([
      ['problem', { missing: ['Directory.Read.All'] }],
      ['warning', { missing: ['UserAuthenticationMethod.Read.All'] }],
      ['problem', { missing: ['Mail.Send'] }],
      ['warning', { surplus: ['User.Read.All', '1 that cannot be shown'] }],
    ]);
    for (const check of ['sender', 'licence'] as const) {
      expect(of(findings, check)).toMatchObject([
        {
          level: 'warning',
          what: 'Not known, because Graph refused access (Authorization_RequestDenied).',
          todo: 'Grant Directory.Read.All.',
        },
      ]);
    }
    // A refusal tells the time too.
    for (const check of ['clock', 'memory'] as const)
      expect(of(findings, check)).toMatchObject([{ level: 'ok' }]);
  });

  it.each([
    ['is content without Mail.Send', READING, 'ok'],
    ['refuses Mail.Send', [...READING, 'Mail.Send'], 'problem'],
  ])('%s where sending is granted in Exchange', async (_what, roles, level) => {
    const { findings } = await examineTenant({ roles, settings: { MAILBOX_SCOPING: 'True' } });

    expect(of(findings, 'permissions')).toMatchObject([{ level }]);
  });

  it.each<[string, string, Finding['level']]>([
    ['a shared mailbox', 'mfa-report@contoso.example', 'ok'],
    ['nobody', 'nobody@contoso.example', 'problem'],
  ])('judges %s as the sender', async (_what, EMAIL_FROM, level) => {
    const { findings } = await examineTenant({ settings: { EMAIL_FROM } });

    expect(of(findings, 'sender')).toMatchObject([{ level }]);
  });

  it.each<[string, Fault, string]>([
    ['refuses', { endpoint: 'user', kind: 'noConsent' }, 'Graph refused access'],
    ['resets', { endpoint: 'user', kind: 'reset' }, 'Graph did not answer'],
    ['breaks off', { endpoint: 'user', kind: 'halfPage' }, 'Graph did not answer'],
    ['sends a gateway’s page', { endpoint: 'user', kind: 'html' }, 'Graph did not answer'],
    [
      'finds fault with the request',
      { endpoint: 'user', kind: 'status', status: 400, code: 'BadRequest' },
      'Graph’s answer could not be used (BadRequest)',
    ],
  ])('does not know the sender where Graph %s', async (_what, fault, because) => {
    const { findings } = await examineTenant({ faults: [fault] });

    const [finding] = of(findings, 'sender');
    expect(finding?.level).toBe('warning');
    expect(finding?.what).toContain(`Not known, because ${because}`);
  });

  it('says what a free tenant cannot have', async () => {
    const { findings } = await examineTenant({ licence: 'free' });

    expect(of(findings, 'licence')).toMatchObject([
      { level: 'problem', facts: { licence: 'none', retentionDays: 7 } },
    ]);
  });

  it('warns of a window that only a ledger could fill', async () => {
    const { findings } = await examineTenant({ settings: { STATE_LOCATION: 'none' } });

    expect(of(findings, 'licence')).toMatchObject([{ level: 'warning' }]);
    expect(of(findings, 'memory')).toMatchObject([{ level: 'ok' }]);
  });

  it.each([
    ['a folder that cannot be written to', '.write', ''],
    ['a folder that cannot be made', 'file', 'file/below'],
  ])('says what to do about %s', async (_what, file, path) => {
    await writeFile(join(folder, file), '');

    const { findings, lines } = await examineTenant({
      settings: { STATE_LOCATION: `folder:${join(folder, path)}` },
    });

    expect(of(findings, 'memory')).toMatchObject([
      { level: 'problem', todo: expect.stringContaining('STATE_LOCATION') as unknown },
    ]);
    // An alert listens to this event, and nothing was lost.
    expect(lines.map(({ event }) => event)).not.toContain('memory.lost');
  });

  it('names every setting that cannot be used, and checks what does not need them', async () => {
    const { findings } = await examineTenant({
      settings: {
        EMAIL_TO: 'not an address',
        REPORT_SCHEDULE: 'daily',
        DAYS_TO_CHECK_LOGS: '0',
        LEDGER_RETENTION_DAYS: '1',
        STATE_LOCATION: 'cloud',
      },
    });

    expect(of(findings, 'settings').map(({ what }) => what.split(' ')[0])).toEqual([
      'REPORT_SCHEDULE',
      'DAYS_TO_CHECK_LOGS',
      'EMAIL_TO',
      'STATE_LOCATION',
    ]);
    expect(
      findings.filter(({ what }) => what.startsWith('Not checked')).map(({ check }) => check),
    ).toEqual(['licence', 'memory', 'schedule', 'alarm']);
    expect(of(findings, 'sender')).toMatchObject([{ level: 'ok' }]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('asks nobody for a token where it is not said whom', async () => {
    const { requests } = await examineTenant({ settings: { GRAPH_AUTH: 'manged-identity' } });

    expect(requests).toEqual([]);
  });

  it('goes on without a token', async () => {
    const { findings } = await examineTenant({
      faults: [{ endpoint: 'token', kind: 'status', status: 400 }],
    });

    expect(of(findings, 'token')).toMatchObject([
      { level: 'problem', todo: expect.stringContaining('GRAPH_AUTH') as unknown },
    ]);
    expect(findings.filter(({ what }) => what.includes('there is no token'))).toHaveLength(4);
    expect(of(findings, 'memory')).toMatchObject([{ level: 'ok' }]);
  });
});

describe('preflight', () => {
  it('logs at the start of a run that all is in order', async () => {
    const { lines } = await preflightOnTenant();

    expect(lines).toEqual([
      {
        level: 'info',
        event: 'run.checked',
        facts: {
          problems: 0,
          warnings: 0,
          missing: [],
          surplus: [],
          findings: [],
          licence: 'P1',
          retentionDays: 30,
          memory: 'kept',
          sender: 'unlicensed',
          isSenderEnabled: false,
          skewSeconds: expect.any(Number) as unknown,
        },
      },
    ]);
  });

  it('logs what is wrong and what to do', async () => {
    const { lines } = await preflightOnTenant({ roles: [...READING, 'User.Read.All'] });

    expect(lines).toMatchObject([
      {
        level: 'warn',
        event: 'run.checked',
        facts: {
          problems: 1,
          warnings: 1,
          missing: ['Mail.Send'],
          surplus: ['User.Read.All'],
          findings: [
            expect.stringMatching(/^permissions: Mail\.Send is missing: .+ Grant Mail\.Send with/),
            expect.stringContaining('User.Read.All'),
          ] as unknown,
        },
      },
    ]);
  });

  it('does not wait for an answer that does not come', async () => {
    const { findings, lines } = await preflightOnTenant({
      faults: [{ endpoint: 'user', kind: 'hang' }],
    });

    expect(of(findings, 'sender')).toMatchObject([
      { level: 'warning', what: 'Not known, because it took too long for the start of a run.' },
    ]);
    expect(lines.map(({ event }) => event)).toEqual(['run.checked']);
  });
});

interface Examined {
  readonly findings: readonly Finding[];
  readonly requests: readonly RecordedRequest[];
  readonly lines: TenantWork['lines'];
}

function examineTenant(options: TenantPortsOptions = {}): Promise<Examined> {
  return withTenantPorts(options, async ({ ports, tenant, lines }) => {
    const findings = await doctor({ ports, defaultState });
    assertDiscreet({ findings, text: renderFindings(findings), lines });
    return { findings, requests: tenant.requests, lines };
  });
}

function preflightOnTenant(options: TenantPortsOptions = {}): Promise<Examined> {
  return withTenantPorts(options, async ({ ports, tenant, lines }) => {
    const settings = readSettings(ports.environment, { isSending: true });
    const session = openSession(settings, ports);
    try {
      const state = await openState(settings, ports, defaultState);
      const { graph } = session;
      const tenantReads = openTenantReads({ graph, onProgress: () => undefined });
      const context = { ports, settings, session, tenant: tenantReads, state };
      const findings = await preflight({ ...context, startedAt: ports.clock() });
      assertDiscreet({ findings, text: renderFindings(findings), lines });
      return { findings, requests: tenant.requests, lines };
    } finally {
      session.close();
    }
  });
}

/** No token, no address, no name of a person, no folder of this machine and nothing that moves a cursor. */
function assertDiscreet(said: Omit<Examined, 'requests'> & { readonly text: string }): void {
  const all = JSON.stringify(said);
  // The form of an address may be shown, as name@domain.
  expect(all).not.toMatch(/eyJ|Bearer|@(?!domain)/);
  expect(all).not.toContain(folder);
  expect(said.text).not.toMatch(/(?!\n)\p{Cc}/u);
  const named = FIXTURE_USERS.filter(
    ({ displayName }) => displayName.length > 1 && all.includes(displayName),
  );
  expect(named).toEqual([]);
}

function of(findings: readonly Finding[], check: Finding['check']): readonly Finding[] {
  return findings.filter((finding) => finding.check === check);
}
