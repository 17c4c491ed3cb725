import { describe, expect, it } from '@jest/globals';
import { dayName, isWhole } from '../../lib/ledger/day-document.ts';
import type { SignInLedger } from '../../lib/ledger/ledger.ts';
import type { LedgerUpdate } from '../../lib/ledger/update-ledger.ts';
import { createVolatileStore } from '../../lib/storage/store.ts';
import type { Store } from '../../lib/storage/store.ts';
import { guid } from '../support/a-report.ts';
import type { Event } from '../support/sign-in-log.ts';
import { anEvent, DAY_MS, dayOf, HOUR_MS, linesOf, recompute, runAt, TENANT } from './a-ledger.ts';
import type { LateEvent } from './a-ledger.ts';

const SIX = Date.parse('2026-11-21T06:00:00Z');
const NOON = SIX + 6 * HOUR_MS;

/** A sign-in every three hours for 40 days, both kinds, by three people. */
const EVENTS: readonly LateEvent[] = Array.from({ length: 8 * 41 }, (_, index) =>
  anEvent(new Date(SIX - DAY_MS * 40 + index * 3 * HOUR_MS).toISOString(), {
    kind: index % 3 === 0 ? 'nonInteractive' : 'interactive',
    userId: guid(1 + (index % 5 === 0 ? 1 : 0) + (index % 7 === 0 ? 1 : 0)),
  }),
);

const upTo = (instant: number) => EVENTS.filter(({ at }) => at <= instant);

async function daysIn(ledger: SignInLedger): Promise<readonly string[]> {
  return ledger.dayNames();
}

/** What stands in a store, as bytes. */
async function contentsOf(store: Store): Promise<readonly string[]> {
  const contents: string[] = [];
  for await (const name of store.list('')) {
    contents.push(`${name} ${(await store.get(name))?.bytes?.toString('base64')}`);
  }
  return contents;
}

describe('a first reading', () => {
  it('reads as far back as Graph has, whole days but for the oldest, which is marked as cut', async () => {
    const store = createVolatileStore();

    const { ledger } = await runAt(SIX, EVENTS, store);

    const days = await daysIn(ledger);
    expect(days.at(0)).toBe('2026-10-22');
    expect(days).toHaveLength(31);
    expect(await ledger.day('2026-10-22')).toMatchObject({
      from: SIX - 30 * DAY_MS + HOUR_MS,
      to: Date.parse('2026-10-23T00:00:00Z'),
    });
    expect(await ledger.day('2026-10-23')).toMatchObject({
      from: Date.parse('2026-10-23T00:00:00Z'),
      to: Date.parse('2026-10-24T00:00:00Z'),
      interactive: true,
      nonInteractive: true,
    });
  });

  it('knows the newest days for itself, and leaves the others to the ledger', async () => {
    const { known } = await runAt(SIX, EVENTS, createVolatileStore());

    const days = known.all.map(({ content }) => content.day).toSorted();
    expect(days.filter((day) => day >= '2026-10-22')).toEqual(['2026-11-20', '2026-11-21']);
    // Graph answers for what it does not hold any more, and that proves nothing.
    const old = known.all.filter(({ content }) => content.day < '2026-10-22');
    expect(old.flatMap(({ covers }) => covers)).not.toEqual([]);
    for (const { interactive, nonInteractive } of old.flatMap(({ covers }) => covers))
      expect([interactive, nonInteractive]).toEqual([false, false]);
  });

  it('keeps the newest minutes apart and meets them without a gap', async () => {
    const store = createVolatileStore();

    const { ledger } = await runAt(SIX, EVENTS, store);

    const [recentHours] = (await ledger.recentHours())?.days ?? [];
    expect(recentHours).toMatchObject({ day: '2026-11-21', to: SIX + 1 });
    expect((await ledger.day('2026-11-21'))?.to).toBe(recentHours?.from);
  });

  it('takes the newest days first and resumes where its time ran out', async () => {
    const store = createVolatileStore();

    const first = await runAt(SIX, EVENTS, store, { mostRequests: 20 });
    const afterFirst = await daysIn(first.ledger);
    const second = await runAt(SIX + 4 * HOUR_MS, EVENTS, store, { mostRequests: 20 });
    const afterSecond = await daysIn(second.ledger);
    const third = await runAt(SIX + 8 * HOUR_MS, EVENTS, store);

    expect(first.reads.interactive.cause?.kind).toBe('deadline');
    expect(afterFirst.length).toBeLessThan(afterSecond.length);
    expect(await daysIn(third.ledger)).toHaveLength(31);
    const reread = second.requests.filter(({ filter }) => filter.includes('2026-11-18'));
    expect(reread).toEqual([]);
  });

  it('marks the day that the time limit cut as not whole, and reads it anew', async () => {
    const store = createVolatileStore();

    const { ledger } = await runAt(SIX, EVENTS, store, { mostRequests: 21 });
    const [cut = ''] = await daysIn(ledger);
    const before = await ledger.day(cut);
    const second = await runAt(SIX + HOUR_MS, EVENTS, store);

    expect([before?.interactive, before?.nonInteractive]).toContain(false);
    const after = await second.ledger.day(cut);
    expect(after).toMatchObject({ interactive: true, nonInteractive: true });
    expect(linesOf(after!)).toEqual(recompute(EVENTS, after!));
  });
});

