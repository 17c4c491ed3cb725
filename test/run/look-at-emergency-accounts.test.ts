import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ingest } from '../../lib/run/ingest.ts';
import { startSimulatedTenant } from '../../lib/simulation/tenant-server.ts';
import type { SimulatedTenant, SimulationOptions } from '../../lib/simulation/tenant-server.ts';
import { startHastyTime } from '../support/hasty-time.ts';
import { relayIdentityTo } from '../support/identity-relay.ts';
import type { LogLine } from '../support/run-on-tenant.ts';

// Used every day, and never.
const USED = 'rafael.montoya@contoso.example';
const QUIET = 'jutta.riedel@contoso.example';

let folder: string;
let tenant: SimulatedTenant | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emergency-look-'));
});

afterEach(async () => {
  await tenant?.close();
  await rm(folder, { recursive: true });
});

interface LookOptions extends SimulationOptions {
  readonly at: string;
  readonly accounts: string;
}

/** The log of one ingest run at an instant, with the stored state of those before it. */
async function ingestAt({ at, accounts, ...options }: LookOptions): Promise<readonly LogLine[]> {
  const time = startHastyTime(new Date(at));
  await tenant?.close();
  tenant = await startSimulatedTenant({
    clock: time.clock,
    story: { lastDay: new Date('2026-11-21T06:00:00Z') },
    people: 0,
    ...options,
  });
  const { IDENTITY_ENDPOINT = '', IDENTITY_HEADER = '' } = tenant.settings;
  await relayIdentityTo(IDENTITY_ENDPOINT, IDENTITY_HEADER);
  const lines: LogLine[] = [];
  await ingest({
    ports: {
      environment: {
        ...tenant.settings,
        STATE_LOCATION: `folder:${folder}`,
        BREAK_GLASS_ACCOUNTS: accounts,
      },
      clock: time.clock,
      random: () => 0,
      sleep: time.sleep,
      log: (level, event, facts = {}) => lines.push({ level, event, facts }),
      onProgress: () => undefined,
      prompt: () => undefined,
    },
  });
  return lines;
}

const isUse = ({ event }: LogLine) => event === 'emergency-account.used';

describe('the run between digests', () => {
  it('logs one event with counts and no name where an emergency account was used', async () => {
    const lines = await ingestAt({ at: '2026-11-21T05:20:00Z', accounts: `${USED};${QUIET}` });

    const used = lines.filter(isUse);
    expect(used).toHaveLength(1);
    expect(used[0]?.facts).toMatchObject({ accounts: 1 });
    expect(used[0]?.facts['signIns']).toBeGreaterThan(0);
    expect(JSON.stringify(used)).not.toContain('contoso');
  });

  it('logs nothing where none was used', async () => {
    const lines = await ingestAt({ at: '2026-11-21T05:20:00Z', accounts: QUIET });

    expect(lines.filter(isUse)).toEqual([]);
  });

  it('tells a use once, and not again at the next look', async () => {
    const first = await ingestAt({ at: '2026-11-21T05:20:00Z', accounts: USED });
    const second = await ingestAt({ at: '2026-11-21T05:50:00Z', accounts: USED });

    expect([first.filter(isUse).length, second.filter(isUse).length]).toEqual([1, 0]);
  });

  it('looks again at what it could not read', async () => {
    const faults = [{ endpoint: 'emergencySignIns', kind: 'noConsent' }] as const;
    const failed = await ingestAt({ at: '2026-11-21T05:20:00Z', accounts: USED, faults });
    const mended = await ingestAt({ at: '2026-11-21T09:20:00Z', accounts: USED });

    expect([failed.filter(isUse).length, mended.filter(isUse).length]).toEqual([0, 1]);
  });

  it('asks nothing of the kind where no account is configured', async () => {
    await ingestAt({ at: '2026-11-21T05:20:00Z', accounts: '' });

    const asked =
      tenant?.requests.map(({ path, query }) => `${path} ${query['$filter'] ?? ''}`) ?? [];
    expect(asked.filter((url) => /\/methods|userPrincipalName eq/.test(url))).toEqual([]);
  });
});
