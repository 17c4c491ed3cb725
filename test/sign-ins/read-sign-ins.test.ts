import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applicationIndex, APPLICATIONS } from '../../lib/entra/applications.ts';
import { MailerError } from '../../lib/errors.ts';
import { COUNTS, slotOf, successesOf } from '../../lib/sign-ins/day-row.ts';
import type { DayRow } from '../../lib/sign-ins/day-row.ts';
import { readSignIns } from '../../lib/sign-ins/read-sign-ins.ts';
import type { KindReads, SignInPiece, SignInRequest } from '../../lib/sign-ins/read-sign-ins.ts';
import type { Reader } from '../../lib/sources/collection.ts';
import { PeopleIndex } from '../../lib/sources/people-index.ts';
import { readerOf } from '../support/sign-in-log.ts';
import type { Event, LogOptions } from '../support/sign-in-log.ts';

const FROM = Date.parse('2026-11-18T00:00:00Z');
const TO = Date.parse('2026-11-21T06:00:00Z');
const HOUR_MS = 3_600_000;
const PORTAL = 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c';
const CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
const TERRAFORM = '7e6f1a52-9b0c-4d83-8a4e-5c2d90b1f3a7';
const TEAMS = '1fec8e78-bce4-4aaf-ab1b-5451cc387264';
const ARM = '797f4846-ba00-4fd7-ba43-dac1f8f63013';
const GRAPH = '00000003-0000-0000-c000-000000000000';

let lastEvent = 0;

/** A successful interactive single-factor sign-in to the portal, this long before the end of the span. */
function anEvent(hoursAgo: number, about: Partial<Event> = {}): Event {
  lastEvent += 1;
  return {
    id: `event-${lastEvent}`,
    at: TO - hoursAgo * HOUR_MS,
    kind: 'interactive',
    userId: 'adele',
    appId: PORTAL,
    resourceId: GRAPH,
    errorCode: 0,
    requirement: 'singleFactorAuthentication',
    ...about,
  };
}

function noReads(): KindReads {
  return { interactive: { rows: 0, pages: 0 }, nonInteractive: { rows: 0, pages: 0 } };
}

interface Reading {
  readonly pieces: readonly SignInPiece[];
  readonly reads: KindReads;
  /** Counts per piece, person and slot; where a piece came twice, the later. */
  readonly counts: Readonly<Record<string, string>>;
}

async function read(
  reader: Reader,
  request: SignInRequest = { span: { from: FROM, to: TO } },
  reads = noReads(),
): Promise<Reading> {
  const people = new PeopleIndex();
  const pieces: SignInPiece[] = [];
  const latest = new Map<number, Record<string, string>>();
  for await (const piece of readSignIns(reader, people, reads, request)) {
    pieces.push(piece);
    const rows = [...piece.counts.rows()].map(({ person, slot, ...row }) => [
      `${piece.day} ${piece.from} ${people.idOf(person)} ${slot}`,
      countText(toCount(row)),
    ]);
    latest.set(piece.from, Object.fromEntries(rows) as Record<string, string>);
  }
  return { pieces, reads, counts: Object.assign({}, ...latest.values()) as Reading['counts'] };
}

