import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runPrefix } from '../../lib/delivery/run-record.ts';
import { answerOnDemand } from '../../lib/host/answer-on-demand.ts';
import type { Ports } from '../../lib/session/ports.ts';
import { startSimulatedTenant } from '../../lib/simulation/tenant-server.ts';
import type { SimulatedTenant } from '../../lib/simulation/tenant-server.ts';
import { openStore } from '../../lib/storage/open-store.ts';
import { startHastyTime } from '../support/hasty-time.ts';
import { relayIdentityTo } from '../support/identity-relay.ts';

const NINE = new Date('2026-11-21T09:00:00Z');
const MINUTE_MS = 60_000;

let tenant: SimulatedTenant;
let folder: string;
let events: string[];
let now: Date;
beforeEach(async () => {
  now = NINE;
  events = [];
  tenant = await startSimulatedTenant({ clock: () => now, people: 0 });
  folder = await mkdtemp(join(tmpdir(), 'state-'));
  const { IDENTITY_ENDPOINT = '', IDENTITY_HEADER = '' } = tenant.settings;
  await relayIdentityTo(IDENTITY_ENDPOINT, IDENTITY_HEADER);
});
afterEach(async () => {
  await tenant.close();
  await rm(folder, { recursive: true });
});

function aHost(): Ports {
  return {
    environment: { ...tenant.settings, STATE_LOCATION: `folder:${folder}` },
    clock: () => now,
    random: () => 0,
    sleep: startHastyTime(NINE, { passesLimits: false }).sleep,
    log: (_level, event) => events.push(event),
    onProgress: () => undefined,
    prompt: () => undefined,
  };
}

const ask = (query = '') => answerOnDemand(new URLSearchParams(query), aHost());

async function answered(query = ''): Promise<unknown> {
  const { status, jsonBody } = await ask(query);
  return { status, ...(jsonBody as object) };
}

describe('a digest on demand', () => {
  it('S08: is mailed once where 25 ask at the same time, and the others hear what is under way', async () => {
    const answers = await Promise.all(Array.from({ length: 25 }, () => ask()));

    const refused = answers.filter(({ status }) => status === 409);
    expect(tenant.mails).toHaveLength(1);
    expect(refused).toHaveLength(24);
    expect(refused[0]?.jsonBody).toEqual({
      problem: `A digest on demand is under way since ${NINE.toISOString()}. Ask again when it is done.`,
    });
    expect(refused[0]?.headers).toMatchObject({ 'retry-after': '60' });
    expect(events.filter((event) => event === 'run.refused')).toHaveLength(24);
  });

  it('is not mailed again within five minutes, and says when it can be', async () => {
    await ask();
    now = new Date(NINE.getTime() + 2 * MINUTE_MS);

    const { status, headers, jsonBody } = await ask();

    expect(status).toBe(429);
    expect(headers).toMatchObject({ 'retry-after': '180' });
    expect(jsonBody).toEqual({ problem: expect.stringContaining('in 180 seconds') });
    expect(tenant.mails).toHaveLength(1);
    expect(events).toContain('run.refused');
  });

  it('is mailed again after five minutes, and after a clock that was ahead', async () => {
    now = new Date(NINE.getTime() + 60 * MINUTE_MS);
    await ask();
    now = NINE;
    await ask();
    now = new Date(NINE.getTime() + 5 * MINUTE_MS);
    await ask();

    expect(tenant.mails).toHaveLength(3);
  });

  it('can be looked at within the pause', async () => {
    await ask();

    expect(await ask('send=false')).toMatchObject({ status: 200 });
  });

  it('waits while the scheduled digest is being made', async () => {
    const store = await openStore({ kind: 'folder', path: folder }, {}, { now: () => now });
    const tenantId = await tenantIdOf();
    const occurrence = new Date('2026-11-21T06:00:00Z');
    const scheduled = await store?.acquireLease(`${runPrefix(tenantId, occurrence)}claim`);

    const answer = await answered();
    await scheduled?.release();

    expect(answer).toEqual({
      status: 409,
      problem: expect.stringMatching(/^The scheduled digest is being made/),
    });
    expect(tenant.mails).toEqual([]);
  });

  it.each([
    'send=true&send=false',
    'record=true&record=true',
    'check=1',
    'check=true&check=true',
    'check=true&send=true',
    'sned=false',
  ])('refuses %s and names what can be given', async (query) => {
    expect(await answered(query)).toMatchObject({ status: 400, problem: expect.any(String) });
    expect(tenant.requests).toEqual([]);
  });

  it('answers a check with what doctor finds, without a mail and without anybody’s address', async () => {
    const { status, headers, jsonBody } = await ask('check=true');

    const { findings } = jsonBody as { readonly findings: readonly { readonly check: string }[] };
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(jsonBody).toMatchObject({ problems: 0 });
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['settings', 'token', 'permissions', 'sender', 'memory', 'alarm']),
    );
    expect(JSON.stringify(jsonBody)).not.toMatch(/@contoso/);
    expect(tenant.mails).toEqual([]);
    expect(events).toContain('run.checked');
    expect(events).not.toContain('report.built');
  });

  it('answers a check where nothing could be sent: no recipient, no token', async () => {
    const without = answerOnDemand(new URLSearchParams('check=true'), {
      ...aHost(),
      environment: { STATE_LOCATION: 'none', GRAPH_AUTH: 'environment' },
    });

    const { status, jsonBody } = await without;

    const { problems, findings } = jsonBody as {
      readonly problems: number;
      readonly findings: readonly { readonly what: string }[];
    };
    expect(status).toBe(200);
    expect(problems).toBeGreaterThanOrEqual(3);
    expect(findings.map(({ what }) => what)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^EMAIL_TO is missing/)]),
    );
  });

  it('makes one check at a time, and none while the scheduled digest is being made', async () => {
    const answers = await Promise.all([ask('check=true'), ask('check=true')]);
    const store = await openStore({ kind: 'folder', path: folder }, {}, { now: () => now });
    const tenantId = await tenantIdOf();
    const occurrence = new Date('2026-11-21T06:00:00Z');
    const scheduled = await store?.acquireLease(`${runPrefix(tenantId, occurrence)}claim`);

    const waiting = await answered('check=true');
    await scheduled?.release();

    expect(answers.map(({ status }) => status)).toEqual([200, 409]);
    expect(answers[1]?.jsonBody).toEqual({
      problem: expect.stringMatching(/^A check is under way/),
    });
    expect(waiting).toEqual({
      status: 409,
      problem: expect.stringMatching(/^The scheduled digest is being made/),
    });
  });

  it('takes the address that the portal gives, with the key and its name in it', async () => {
    expect(await ask('code=aKey%3D%3D&clientId=default')).toMatchObject({ status: 200 });
  });

  it('names the header of the key where it is asked for in another way', async () => {
    expect(await answered('key=aKey')).toMatchObject({
      status: 400,
      problem: expect.stringContaining('x-functions-key'),
    });
  });
});

/** The tenant as the token names it: what the state is kept under. */
async function tenantIdOf(): Promise<string> {
  await ask('send=false');
  const store = await openStore({ kind: 'folder', path: folder }, {}, { now: () => now });
  for await (const name of store?.list('ledger/') ?? []) return name.split('/')[1] ?? '';
  throw new Error('The preview kept no ledger.');
}
