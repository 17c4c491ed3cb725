import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ingest } from '../../lib/run/ingest.ts';
import { startSimulatedTenant } from '../../lib/simulation/tenant-server.ts';
import { extentOf } from '../support/extent.ts';
import { startHastyTime } from '../support/hasty-time.ts';
import { relayIdentityTo } from '../support/identity-relay.ts';
import { reportOf, runOnTenant, TODAY } from '../support/run-on-tenant.ts';
import type { RunResult } from '../support/run-on-tenant.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const YESTERDAY = new Date(TODAY.getTime() - DAY_MS);

let folder: string;
let settings: Readonly<Record<string, string>>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clock-'));
  settings = { STATE_LOCATION: `folder:${folder}`, SEND_WHEN: 'changes' };
});
afterEach(() => rm(folder, { recursive: true }));

/** Every document with its bytes; the store's own files are none. */
async function contents(): Promise<ReadonlyMap<string, string>> {
  const read = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || path.slice(folder.length).includes('/.')) continue;
    read.set(path.slice(folder.length), (await readFile(path)).toString('base64'));
  }
  return read;
}

function clockLines({ lines }: RunResult) {
  return lines.filter(({ event }) => event === 'clock.wrong').map(({ facts }) => facts);
}

describe('a run whose clock is more than five minutes away from Graph’s', () => {
  it.each(
    extentOf([
      ['a year ahead', 365 * DAY_MS, '365 days ahead of Graph’s'],
      ['six years behind', -2190 * DAY_MS, '2,190 days behind Graph’s'],
      ['six minutes ahead', 6 * MINUTE_MS, '6 minutes ahead of Graph’s'],
    ] as const),
  )('S05: goes by Graph’s, says so and records nothing: %s', async (_, clockAheadMs, words) => {
    await runOnTenant({ settings, startsAt: YESTERDAY, story: { lastDay: TODAY } });
    const before = await contents();

    const wrong = await runOnTenant({ settings, clockAheadMs });

    expect(await contents()).toEqual(before);
    expect(clockLines(wrong)).toEqual([{ skewSeconds: clockAheadMs / 1000 }]);
    expect(wrong.words).toContain(`The clock of the machine that made this report is ${words}.`);
    expect(wrong.words).toContain('Nothing of it is recorded');
    expect(reportOf(wrong).generatedAt).toBe(TODAY.toISOString());
  });

  it('tells the same as a run whose clock is right', async () => {
    await runOnTenant({ settings, startsAt: YESTERDAY, story: { lastDay: TODAY } });
    const wrong = reportOf(await runOnTenant({ settings, clockAheadMs: 40 * DAY_MS }));

    const right = reportOf(await runOnTenant({ settings }));

    const standings = ({ people }: typeof right) =>
      people.map(({ user, standing }) => [user.id, standing]);
    expect(standings(wrong)).toEqual(standings(right));
    expect(wrong.history).toEqual(right.history);
    expect(wrong.coverage).toEqual(right.coverage);
  });

  it('sends no second digest for a day that has had its own', async () => {
    await runOnTenant({ settings });

    const wrong = await runOnTenant({
      settings,
      startsAt: new Date(TODAY.getTime() + 60 * MINUTE_MS),
      clockAheadMs: 40 * DAY_MS,
    });

    expect(wrong.summary?.outcome).toBe('already-done');
    expect(wrong.sentMails).toEqual([]);
  });

  it('updates no ledger between digests', async () => {
    await runOnTenant({ settings });
    const before = await contents();
    const tenant = await startSimulatedTenant({ clock: () => TODAY, people: 0 });
    const { IDENTITY_ENDPOINT = '', IDENTITY_HEADER = '' } = tenant.settings;
    await relayIdentityTo(IDENTITY_ENDPOINT, IDENTITY_HEADER);
    const events: string[] = [];
    try {
      await ingest({
        ports: {
          environment: { ...tenant.settings, ...settings },
          clock: () => new Date(TODAY.getTime() + 40 * DAY_MS),
          random: () => 0,
          sleep: startHastyTime(TODAY).sleep,
          log: (_level, event) => events.push(event),
          onProgress: () => undefined,
          prompt: () => undefined,
        },
      });
    } finally {
      await tenant.close();
    }

    expect(events).toContain('clock.wrong');
    expect(events).toContain('ledger.unchanged');
    expect(await contents()).toEqual(before);
  });
});

describe('a run whose clock is less than five minutes away from Graph’s', () => {
  it('goes by its own and records as ever', async () => {
    const run = await runOnTenant({ settings, clockAheadMs: 4 * MINUTE_MS });

    expect(clockLines(run)).toEqual([]);
    expect(run.words).not.toContain('clock');
    expect((await contents()).size).toBeGreaterThan(30);
  });
});