interface Count {
  readonly claim: number;
  readonly none: number;
  readonly refusals: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

function countText({ claim, none, refusals, firstAt, lastAt }: Count): string {
  return [claim, none, refusals, firstAt, lastAt].join(' ');
}

function countOf({ counts }: Pick<DayRow, 'counts'>, name: (typeof COUNTS)[number]): number {
  return counts[COUNTS.indexOf(name)] ?? 0;
}

/** First and last are of everything that counts. */
function toCount(row: Omit<DayRow, 'person' | 'slot'>): Count {
  const { firstAt, lastAt } = row;
  const [claim, none] = [countOf(row, 'claim'), countOf(row, 'none')];
  return { claim, none, refusals: countOf(row, 'not-passed'), firstAt, lastAt };
}

/** The same counts, straight from the log. */
function countedOneByOne(events: readonly Event[]): Readonly<Record<string, string>> {
  const groups = new Map<string, Event[]>();
  for (const event of events) {
    const application = applicationIndex(event.appId, event.resourceId);
    const isCounted = event.errorCode === 0 || event.errorCode === 50076;
    if (application < 0 || !isCounted || event.at < FROM || event.at >= TO) continue;
    const midnight = Math.floor(event.at / (24 * HOUR_MS)) * 24 * HOUR_MS;
    const day = new Date(midnight).toISOString().slice(0, 10);
    const slot = slotOf(application, event.kind === 'interactive');
    const key = `${day} ${Math.max(midnight, FROM)} ${event.userId} ${slot}`;
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  return Object.fromEntries(
    [...groups].map(([key, group]) => {
      const successes = group.filter(({ errorCode }) => errorCode === 0);
      const instants = successes.map(({ at }) => at);
      const claim = successes.filter(
        ({ requirement }) => requirement === 'multiFactorAuthentication',
      ).length;
      return [
        key,
        countText({
          claim,
          none: successes.length - claim,
          refusals: group.length - successes.length,
          firstAt: instants.length === 0 ? 0 : Math.min(...instants),
          lastAt: instants.length === 0 ? 0 : Math.max(...instants),
        }),
      ];
    }),
  );
}

const anyEvents: fc.Arbitrary<readonly Event[]> = fc
  .array(
    fc.record({
      // Some instants meet: sign-ins of one second, at midnight and at both ends of the span.
      at: fc.oneof(
        fc.integer({ min: FROM - HOUR_MS, max: TO + HOUR_MS }),
        fc.constantFrom(FROM, FROM - 1, TO - 1, TO, FROM + 24 * HOUR_MS, FROM + 24 * HOUR_MS - 1),
        fc.nat(78).map((hour) => FROM + hour * HOUR_MS),
      ),
      kind: fc.constantFrom('interactive', 'nonInteractive'),
      userId: fc.constantFrom('adele', 'bruno', 'chiyo', 'stranger'),
      appId: fc.constantFrom(PORTAL, CLI, TERRAFORM, TEAMS),
      resourceId: fc.constantFrom(ARM, GRAPH),
      errorCode: fc.constantFrom(0, 0, 50076, 50126),
      requirement: fc.constantFrom('singleFactorAuthentication', 'multiFactorAuthentication'),
    }),
    { maxLength: 60 },
  )
  .map((events) => events.map((event, index) => ({ ...event, id: `id-${index}` }) as Event));

const pageSizes = fc.integer({ min: 1, max: 25 });

/** Repeats rows, and where asked puts them in any order: the same for every page of a chain. */
const anyArrangement: fc.Arbitrary<NonNullable<LogOptions['arrange']>> = fc
  .record({
    ranks: fc.infiniteStream(fc.nat(1000)).map((stream) => [...stream.take(200)]),
    repeated: fc.array(fc.nat(200), { maxLength: 20 }),
    isShuffled: fc.boolean(),
  })
  .map(({ ranks, repeated, isShuffled }) => (found: readonly Event[]) => {
    const rows = [...found];
    for (const place of repeated) {
      const row = found[place];
      if (row !== undefined) rows.splice(Math.min(rows.length, place + 3), 0, row);
    }
    if (!isShuffled) return rows;
    return rows
      .map((row, index) => ({ row, rank: ranks[index] ?? index }))
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ row }) => row);
  });

const shapes: fc.Arbitrary<NonNullable<LogOptions['refuse']>> = fc
  .record({ refusesSelect: fc.boolean(), refusesOr: fc.boolean() })
  .map(({ refusesSelect, refusesOr }) => ({ isSelecting, filter }) => {
    const isRefused = (refusesSelect && isSelecting) || (refusesOr && filter.includes(' or '));
    return isRefused ? [400, 'BadRequest'] : undefined;
  });

