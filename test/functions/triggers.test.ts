import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { bundleFunctions } from '../../lib/packaging/bundle.ts';
import { startSimulatedTenant } from '../../lib/simulation/tenant-server.ts';
import type { SimulatedTenant } from '../../lib/simulation/tenant-server.ts';
import { startAzurite } from '../support/azurite.ts';
import { copyRepository } from '../support/repository-copy.ts';
import { bodyOf, eventsOf, invokeCold, post, startHost, tick } from './start-host.ts';
import type { Host } from './start-host.ts';
import type { HostOutput } from './stand-in-host.ts';

let root: string;
let bundle: string;
let host: Host;
beforeAll(async () => {
  root = await copyRepository();
  bundle = join(root, 'dist/functions.cjs');
  await bundleFunctions(root);
  host = startHost(bundle);
});
afterAll(async () => {
  await host.end();
  await rm(root, { recursive: true });
});

let tenant: SimulatedTenant;
let settings: Readonly<Record<string, string>>;
let stateFolder: string;
beforeEach(async () => {
  tenant = await startSimulatedTenant({ people: 0 });
  stateFolder = await mkdtemp(join(tmpdir(), 'state-'));
  settings = { ...tenant.settings, STATE_LOCATION: `folder:${stateFolder}` };
});
afterEach(async () => {
  await tenant.close();
  await rm(stateFolder, { recursive: true });
});

