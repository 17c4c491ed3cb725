import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openStore } from '../../lib/storage/open-store.ts';
import { startAzurite } from '../support/azurite.ts';
import type { Azurite } from '../support/azurite.ts';
import { readFirstWord, startStoreChild } from '../support/start-store-child.ts';

/** The shortest that Azure Storage knows. */
const LEASE_MS = 15_000;

let azurite: Azurite;
let folder: string;

beforeAll(async () => {
  azurite = await startAzurite();
  folder = await mkdtemp(join(tmpdir(), 'killed-'));
});

afterAll(async () => {
  await azurite.close();
  await rm(folder, { recursive: true });
});

describe('the lease of a process that is killed', () => {
  it.each(['blob', 'folder'] as const)('is passed on, in a %s store', async (kind) => {
    const location =
      kind === 'blob' ? { kind, container: 'killed' } : { kind, path: join(folder, 'state') };
    const environment = { AzureWebJobsStorage: azurite.connectionString };
    const store = await openStore(location, environment, {
      now: () => new Date(),
      leaseMs: LEASE_MS,
    });
    const child = startStoreChild({
      job: 'lease',
      location,
      environment,
      leaseMs: LEASE_MS,
      times: 0,
    });
    const said = await readFirstWord(child);
    const whileItLives = await store?.acquireLease('ledger');

    child.kill('SIGKILL');
    await once(child, 'exit');
    let taken = await store?.acquireLease('ledger');
    for (let tries = 0; taken === undefined && tries < 40; tries++) {
      await sleep(500);
      taken = await store?.acquireLease('ledger');
    }

    expect(said).toBe('held');
    expect(whileItLives).toBeUndefined();
    expect(taken).toBeDefined();
    await taken?.release();
  });
});
