import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openStore } from '../../lib/storage/open-store.ts';
import type { StoreLocation } from '../../lib/storage/open-store.ts';
import type { Store } from '../../lib/storage/store.ts';
import { startAzurite } from '../support/azurite.ts';
import type { Azurite } from '../support/azurite.ts';
import { runsOf } from '../support/extent.ts';
import { startStoreChild } from '../support/start-store-child.ts';

const MIN_LEASE_MS = 15_000;

let azurite: Azurite;
let folder: string;
let places = 0;

beforeAll(async () => {
  azurite = await startAzurite();
  folder = await mkdtemp(join(tmpdir(), 'store-'));
});

afterAll(async () => {
  await azurite.close();
  await rm(folder, { recursive: true });
});

const locations: Record<string, () => StoreLocation> = {
  blob: () => ({ kind: 'blob', container: `place-${places++}` }),
  folder: () => ({ kind: 'folder', path: join(folder, `place-${places++}`) }),
};

async function open(location: StoreLocation): Promise<Store> {
  const environment = { AzureWebJobsStorage: azurite.connectionString };
  const store = await openStore(location, environment, {
    now: () => new Date(),
    leaseMs: MIN_LEASE_MS,
  });
  if (store === undefined) throw new Error('This location has no store.');
  return store;
}

function startCounter(location: StoreLocation, times: number) {
  const environment = { AzureWebJobsStorage: azurite.connectionString };
  return startStoreChild({ job: 'count', location, environment, leaseMs: MIN_LEASE_MS, times });
}

async function namesOf(store: Store, prefix: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const name of store.list(prefix)) names.push(name);
  return names;
}

const bytes = Buffer.from('{"some":"bytes"}');
const otherBytes = Buffer.from('{"other":"bytes"}');