describe('a complete day', () => {
  it('stays as it is where one kind cannot be read again', async () => {
    const store = createVolatileStore();
    await runAt(SIX, EVENTS, store);

    const { ledger } = await runAt(SIX + DAY_MS, EVENTS, store, { failing: 'nonInteractive' });

    const day = await ledger.day('2026-11-20');
    expect(day).toMatchObject({ interactive: true, nonInteractive: true, readAt: SIX });
    expect(linesOf(day!)).toEqual(recompute(EVENTS, day!));
  });

  it('is replaced by a reading of all of it', async () => {
    const late = anEvent('2026-11-20T22:00:00Z', { arrivesAt: SIX + 20 * HOUR_MS });
    const store = createVolatileStore();
    await runAt(SIX, [...EVENTS, late], store);

    const { ledger } = await runAt(SIX + DAY_MS, [...EVENTS, late], store);

    const day = await ledger.day('2026-11-20');
    expect(day?.readAt).toBe(SIX + DAY_MS);
    expect(linesOf(day!)).toEqual(recompute([...EVENTS, late], day!));
  });

  it('is not cut down when Graph’s retention reaches into it', async () => {
    const store = createVolatileStore();
    await runAt(SIX, EVENTS, store);

    const { ledger } = await runAt(SIX + 29 * DAY_MS + 6 * HOUR_MS, EVENTS, store);

    const day = await ledger.day('2026-11-20');
    expect(day).toMatchObject({
      from: Date.parse('2026-11-20T00:00:00Z'),
      to: Date.parse('2026-11-21T00:00:00Z'),
    });
    expect(linesOf(day!)).toEqual(recompute(EVENTS, day!));
  });
});

describe('a fragment', () => {
  it('fills a day that has nothing, marked incomplete, and makes way for a whole reading', async () => {
    const store = createVolatileStore();

    const { ledger } = await runAt(SIX, EVENTS, store, { failing: 'interactive' });
    const fragment = await ledger.day('2026-11-20');
    const second = await runAt(SIX + HOUR_MS, EVENTS, store);

    expect(fragment).toMatchObject({ interactive: false, nonInteractive: true });
    expect(linesOf(fragment!)).toEqual(
      recompute(
        EVENTS.filter(({ kind }) => kind === 'nonInteractive'),
        fragment!,
      ),
    );
    expect(await second.ledger.day('2026-11-20')).toMatchObject({ interactive: true });
  });

  it('keeps what it saw where Graph holds only a part of the day when both kinds can be read', async () => {
    const store = createVolatileStore();
    await runAt(SIX, EVENTS, store, { failing: 'interactive' });

    const { ledger } = await runAt(SIX + DAY_MS, EVENTS, store);

    const day = (await ledger.day('2026-10-23'))!;
    const seven = Date.parse('2026-10-23T07:00:00Z');
    // Graph gave an hour more than it was sure to hold.
    const isSeen = ({ at, kind }: Event) => at >= seven - HOUR_MS || kind === 'nonInteractive';
    expect(day).toMatchObject({ from: seven, interactive: true, nonInteractive: true });
    expect(linesOf(day)).toEqual(
      recompute(EVENTS.filter(isSeen), { from: Date.parse('2026-10-23T00:00:00Z'), to: day.to }),
    );
  });
});