describe('readSignIns', () => {
  it('counts as one by one, whatever the order, the repetitions, the page size and the queries', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyEvents,
        pageSizes,
        anyArrangement,
        shapes,
        async (events, pageSize, arrange, refuse) => {
          const { counts, reads } = await read(readerOf(events, { pageSize, arrange, refuse }));

          expect(counts).toEqual(countedOneByOne(events));
          expect([reads.interactive.cause, reads.nonInteractive.cause]).toEqual([
            undefined,
            undefined,
          ]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('counts the same though the page token runs out now and then', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyEvents,
        pageSizes,
        fc.integer({ min: 3, max: 7 }),
        async (events, pageSize, every) => {
          const refuse: LogOptions['refuse'] = ({ offset, number }) =>
            offset > 0 && number % every === 0 ? [400, 'UnknownError'] : undefined;

          const { counts, reads } = await read(readerOf(events, { pageSize, refuse }));

          // A token that runs out before any progress is another test's.
          fc.pre(reads.interactive.cause === undefined && reads.nonInteractive.cause === undefined);
          expect(counts).toEqual(countedOneByOne(events));
        },
      ),
    );
  });

  it('asks each kind once where a page holds everything', async () => {
    const reader = readerOf([anEvent(1), anEvent(2, { kind: 'nonInteractive' })]);

    await read(reader);

    expect(reader.requests.map(({ kind, version }) => [kind, version])).toEqual([
      ['interactive', 'beta'],
      ['nonInteractive', 'beta'],
    ]);
  });

  it('yields the newest day first, each as soon as it is settled', async () => {
    const events = [1, 20, 40, 60].map((hours) => anEvent(hours));

    const { pieces } = await read(readerOf(events, { pageSize: 1 }));

    expect(pieces.map(({ day }) => day)).toEqual([
      '2026-11-21',
      '2026-11-20',
      '2026-11-19',
      '2026-11-18',
    ]);
    expect(pieces.every(({ isWhole }) => isWhole.interactive && isWhole.nonInteractive)).toBe(true);
  });

  it('cuts where the ledger asks it to, and counts nothing twice', async () => {
    const cutAt = TO - 3 * HOUR_MS;
    const events = [1, 2, 3, 4, 30].map((hours) => anEvent(hours));
    const request = { span: { from: FROM, to: TO }, cutAt };

    const { pieces } = await read(readerOf(events), request);

    const newest = pieces.slice(0, 2).map(({ from, to, counts }) => ({
      from,
      to,
      successes: [...counts.rows()].map((row) => successesOf(row)),
    }));
    expect(newest).toEqual([
      { from: cutAt, to: TO, successes: [3] },
      { from: Date.parse('2026-11-21T00:00:00Z'), to: cutAt, successes: [1] },
    ]);
  });

  it('resumes from where it was when the page token ran out, as often as it gets on', async () => {
    const events = Array.from({ length: 120 }, (_, index) => anEvent((index + 1) / 2));
    const reader = readerOf(events, {
      pageSize: 10,
      refuse: ({ offset }) => (offset === 20 ? [400, 'UnknownError'] : undefined),
    });

    const { counts, reads } = await read(reader);

    expect(counts).toEqual(countedOneByOne(events));
    expect(reads.interactive.rows).toBe(120);
    expect(reads.interactive.cause).toBeUndefined();
    const begun = reader.requests.filter(
      ({ kind, offset }) => kind === 'interactive' && offset === 0,
    );
    expect(begun.length).toBeGreaterThan(5);
    expect(begun[1]?.filter).toContain('createdDateTime le 2026-11-20T20:00:00Z');
  });

  it('gives a kind up whose page token runs out again and again without progress', async () => {
    const events = [1, 2, 3].map((hours) => anEvent(hours));
    const refuse: LogOptions['refuse'] = ({ offset }) =>
      offset > 0 ? [400, 'UnknownError'] : undefined;

    const { reads, pieces } = await read(
      readerOf(
        events.map((event) => ({ ...event, at: TO - HOUR_MS })),
        { pageSize: 1, refuse },
      ),
    );

    expect(reads.interactive.cause).toMatchObject({ kind: 'fault' });
    expect(pieces.at(-1)?.isWhole).toEqual({ interactive: false, nonInteractive: true });
  });

  it('reads the other kind where one fails, and says which days are whole', async () => {
    const events = [anEvent(1), anEvent(60), anEvent(1, { kind: 'nonInteractive' })];
    const refuse: LogOptions['refuse'] = ({ kind }) =>
      kind === 'nonInteractive' ? [403, 'Authorization_RequestDenied'] : undefined;

    const { reads, pieces, counts } = await read(readerOf(events, { refuse }));

    expect(reads.nonInteractive.cause).toMatchObject({ kind: 'consent' });
    expect(reads.interactive.cause).toBeUndefined();
    expect(counts).toEqual(countedOneByOne(events.slice(0, 2)));
    expect(pieces.map(({ isWhole }) => isWhole)).toEqual(
      pieces.map(() => ({ interactive: true, nonInteractive: false })),
    );
  });

  it('keeps the days above the point where a kind broke off', async () => {
    const events = [1, 20, 40, 60].map((hours) => anEvent(hours));
    const refuse: LogOptions['refuse'] = ({ kind, offset }) =>
      kind === 'interactive' && offset === 2 ? [403, 'Forbidden'] : undefined;

    const { reads, pieces, counts } = await read(readerOf(events, { pageSize: 1, refuse }));

    expect(reads.interactive.cause).toMatchObject({ kind: 'consent' });
    expect(counts).toEqual(countedOneByOne(events.slice(0, 2)));
    expect(pieces.map(({ day, isWhole }) => [day, isWhole.interactive])).toEqual([
      ['2026-11-21', true],
      ['2026-11-20', false],
      ['2026-11-19', false],
      ['2026-11-18', false],
    ]);
  });

  it('does not call a day whole of whose first instant more may come', async () => {
    const midnight = Date.parse('2026-11-20T00:00:00Z');
    const events = [anEvent(0, { at: midnight }), anEvent(0, { at: midnight })];
    const refuse: LogOptions['refuse'] = ({ offset }) =>
      offset === 1 ? [403, 'Forbidden'] : undefined;

    const { pieces } = await read(readerOf(events, { pageSize: 1, refuse }));

    const whole = pieces.filter(({ isWhole }) => isWhole.interactive).map(({ day }) => day);
    expect(whole).toEqual(['2026-11-21']);
  });

  describe('where Graph breaks its order, newest first', () => {
    const [first, second, third, last] = [1, 60, 20, 40].map((hours) => anEvent(hours));
    const events = [first, second, third, last].filter((event) => event !== undefined);
    const arrange = (found: readonly Event[]) => events.filter((event) => found.includes(event));

    it('calls no day whole when it fails on the way', async () => {
      const refuse: LogOptions['refuse'] = ({ kind, offset }) =>
        kind === 'interactive' && offset === 3 ? [403, 'Forbidden'] : undefined;

      const { pieces, reads } = await read(readerOf(events, { pageSize: 1, arrange, refuse }), {
        span: { from: FROM, to: TO },
        onRow: () => undefined,
      });

      expect(reads.interactive.cause).toMatchObject({ kind: 'consent' });
      expect(pieces.map(({ isWhole }) => isWhole.interactive)).toEqual([
        false,
        false,
        false,
        false,
      ]);
    });

    it('begins again at the top when the page token runs out', async () => {
      let isExpired = false;
      const refuse: LogOptions['refuse'] = ({ offset }) => {
        if (offset !== 3 || isExpired) return undefined;
        isExpired = true;
        return [400, 'UnknownError'];
      };

      const { counts } = await read(readerOf(events, { pageSize: 1, arrange, refuse }));

      expect(counts).toEqual(countedOneByOne(events));
    });
  });

  it('keeps what it has at the deadline: newest first', async () => {
    const deadline = new MailerError('run_deadline', 'The run reached its time limit.');
    const running = new AbortController();
    const events = [1, 20, 40, 60].map((hours) => anEvent(hours));
    const reader = readerOf(events, {
      pageSize: 1,
      refuse: ({ offset }) => {
        if (offset === 2) running.abort(deadline);
        return undefined;
      },
    });

    const { reads, counts } = await read({ ...reader, signal: running.signal });

    expect(reads.interactive.cause).toMatchObject({ kind: 'deadline' });
    expect(counts).toEqual(countedOneByOne(events.slice(0, 3)));
  });

  it('leaves an endless chain that brings the same rows under ever new links', async () => {
    const event = anEvent(1);

    const { reads, counts } = await read(
      readerOf([event], {
        pageSize: 1,
        arrange: (found) =>
          Array<Event[]>(5000)
            .fill([...found])
            .flat(),
      }),
    );

    expect(reads.interactive.cause).toMatchObject({ kind: 'fault' });
    expect(reads.interactive.pages).toBeLessThan(50);
    expect(counts).toEqual(countedOneByOne([event]));
  });

  it('falls back to v1.0 where beta is refused: interactive only, and MFA not said', async () => {
    const events = [anEvent(1), anEvent(2, { kind: 'nonInteractive' })];
    const reader = readerOf(events, {
      refuse: ({ version }) => (version === 'beta' ? [404, 'ResourceNotFound'] : undefined),
    });

    const { reads, pieces } = await read(reader);

    const [row] = [...(pieces[0]?.counts.rows() ?? [])];
    expect([successesOf(row!), countOf(row!, 'unsaid')]).toEqual([1, 1]);
    expect(reads.interactive.shape).toMatchObject({ version: 'v1.0' });
    expect(reads.nonInteractive.cause).toMatchObject({ kind: 'version' });
    const asked = reader.requests.filter(({ version }) => version === 'v1.0');
    expect(asked.map(({ filter }) => filter.includes('signInEventTypes'))).toEqual([false]);
  });

  it('blames a missing permission, not the version, where beta is denied', async () => {
    const refuse = () => [403, 'Authorization_RequestDenied'] as const;

    const { reads, pieces } = await read(readerOf([anEvent(1)], { refuse }));

    expect(reads.interactive.cause).toMatchObject({ kind: 'consent' });
    expect(reads.nonInteractive.cause).toMatchObject({ kind: 'consent' });
    expect(pieces.flatMap(({ counts }) => [...counts.rows()])).toEqual([]);
  });

  it('asks a tenant without a licence once for each kind', async () => {
    const reader = readerOf([], {
      refuse: () => [403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant'],
    });

    const { reads } = await read(reader);

    expect(reads.interactive.cause).toMatchObject({ kind: 'licence' });
    expect(reader.requests).toHaveLength(2);
  });

  it.each([
    ['$select', ({ isSelecting }: { isSelecting: boolean }) => isSelecting],
    ['or', ({ filter }: { filter: string }) => filter.includes(' or ')],
  ])('does without %s where Graph refuses it, and remembers', async (_, isRefused) => {
    const events = [anEvent(1), anEvent(30, { appId: TERRAFORM, resourceId: ARM })];
    const reader = readerOf(events, {
      refuse: (request) => (isRefused(request) ? [400, 'BadRequest'] : undefined),
    });

    const { counts, reads } = await read(reader);
    const before = reader.requests.length;
    await read(reader, { span: { from: FROM, to: TO } }, reads);

    expect(counts).toEqual(countedOneByOne(events));
    expect(reader.requests.slice(before).some(isRefused)).toBe(false);
  });

  it('counts a sign-in to the portal for Resource Manager once, under the portal', async () => {
    const event = anEvent(1, { resourceId: ARM });
    const refuse: LogOptions['refuse'] = ({ filter }) =>
      filter.includes(' or ') ? [400, 'BadRequest'] : undefined;

    const { pieces } = await read(readerOf([event], { refuse }));

    const rows = pieces.flatMap(({ counts }) => [...counts.rows()]);
    expect(rows.map((row) => [row.slot, successesOf(row)])).toEqual([[0, 1]]);
  });

  it('counts only what asked for MFA among the failures', async () => {
    const failures = [50126, 50053, 50140, 53003, 50074, 500121].map((errorCode) =>
      anEvent(1, { errorCode }),
    );

    const { pieces } = await read(readerOf(failures));

    const rows = pieces.flatMap(({ counts }) => [...counts.rows()]);
    expect(rows).toHaveLength(1);
    expect([successesOf(rows[0]!), countOf(rows[0]!, 'not-passed')]).toEqual([0, 2]);
  });

  it.each([
    ['createdDateTime', null],
    ['createdDateTime', '2026-13-40T00:00:00Z'],
    ['createdDateTime', 1_795_000_000_000],
    ['status', null],
    ['status', { errorCode: '0' }],
    ['userId', null],
    ['userId', 7],
    ['id', null],
    ['appId', undefined],
    ['appId', { id: 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c' }],
  ])('S01, S03: takes a row whose %s is %j for one that could not be read', async (name, value) => {
    const events = [anEvent(3), anEvent(4), anEvent(5)];
    const bad = events[1]!;
    const spoil: LogOptions['spoil'] = (row) =>
      row['id'] === bad.id
        ? {
            ...row,
            ...(name === 'appId' && value === undefined && { resourceId: undefined }),
            [name]: value,
          }
        : row;

    const { pieces, reads } = await read(readerOf(events, { spoil }));

    const ofTheDay = pieces.find(({ from, to }) => bad.at >= from && bad.at < to);
    const counted = [...(ofTheDay?.counts.rows() ?? [])].reduce(
      (sum, row) => sum + successesOf(row),
      0,
    );
    expect(reads.interactive.undecodable).toBe(1);
    expect(ofTheDay?.isWhole).toEqual({ interactive: false, nonInteractive: true });
    // Without an id it counts all the same; nobody can tell only whether it counted before.
    expect(counted).toBe(name === 'id' ? 3 : 2);
    expect(pieces.filter(({ isWhole }) => !isWhole.interactive).length).toBeLessThanOrEqual(2);
  });

  it.each([
    ['between two rows, all days from the one to the other', 1, [false, false, false, true]],
    ['after the last row, all days before it', 2, [true, true, false, false]],
  ])('calls not whole, for a row without instant %s', async (_, place, whole) => {
    const events =
      place === 1
        ? [2, 3, 50].map((hours) => anEvent(hours))
        : [2, 40, 41].map((hours) => anEvent(hours));
    const bad = events[place]!;
    const spoil: LogOptions['spoil'] = (row) =>
      row['id'] === bad.id ? { ...row, createdDateTime: undefined } : row;

    const { pieces } = await read(readerOf(events, { pageSize: 1, spoil }));

    expect(pieces.map(({ isWhole }) => isWhole.interactive)).toEqual(whole);
    expect(pieces.every(({ isWhole }) => isWhole.nonInteractive)).toBe(true);
  });

  it('does not go round for ever where rows have no id and Graph’s pages lead in circles', async () => {
    const events = Array.from({ length: 60 }, () => anEvent(1));
    const spoil: LogOptions['spoil'] = (row) => ({ ...row, id: null });
    const reader = readerOf(events, { pageSize: 1, spoil });

    const { reads } = await read(reader);

    expect(reads.interactive.cause).toMatchObject({ kind: 'fault' });
    expect(reader.requests.length).toBeLessThan(30);
  });

  it('is not put off by a sign-in of nobody that failed for another reason', async () => {
    const spoil: LogOptions['spoil'] = (row) => ({ ...row, userId: '' });

    const { reads } = await read(readerOf([anEvent(1, { errorCode: 50034 })], { spoil }));

    expect(reads.interactive.undecodable).toBeUndefined();
  });

  it('hands out every row once for the log, in full, whoever signed in and whether it failed', async () => {
    const events = [
      anEvent(1),
      anEvent(2, { errorCode: 50126 }),
      anEvent(3, { userId: 'stranger' }),
      anEvent(30, { kind: 'nonInteractive' }),
    ];
    const handed: string[] = [];
    const reader = readerOf(events, {
      arrange: (found) => found.flatMap((event) => [event, event]),
    });

    await read(reader, {
      span: { from: FROM, to: TO },
      onRow: (row) => void handed.push(String(row['id'])),
    });

    expect(handed.toSorted()).toEqual(events.map(({ id }) => id).toSorted());
    expect(reader.requests.some(({ isSelecting }) => isSelecting)).toBe(false);
  });

  it('hands out every row once whatever the order, and counts the same', async () => {
    await fc.assert(
      fc.asyncProperty(anyEvents, pageSizes, anyArrangement, async (events, pageSize, arrange) => {
        const handed: string[] = [];

        const { counts } = await read(readerOf(events, { pageSize, arrange }), {
          span: { from: FROM, to: TO },
          onRow: (row) => void handed.push(String(row['id'])),
        });

        const listed = events.filter(
          ({ at, appId, resourceId }) =>
            at >= FROM && at < TO && applicationIndex(appId, resourceId) >= 0,
        );
        expect(handed.toSorted()).toEqual(listed.map(({ id }) => id).toSorted());
        expect(counts).toEqual(countedOneByOne(events));
      }),
    );
  });

  it('survives rows that lack everything', async () => {
    const bare = {} as Event;

    const { counts, reads } = await read(
      readerOf([anEvent(1)], {
        arrange: (found) => [
          ...found,
          ...found.map((event) => ({ ...bare, at: event.at, id: 'x' })),
        ],
      }),
    );

    expect(Object.keys(counts)).toHaveLength(1);
    expect(reads.interactive.rows).toBe(2);
  });

  it('covers every application of the table with its conditions', async () => {
    const reader = readerOf([]);

    await read(reader);

    const filter = reader.requests[0]?.filter ?? '';
    const ids = APPLICATIONS.flatMap(({ appIds }) => appIds);
    expect(ids.every((id) => filter.includes(`appId eq '${id}'`))).toBe(true);
    expect(filter).toContain(`resourceId eq '${ARM}'`);
    expect(filter).not.toMatch(/ gt | lt /);
  });
});