describe.each(Object.keys(locations))('a %s store', (kind) => {
  const locate = () => locations[kind]!();

  it('gives back what was put, with the etag that the put returned', async () => {
    const store = await open(locate());

    const etag = await store.put('run/claim.json', bytes, 'always');

    expect(await store.get('run/claim.json')).toEqual({ bytes, etag });
  });

  it('has nothing under a name that was never put', async () => {
    const store = await open(locate());

    const answers = await Promise.all([store.get('absent'), store.get('absent/below')]);

    expect(answers).toEqual([undefined, undefined]);
  });

  it('keeps an empty blob', async () => {
    const store = await open(locate());

    await store.put('empty', Buffer.alloc(0), 'always');

    expect((await store.get('empty'))?.bytes).toEqual(Buffer.alloc(0));
  });

  it('keeps a big blob byte by byte', async () => {
    const store = await open(locate());
    const big = randomBytes(20_000_000);

    await store.put('big.json.gz', big, 'always');

    expect((await store.get('big.json.gz'))?.bytes?.equals(big)).toBe(true);
  });

  it('changes the etag with every write, also of the same bytes', async () => {
    const store = await open(locate());

    const first = await store.put('same', bytes, 'always');
    const second = await store.put('same', bytes, 'always');

    expect(second).not.toBe(first);
  });

  it('refuses a second first write', async () => {
    const store = await open(locate());
    await store.put('claim', bytes, { ifAbsent: true });

    const second = store.put('claim', otherBytes, { ifAbsent: true });

    await expect(second).rejects.toMatchObject({ code: 'state_conflict' });
    expect((await store.get('claim'))?.bytes).toEqual(bytes);
  });

  it('writes over the etag that it is given and over no other', async () => {
    const store = await open(locate());
    const stale = await store.put('claim', bytes, 'always');
    const current = await store.put('claim', otherBytes, { ifMatch: stale });

    const late = store.put('claim', bytes, { ifMatch: stale });

    await expect(late).rejects.toMatchObject({ code: 'state_conflict' });
    expect(await store.get('claim')).toEqual({ bytes: otherBytes, etag: current });
  });

  it('refuses to write over what was deleted', async () => {
    const store = await open(locate());
    const etag = await store.put('claim', bytes, 'always');
    await store.delete('claim');

    const late = store.put('claim', otherBytes, { ifMatch: etag });

    await expect(late).rejects.toMatchObject({ code: 'state_conflict' });
    expect(await store.get('claim')).toBeUndefined();
  });

  it.each([
    ['the first write', async () => ({ ifAbsent: true }) as const],
    [
      'the same etag',
      async (store: Store) => ({ ifMatch: await store.put('claim', otherBytes, 'always') }),
    ],
  ])('lets exactly one of ten racing writers of the same bytes win %s', async (_what, prepare) => {
    const store = await open(locate());
    const condition = await prepare(store);
    const writers = Array.from({ length: 10 }, () => store.put('claim', bytes, condition));

    const outcomes = await Promise.allSettled(writers);

    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost.map(({ reason }) => (reason as { code: string }).code)).toEqual(
      Array(9).fill('state_conflict'),
    );
  });

  it('loses no write of two processes that count one number up', async () => {
    const location = locate();
    const store = await open(location);
    const times = runsOf(100);
    const children = [startCounter(location, times), startCounter(location, times)];

    const exits = await Promise.all(children.map((child) => once(child, 'exit')));

    expect(exits.map(([code]) => code as number)).toEqual([0, 0]);
    expect((await store.get('count'))?.bytes?.toString()).toBe(String(2 * times));
  });

  it('deletes, also what is not there', async () => {
    const store = await open(locate());
    await store.put('old', bytes, 'always');

    await store.delete('old');
    await store.delete('old');

    expect(await store.get('old')).toBeUndefined();
  });

  it.each([
    'exceptions.csv',
    'set-aside/ledger/2026-11-20.json.gz-2026-11-21T06-00-00.123Z',
    'with space, komma & 100% #1?.txt',
    'a:b*c"d<e>f|g',
    'percent%20encoded%2Fname',
    '.hidden/.also',
    'Übersicht/日本/🗓',
    "it's~(fine)!",
  ])('keeps and lists the name %s', async (name) => {
    const store = await open(locate());

    await store.put(name, bytes, { ifAbsent: true });

    expect((await store.get(name))?.bytes).toEqual(bytes);
    expect(await namesOf(store, '')).toEqual([name]);
  });

  it.each([
    '',
    '..',
    '../out',
    'a/../../out',
    '/etc/passwd',
    'a//b',
    'a\\..\\b',
    'a\0b',
    'a/',
    'a.',
  ])('refuses the name %j', async (name) => {
    const store = await open(locate());

    const attempts = [
      store.get(name),
      store.put(name, bytes, 'always'),
      store.delete(name),
      store.acquireLease(name),
    ];

    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
  });

  it('lists what begins with the prefix, in ascending order', async () => {
    const store = await open(locate());
    for (const name of ['ledger/2', 'ledger/1', 'ledgers', 'claims/1', 'ledger/10'])
      await store.put(name, bytes, 'always');

    const names = await namesOf(store, 'ledger/');

    expect(names).toEqual(['ledger/1', 'ledger/10', 'ledger/2']);
  });

  it('lists a hundred names', async () => {
    const store = await open(locate());
    const expected = Array.from({ length: 100 }, (_, day) => `ledger/${1_000 + day}.json`);
    await Promise.all(expected.map((name) => store.put(name, bytes, 'always')));

    const names = await namesOf(store, 'ledger/');

    expect(names).toEqual(expected);
  });

  it('lists nothing in an empty place, and no lease', async () => {
    const store = await open(locate());
    const lease = await store.acquireLease('ledger');

    const names = await namesOf(store, '');

    expect(names).toEqual([]);
    await lease?.release();
  });

  it('gives a lease to one at a time, and to the next once it is released', async () => {
    const location = locate();
    const [one, other] = [await open(location), await open(location)];
    const lease = await one.acquireLease('ledger');

    const meanwhile = await other.acquireLease('ledger');
    const elsewhere = await other.acquireLease('claims/2026');
    await lease?.release();
    const afterwards = await other.acquireLease('ledger');

    expect([meanwhile, elsewhere, afterwards].map((held) => held !== undefined)).toEqual([
      false,
      true,
      true,
    ]);
    expect(lease?.signal.aborted).toBe(false);
    await Promise.all([elsewhere?.release(), afterwards?.release()]);
  });

  it('gives a lease to exactly one of ten who ask at once', async () => {
    const location = locate();
    const stores = await Promise.all(Array.from({ length: 10 }, () => open(location)));

    const leases = await Promise.all(stores.map((store) => store.acquireLease('ledger')));

    expect(leases.filter((lease) => lease !== undefined)).toHaveLength(1);
    for (const lease of leases) await lease?.release();
  });
});
