import { describe, expect, it } from '@jest/globals';
import { forgetAbsent } from '../../lib/ledger/forget-absent.ts';
import { SignInLedger } from '../../lib/ledger/ledger.ts';
import { PeopleIndex } from '../../lib/sources/people-index.ts';
import { createVolatileStore } from '../../lib/storage/store.ts';
import type { Store } from '../../lib/storage/store.ts';
import { guid } from '../support/a-report.ts';
import { anEvent, DAY_MS, dayOf, linesOf, runAt, TENANT } from './a-ledger.ts';

const SIX = Date.parse('2026-11-21T06:00:00Z');
const EVENTS = Array.from({ length: 10 }, (_, day) =>
  [1, 2].map((number) =>
    anEvent(new Date(SIX - day * DAY_MS - 3_600_000).toISOString(), { userId: guid(number) }),
  ),
).flat();

/** A digest of some day that finds these people in `/users` and these others only in its window. */
async function digest(
  store: Store,
  { day, users, absent }: { day: number; users: readonly number[]; absent: readonly number[] },
): Promise<SignInLedger> {
  const now = SIX + day * DAY_MS;
  const ledger = new SignInLedger(store, TENANT, new Date(now));
  const people = new PeopleIndex();
  for (const number of users) people.add(guid(number));
  await forgetAbsent(ledger, {
    people,
    absentIds: new Set(absent.map(guid)),
    today: dayOf(now),
    keptFrom: dayOf(now - 400 * DAY_MS),
  });
  return ledger;
}

async function peopleIn(ledger: SignInLedger): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (const day of await ledger.dayNames()) {
    const content = await ledger.day(day);
    if (content !== undefined) for (const line of linesOf(content)) ids.add(line.slice(0, 36));
  }
  return ids;
}

async function aStore(): Promise<Store> {
  const store = createVolatileStore();
  await runAt(SIX, EVENTS, store);
  return store;
}

describe('forgetAbsent', () => {
  it('drops whoever has been absent from the users for 30 days from every day, and nobody else', async () => {
    const store = await aStore();
    await digest(store, { day: 0, users: [1], absent: [2] });

    const before = await peopleIn(await digest(store, { day: 29, users: [1], absent: [2] }));
    const after = await digest(store, { day: 30, users: [1], absent: [2] });

    expect(before).toEqual(new Set([guid(1), guid(2)]));
    expect(await peopleIn(after)).toEqual(new Set([guid(1)]));
    expect(await after.day('2026-11-15')).toMatchObject({ interactive: true, readAt: SIX });
  });

  it('begins again for somebody who came back in between', async () => {
    const store = await aStore();
    await digest(store, { day: 0, users: [1], absent: [2] });
    await digest(store, { day: 20, users: [1, 2], absent: [] });
    await digest(store, { day: 21, users: [1], absent: [2] });

    const ledger = await digest(store, { day: 45, users: [1], absent: [2] });

    expect(await peopleIn(ledger)).toContain(guid(2));
  });

  it('does not forget about somebody whom only days before the window hold', async () => {
    const store = await aStore();
    await digest(store, { day: 0, users: [1], absent: [2] });

    const ledger = await digest(store, { day: 31, users: [1], absent: [] });

    expect(await peopleIn(ledger)).toEqual(new Set([guid(1)]));
  });

  it('compares once a day, and looks through a bounded number of days', async () => {
    const store = await aStore();
    await digest(store, { day: 0, users: [1], absent: [2] });
    const day = await store.get(`ledger/${TENANT}/days/2026-11-20.json.gz`);
    const years = Array.from({ length: 250 }, (_, index) => dayOf(SIX - (index + 40) * DAY_MS));
    for (const name of years) {
      await store.put(`ledger/${TENANT}/days/${name}.json.gz`, day!.bytes!, 'always');
    }
    let reads = 0;
    const counted: Store = {
      ...store,
      get(name) {
        reads += 1;
        return store.get(name);
      },
    };

    await digest(counted, { day: 30, users: [1], absent: [2] });
    const first = reads;
    await digest(counted, { day: 30, users: [1], absent: [2] });
    const again = reads - first;

    expect(first).toBeLessThan(110);
    expect(again).toBe(1);
  });

  it('takes a person whose id is written in another case for the same', async () => {
    const id = 'abcdef12-0000-4000-8000-00000000abcd';
    const ledger = new SignInLedger(createVolatileStore(), TENANT, new Date(SIX + DAY_MS));
    const keptFrom = '2025-11-21';
    const absent = { people: new PeopleIndex(), absentIds: new Set([id]), today: '2026-11-21' };
    await forgetAbsent(ledger, { ...absent, keptFrom });
    const people = new PeopleIndex();
    people.add(id.toUpperCase());

    await forgetAbsent(ledger, { people, absentIds: new Set(), today: '2026-11-22', keptFrom });

    expect(await ledger.absent()).toMatchObject({ comparedOn: '2026-11-22', since: {} });
  });
});