describe('two runs at once', () => {
  it('leave the writing to the one that holds the ledger; the other knows the same for itself', async () => {
    const store = createVolatileStore();
    await runAt(SIX, EVENTS, store);
    const before = await contentsOf(store);

    const reading = await runAt(NOON, EVENTS, store, { isHeld: false });

    expect(await contentsOf(store)).toEqual(before);
    const [today] = reading.known.all.filter(({ content }) => content.day === '2026-11-21');
    expect(linesOf(today!.content)).toEqual(recompute(upTo(NOON), today!.content));
    expect(today?.content.to).toBe(NOON + 1);
  });

  it('do not mix: a run sees the newest days as they were when it began', async () => {
    const store = createVolatileStore();
    await runAt(SIX, EVENTS, store);
    let hasRun = false;
    const overtaken: Store = {
      ...store,
      async get(name) {
        const blob = await store.get(name);
        if (name.endsWith('tail.json.gz') && !hasRun) {
          hasRun = true;
          await runAt(NOON + 60_000, EVENTS, store);
        }
        return blob;
      },
    };

    const reading = await runAt(NOON, EVENTS, overtaken, { isHeld: false });

    const [today] = reading.known.all.filter(({ content }) => content.day === '2026-11-21');
    expect(linesOf(today!.content)).toEqual(recompute(upTo(NOON), today!.content));
  });

  it('goes on for itself where it loses the ledger under way', async () => {
    const store = createVolatileStore();
    await runAt(SIX, EVENTS, store);
    const contested: Store = {
      ...store,
      async put(name, bytes, condition) {
        await store.put(name, bytes, 'always');
        return store.put(name, bytes, condition);
      },
    };

    const reading = await runAt(SIX + DAY_MS, EVENTS, contested);

    const days = reading.known.all.map(({ content }) => content);
    expect(days.map(({ day }) => day).sort()).toEqual(['2026-11-20', '2026-11-21', '2026-11-22']);
    for (const content of days) {
      expect(linesOf(content)).toEqual(recompute(upTo(SIX + DAY_MS), content));
    }
  });
});

describe('a document that cannot be read', () => {
  it('is reported, set aside byte for byte, and read anew while Graph holds the day', async () => {
    const store = createVolatileStore();
    await runAt(SIX, EVENTS, store);
    const name = dayName(TENANT, '2026-11-10');
    await store.put(name, Buffer.from('no gzip'), 'always');

    const { ledger } = await runAt(SIX + HOUR_MS, EVENTS, store);

    expect([...ledger.unreadable]).toEqual([[name, 'not gzip']]);
    const aside: string[] = [];
    for await (const copy of store.list(`set-aside/${name}`)) aside.push(copy);
    expect(aside).toHaveLength(1);
    expect((await store.get(aside[0]!))?.bytes?.toString()).toBe('no gzip');
    const day = await ledger.day('2026-11-10');
    expect(linesOf(day!)).toEqual(recompute(EVENTS, day!));
  });

  it('does not cost the newest minutes more than themselves where it holds the recent hours', async () => {
    const store = createVolatileStore();
    await runAt(SIX, EVENTS, store);
    await store.put(`ledger/${TENANT}/tail.json.gz`, Buffer.from('no gzip'), 'always');

    const { ledger, requests } = await runAt(SIX + HOUR_MS, EVENTS, store);

    expect(requests).toHaveLength(2);
    expect((await ledger.recentHours())?.days).toHaveLength(1);
  });
});

describe('old days', () => {
  it('are deleted beyond the retention, and no others', async () => {
    const store = createVolatileStore();
    await runAt(SIX, EVENTS, store);

    const { ledger } = await runAt(SIX + HOUR_MS, EVENTS, store, {
      retentionDays: 20,
      daysBack: 20,
    });

    const days = await daysIn(ledger);
    expect(days.at(0)).toBe('2026-11-01');
    expect(days).toHaveLength(21);
  });
});

