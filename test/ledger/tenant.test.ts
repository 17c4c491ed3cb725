import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectToGraph } from '../../lib/graph/client.ts';
import { RateLimiter } from '../../lib/graph/rate-limit.ts';
import { createTransport } from '../../lib/graph/transport.ts';
import { isComplete } from '../../lib/ledger/day-document.ts';
import type { DayContent } from '../../lib/ledger/day-document.ts';
import { SignInLedger } from '../../lib/ledger/ledger.ts';
import { updateLedger } from '../../lib/ledger/update-ledger.ts';
import { graphOrigin } from '../../lib/sign-ins/origin.ts';
import { startSimulatedTenant } from '../../lib/simulation/tenant-server.ts';
import type { SimulatedTenant } from '../../lib/simulation/tenant-server.ts';
import type { Reader } from '../../lib/sources/collection.ts';
import { PeopleIndex } from '../../lib/sources/people-index.ts';
import { openStore } from '../../lib/storage/open-store.ts';
import type { StoreLocation } from '../../lib/storage/open-store.ts';
import { createVolatileStore } from '../../lib/storage/store.ts';
import type { Store } from '../../lib/storage/store.ts';
import { tokenFrom } from '../simulation/tenant-client.ts';
import { startAzurite } from '../support/azurite.ts';
import type { Azurite } from '../support/azurite.ts';
import { extentOf } from '../support/extent.ts';
import { DAY_MS, dayOf, HOUR_MS, linesOf, TENANT } from './a-ledger.ts';

const FIRST_RUN_AT = Date.parse('2026-11-21T06:00:00Z');
/** A digest, an ingest, one just after midnight, a digest, a gap, and the morning after it. */
const RUNS_AT = [0, 3.4, 18.2, 24, 130, 144].map((hours) => FIRST_RUN_AT + hours * HOUR_MS);
const LAST_RUN_AT = RUNS_AT.at(-1) ?? FIRST_RUN_AT;

let now = FIRST_RUN_AT;
let tenant: SimulatedTenant;
let azurite: Azurite;
let folder: string;
let transport: ReturnType<typeof createTransport>;

beforeAll(async () => {
  [tenant, azurite, folder] = await Promise.all([
    startSimulatedTenant({ clock: () => new Date(now), people: 300, signIns: 9_000 }),
    startAzurite(),
    mkdtemp(join(tmpdir(), 'ledger-')),
  ]);
  transport = createTransport();
});

afterAll(async () => {
  transport.close();
  await Promise.all([tenant.close(), azurite.close(), rm(folder, { recursive: true })]);
});

const locations: Record<string, () => StoreLocation> = {
  'a folder': () => ({ kind: 'folder', path: join(folder, 'state') }),
  'blob storage': () => ({ kind: 'blob', container: 'ledger' }),
};

async function aReader(): Promise<Reader> {
  const token = await tokenFrom(tenant);
  const graph = connectToGraph(new URL(tenant.origin), {
    send: transport.send,
    token: () => Promise.resolve(token),
    limiter: new RateLimiter(
      0,
      () => now,
      () => Promise.resolve(),
    ),
    now: () => now,
    random: () => 0,
    sleep: () => Promise.resolve(),
    log: () => undefined,
    endsAt: Infinity,
  });
  return { graph, signal: new AbortController().signal, onProgress: () => undefined };
}

async function update(store: Store): Promise<SignInLedger> {
  const ledger = new SignInLedger(store, TENANT, new Date(now));
  const origin = graphOrigin(await aReader(), now);
  const { reads } = origin;
  await updateLedger(ledger, {
    origin,
    people: new PeopleIndex(),
    now,
    overlapDays: 2,
    isForReport: false,
    from: now - 90 * DAY_MS,
    keptFrom: dayOf(now - 400 * DAY_MS),
    isWriting: () => true,
  });
  expect([reads.interactive.cause, reads.nonInteractive.cause]).toEqual([undefined, undefined]);
  return ledger;
}

async function completeDays(ledger: SignInLedger): Promise<readonly DayContent[]> {
  const days: DayContent[] = [];
  for (const day of await ledger.dayNames()) {
    const content = await ledger.day(day);
    if (content !== undefined && isComplete(content)) days.push(content);
  }
  return days;
}

describe.each(extentOf(Object.keys(locations)))(
  'a ledger of the simulated tenant in %s',
  (place) => {
    let ledger: SignInLedger;

    beforeAll(async () => {
      const environment = { AzureWebJobsStorage: azurite.connectionString };
      const store = await openStore(locations[place]!(), environment, { now: () => new Date(now) });
      for (const at of RUNS_AT) {
        now = at;
        ledger = await update(store!);
      }
    });

    it('equals one reading of everything that Graph still holds', async () => {
      now = LAST_RUN_AT;
      const expected = await completeDays(await update(createVolatileStore()));

      const days = new Map((await completeDays(ledger)).map((content) => [content.day, content]));

      expect(expected.length).toBeGreaterThanOrEqual(28);
      for (const content of expected) {
        expect(linesOf(days.get(content.day)!)).toEqual(linesOf(content));
      }
    });

    it('keeps the days that Graph has dropped since', async () => {
      const days = await completeDays(ledger);

      expect(days.at(0)?.day).toBe('2026-10-23');
      expect(days).toHaveLength(35);
    });

    it('takes at most 64 bytes for a person and day', async () => {
      let [bytes, people] = [0, 0];
      for (const content of await completeDays(ledger)) {
        bytes += JSON.stringify(content).length;
        people += new Set(linesOf(content).map((line) => line.slice(0, 36))).size;
      }

      expect(people).toBeGreaterThan(1_000);
      expect(bytes / people).toBeLessThan(64);
    });
  },
);