describe('the bundle', () => {
  let loaded: HostOutput;
  beforeAll(async () => {
    loaded = await host.load();
  });

  it('registers the triggers with their schedules and their key, without any setting', () => {
    const bindings = loaded.registered.map(({ name, bindings: all }) => [
      name,
      Object.values(all)[0],
    ]);
    expect(Object.fromEntries(bindings)).toEqual({
      'scheduled-report': expect.objectContaining({
        type: 'timerTrigger',
        schedule: '%REPORT_SCHEDULE%',
        useMonitor: true,
      }),
      'ingest-sign-ins': expect.objectContaining({
        type: 'timerTrigger',
        schedule: '%INGEST_SCHEDULE%',
        useMonitor: true,
      }),
      'report-now': expect.objectContaining({
        type: 'httpTrigger',
        authLevel: 'function',
        methods: ['POST'],
      }),
    });
  });

  it('never asks to run whenever the host starts', () => {
    expect(JSON.stringify(loaded.registered)).not.toMatch(/runOnStartup":(?!false)/);
  });

  it('is quiet while it loads', () => {
    expect(loaded.logs).toEqual([]);
  });
});

describe('scheduled-report', () => {
  it('sends the digest and says so in lines of JSON', async () => {
    const output = await invokeCold(bundle, settings, tick('scheduled-report', true));

    expect(output.error).toBeUndefined();
    expect(tenant.mails).toHaveLength(1);
    const events = eventsOf(output);
    expect(events[0]).toMatchObject({ event: 'run.started', trigger: 'schedule', isPastDue: true });
    expect(events.map(({ event }) => event)).toContain('mail.sent');
    expect(output.logs.every(({ message }) => !message.includes('\n'))).toBe(true);
  });

  it('counts sign-ins in a workspace with what the bundle has of its client', async () => {
    const all = { ...settings, ...tenant.workspaceSettings, SIGN_IN_SOURCE: 'log-analytics' };

    const output = await host.invoke(all, tick('scheduled-report'));

    expect(output.error).toBeUndefined();
    expect(tenant.mails).toHaveLength(1);
    expect(tenant.requests.filter(({ path }) => path.startsWith('/v1/')).length).toBeGreaterThan(4);
    expect(eventsOf(output)).toContainEqual(
      expect.objectContaining({ event: 'report.built', isPartial: false }),
    );
  });

  it('keeps its state in Blob Storage with what the bundle has of its client', async () => {
    const azurite = await startAzurite();
    const { STATE_LOCATION: _, ...all } = settings;
    const stored = { ...all, AzureWebJobsStorage: azurite.connectionString };
    try {
      const first = await host.invoke(stored, tick('scheduled-report'));
      const second = await invokeCold(bundle, stored, tick('scheduled-report'));

      expect([first.error, second.error]).toEqual([undefined, undefined]);
      // The second finds what the first has written: the mail of this scheduled run.
      expect(tenant.mails).toHaveLength(1);
    } finally {
      await azurite.close();
    }
  });

  it.each(['registrations', 'interactiveSignIns'] as const)(
    'sends what it has where Graph throttles the %s until after the end of the run',
    async (endpoint) => {
      tenant.addFault({ endpoint, kind: 'throttled', retryAfterSeconds: 3600 });

      const output = await host.invoke(settings, tick('scheduled-report'));

      expect(output.error).toBeUndefined();
      expect(eventsOf(output).map(({ event }) => event)).toContain('report.partial');
      const mail = await PostalMime.parse(String(tenant.mails[0]?.body));
      expect(mail.subject).toMatch(/^PARTIAL/);
      expect(mail.text?.replaceAll(/\s+/g, ' ')).toContain(
        'Graph throttled the requests until the run ended',
      );
    },
  );

  it('names nobody in the log', async () => {
    const { logs } = await host.invoke(settings, tick('scheduled-report'));

    expect(JSON.stringify(logs)).not.toMatch(/@|contoso|eyJ/i);
  });

  it('logs waits only where DEBUG_OUTPUT asks for it', async () => {
    const throttled = { endpoint: 'organization', kind: 'throttled', times: 1 } as const;
    const isWaiting = ({ event }: Readonly<Record<string, unknown>>) => event === 'graph.waited';

    tenant.addFault({ ...throttled, retryAfterSeconds: 1 });
    const quiet = await host.invoke(settings, post({ send: 'false' }));
    tenant.addFault({ ...throttled, retryAfterSeconds: 1 });
    const verbose = await host.invoke(
      { ...settings, DEBUG_OUTPUT: 'True' },
      post({ send: 'false' }),
    );

    expect(eventsOf(quiet).some(isWaiting)).toBe(false);
    expect(eventsOf(verbose).some(isWaiting)).toBe(true);
  });

  it('fails the invocation when the run fails', async () => {
    tenant.addFault({ endpoint: 'users', kind: 'noConsent' });

    const output = await host.invoke(settings, tick('scheduled-report'));

    expect(output.error?.name).toBe('MailerError');
    expect(eventsOf(output).at(-1)).toMatchObject({ event: 'run.failed', code: 'graph_denied' });
    expect(output.logs.at(-1)?.level).toBe('error');
    expect(tenant.mails).toEqual([]);
  });

  it('names every setting that cannot be used, when it is invoked and not before', async () => {
    const output = await invokeCold(
      bundle,
      { DAYS_TO_CHECK_LOGS: 'many', ATTACH_CSV: 'maybe' },
      tick('scheduled-report'),
    );

    expect(output.registered).toHaveLength(3);
    expect(output.error?.name).toBe('SettingsError');
    for (const setting of ['DAYS_TO_CHECK_LOGS', 'ATTACH_CSV', 'EMAIL_FROM', 'EMAIL_TO']) {
      expect(output.error?.message).toContain(setting);
    }
  });
});

describe('ingest-sign-ins', () => {
  it('moves the ledger and mails nothing', async () => {
    const output = await host.invoke(settings, tick('ingest-sign-ins'));

    expect(output.error).toBeUndefined();
    expect(eventsOf(output).map(({ event }) => event)).toContain('ledger.moved');
    expect(tenant.mails).toEqual([]);
  });
});

describe('report-now', () => {
  it('shows the mail and sends nothing with send=false', async () => {
    const output = await host.invoke(settings, post({ send: 'false' }));

    const { statusCode, headers } = output.response!.returnValue!.http!;
    expect(statusCode).toBe('200');
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringMatching(/^default-src 'none';/),
    });
    expect(bodyOf(output)).toMatch(/^<!doctype html>/i);
    expect(tenant.mails).toEqual([]);
  });

  it('sends the digest as one on demand and answers with counts', async () => {
    const output = await host.invoke(settings, post());

    const answer = JSON.parse(bodyOf(output)) as Readonly<Record<string, unknown>>;
    expect(answer).toMatchObject({
      outcome: 'sent',
      isPartial: false,
      inScope: expect.any(Number),
      hits: { impact: { people: { kind: 'exact', value: expect.any(Number) } } },
    });
    const mail = await PostalMime.parse(String(tenant.mails[0]?.body));
    expect(mail.subject).toMatch(/^On demand – /);
  });

  it('names nobody in its answer', async () => {
    const output = await host.invoke(settings, post());

    expect(bodyOf(output)).not.toMatch(/@|contoso/i);
  });

  it.each([{ send: 'fasle' }, { sent: 'false' }, { send: 'false', record: 'true' }])(
    'refuses %j before it reads anything',
    async (query) => {
      const output = await host.invoke(settings, post(query));

      expect(output.response?.returnValue?.http?.statusCode).toBe('400');
      expect(tenant.requests).toEqual([]);
    },
  );

  it('fails the invocation when the run fails', async () => {
    tenant.addFault({ endpoint: 'sendMail', kind: 'noMailbox' });

    const output = await host.invoke(settings, post());

    expect(output.error?.name).toBe('MailerError');
    expect(eventsOf(output).at(-1)).toMatchObject({ event: 'run.failed', code: 'mail_rejected' });
  });
});