describe('what a run tells of itself', () => {
  it('is how much of the log it read in full', async () => {
    const store = createVolatileStore();
    const [{ known: _, readMs, retainedFrom }, second, third] = [
      await runAt(SIX, EVENTS, store),
      await runAt(SIX + HOUR_MS, EVENTS, store),
      await runAt(SIX + 2 * HOUR_MS, EVENTS, store, { failing: 'interactive' }),
    ];

    expect(readMs).toBe(SIX + 1 - retainedFrom);
    expect(second.readMs).toBe(HOUR_MS + 45 * 60_000 + 1);
    expect(third.readMs).toBe(0);
  });

  it('is every row, to whoever wants them', async () => {
    const rows: unknown[] = [];
    const store = createVolatileStore();

    const { reads } = await runAt(SIX, EVENTS, store, { onRow: (row) => void rows.push(row) });

    expect(rows).toHaveLength(reads.interactive.rows + reads.nonInteractive.rows);
  });
});

describe('a run that has two spans to read', () => {
  async function aGap(): Promise<Store> {
    const store = createVolatileStore();
    await runAt(SIX, EVENTS, store);
    await store.delete(dayName(TENANT, '2026-11-10'));
    return store;
  }

  it('goes on with one kind where the other fails', async () => {
    const { ledger } = await runAt(SIX + HOUR_MS, EVENTS, await aGap(), { failing: 'interactive' });

    expect(await ledger.day('2026-11-10')).toMatchObject({
      interactive: false,
      nonInteractive: true,
    });
  });

  it('asks no more once both kinds failed', async () => {
    const whole = createVolatileStore();
    await runAt(SIX, EVENTS, whole);

    const one = await runAt(SIX + HOUR_MS, EVENTS, whole, { failing: 'both' });
    const two = await runAt(SIX + HOUR_MS, EVENTS, await aGap(), { failing: 'both' });

    expect(two.asked).toBe(one.asked);
  });
});

describe('the newest hours that Graph does not give', () => {
  const provenIn = ({ covers }: LedgerUpdate['known']['all'][number]) =>
    covers.filter(isWhole).map(({ from, to }) => [from, to]);

  it('stay as the last run left them, in the ledger and for this run', async () => {
    const store = createVolatileStore();
    const first = await runAt(SIX, EVENTS, store);
    const recentHours = await first.ledger.recentHours();

    const { ledger, known } = await runAt(SIX + HOUR_MS, EVENTS, store, { failing: 'both' });

    expect(await ledger.recentHours()).toEqual(recentHours);
    const [today] = known.all.filter(({ content }) => content.day === '2026-11-21');
    expect(provenIn(today!).at(-1)?.[1]).toBe(SIX + 1);
    expect(linesOf(today!.content)).toEqual(recompute(EVENTS, today!.content));
  });

  it('stay so where it is known before that Graph gives none', async () => {
    const store = createVolatileStore();
    const first = await runAt(SIX, EVENTS, store);
    const recentHours = await first.ledger.recentHours();
    const cause = { kind: 'fault', because: 'Graph did not answer', remedy: 'Wait.' } as const;
    const read = { rows: 0, pages: 0, cause };

    const { ledger, known, asked } = await runAt(SIX + HOUR_MS, EVENTS, store, {
      reads: { interactive: { ...read }, nonInteractive: { ...read } },
    });

    expect(asked).toBe(0);
    expect(await ledger.recentHours()).toEqual(recentHours);
    const [today] = known.all.filter(({ content }) => content.day === '2026-11-21');
    expect(today?.content.to).toBe(SIX + 1);
    expect(provenIn(today!).at(-1)?.[1]).toBe(SIX + 1);
  });

  it('stay in the ledger where this run has them of one kind', async () => {
    const store = createVolatileStore();
    const first = await runAt(SIX, EVENTS, store);
    const recentHours = await first.ledger.recentHours();

    const { ledger } = await runAt(SIX + HOUR_MS, EVENTS, store, { failing: 'interactive' });

    expect(await ledger.recentHours()).toEqual(recentHours);
  });

  it('are not taken from recent hours that the days have gone past', async () => {
    const store = createVolatileStore();
    await runAt(SIX, EVENTS, store);
    const name = `ledger/${TENANT}/tail.json.gz`;
    const old = (await store.get(name))!.bytes!;
    await runAt(NOON, EVENTS, store);
    await store.put(name, old, 'always');

    const { known, ledger } = await runAt(NOON + HOUR_MS, EVENTS, store, { failing: 'both' });

    const [today] = known.all.filter(({ content }) => content.day === '2026-11-21');
    const stored = await ledger.day('2026-11-21');
    expect(provenIn(today!)).toEqual([[stored?.from, stored?.to]]);
  });
});

describe('the newest hours that Graph gives only in part', () => {
  it('lie on top of what the ledger has of them', async () => {
    const store = createVolatileStore();
    const early = anEvent('2026-11-21T05:50:00Z', { userId: guid(7) });
    const late = anEvent('2026-11-21T06:50:00Z', { userId: guid(8), kind: 'nonInteractive' });
    const events = [...EVENTS, early, late];
    await runAt(SIX, events, store);

    const { known } = await runAt(SIX + HOUR_MS, events, store, { failing: 'interactive' });

    const [today] = known.all.filter(({ content }) => content.day === '2026-11-21');
    const seen = linesOf(today!.content).map((line) => line.slice(0, 36));
    expect(seen).toEqual(expect.arrayContaining([guid(7), guid(8)]));
    expect(today?.covers.filter(({ interactive }) => interactive).map(({ to }) => to)).toEqual([
      SIX + 1,
    ]);
    expect(dayOf(today!.content.from)).toBe('2026-11-21');
  });
});

describe('a row that comes after its day was taken in', () => {
  const [newest, ...rest] = EVENTS.filter(({ kind }) => kind === 'interactive')
    .toReversed()
    .slice(0, 10);
  const last = { arrange: (found: readonly Event[]) => [...found.slice(1), ...found.slice(0, 1)] };

  it('has the day read again', async () => {
    const events = [newest!, ...rest];

    const { ledger } = await runAt(SIX + HOUR_MS, events, createVolatileStore(), { log: last });

    const day = await ledger.day('2026-11-21');
    expect(day).toMatchObject({ interactive: true, nonInteractive: true });
    expect(linesOf(day!)).toEqual(recompute(events, day!));
  });

  it('proves nothing either while another run holds the ledger', async () => {
    const events = [newest!, ...rest];

    const { known } = await runAt(SIX + HOUR_MS, events, createVolatileStore(), {
      log: last,
      mostRequests: 3,
      isHeld: false,
    });

    const [today] = known.all.filter(({ content }) => content.day === '2026-11-21');
    expect(today?.covers.some(({ interactive, from }) => interactive && from <= SIX)).toBe(false);
  });

  it('leaves the day as not whole where it cannot be read again', async () => {
    const events = [newest!, ...rest];
    const store = createVolatileStore();

    const { ledger, known } = await runAt(SIX + HOUR_MS, events, store, {
      log: last,
      mostRequests: 3,
    });

    expect(await ledger.day('2026-11-21')).toMatchObject({
      interactive: false,
      nonInteractive: false,
    });
    const [today] = known.all.filter(({ content }) => content.day === '2026-11-21');
    expect(today?.covers.some(({ interactive, from }) => interactive && from <= SIX)).toBe(false);
  });
});

describe('a report after readings between reports', () => {
  it('knows what came late in the evening before, as one without them does', async () => {
    const late = { arrivesAt: Date.parse('2026-11-21T02:00:00Z') };
    const events = [
      anEvent('2026-11-20T21:00:00Z', { errorCode: 50_076 }),
      anEvent('2026-11-20T21:05:00Z', late),
      anEvent('2026-11-21T00:10:00Z', { ...late, userId: guid(2) }),
    ];
    const store = createVolatileStore();
    for (const at of ['2026-11-20T21:20:00Z', '2026-11-21T01:20:00Z', '2026-11-21T05:20:00Z'])
      await runAt(Date.parse(at), events, store);

    const { ledger, known } = await runAt(SIX, events, store, { isForReport: true });

    const days = known.all.map(({ content }) => content);
    for (const day of [...days, await ledger.day('2026-11-20'), await ledger.day('2026-11-21')])
      expect(linesOf(day!)).toEqual(recompute(events, day!));
  });
});
