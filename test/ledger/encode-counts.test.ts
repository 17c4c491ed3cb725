import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY_FORMAT } from '../../lib/ledger/day-document.ts';
import { decodeCounts, encodeCounts } from '../../lib/ledger/encode-counts.ts';
import type { StoredRow } from '../../lib/ledger/encode-counts.ts';
import { StoredRows } from '../../lib/ledger/stored-counts.ts';
import type { EncodedCounts } from '../../lib/ledger/stored-counts.ts';
import { ByteWriter } from '../../lib/ledger/varint.ts';
import { DayCounts } from '../../lib/sign-ins/day-counts.ts';
import { COUNTS } from '../../lib/sign-ins/day-row.ts';
import type { DayRow } from '../../lib/sign-ins/day-row.ts';
import { PeopleIndex } from '../../lib/sources/people-index.ts';
import { aDayRow, anyDayRow, DAY } from '../support/day-rows.ts';

const IDS = ['adele', 'no guid', '0'.repeat(36)];
const DAY_MS = 86_400_000;

const rows = fc.array(
  fc
    .tuple(fc.oneof(fc.uuid(), fc.constantFrom(...IDS)), anyDayRow)
    .map(([id, row]) => ({ ...row, id })),
  { maxLength: 60 },
);

function encode(list: readonly (DayRow & { readonly id: string })[]): EncodedCounts {
  const people = new PeopleIndex();
  const counts = new DayCounts();
  for (const { id, ...row } of list) counts.add({ ...row, person: people.add(id) });
  return encodeCounts(counts, people, DAY);
}

/** The rows as they were before they were encoded. */
function rowsOf(list: readonly (DayRow & { readonly id: string })[]): readonly StoredRow[] {
  const people = new PeopleIndex();
  const counts = new DayCounts();
  for (const { id, ...row } of list) counts.add({ ...row, person: people.add(id) });
  return [...counts.rows()].map(({ person, counts: own, ...row }) => ({
    ...row,
    id: people.idOf(person).toLowerCase(),
    counts: Array.from(own),
  }));
}

const byKey = (a: StoredRow, b: StoredRow) => (`${a.id} ${a.slot}` < `${b.id} ${b.slot}` ? -1 : 1);

function read(counts: unknown, day = '2026-11-20') {
  const fields = {
    day,
    from: DAY,
    to: DAY + DAY_MS,
    readAt: DAY,
    interactive: true,
    nonInteractive: true,
  };
  return DAY_FORMAT.parse({ ...fields, counts }, 2);
}

describe('the counts of a day', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(rows, (list) => {
        expect([...decodeCounts(encode(list), DAY)].sort(byKey)).toEqual(
          [...rowsOf(list)].sort(byKey),
        );
      }),
    );
  });

  it('are the same text, whatever the order in which they grew', () => {
    fc.assert(
      fc.property(rows, (list) => {
        expect(encode(list.toReversed())).toEqual(encode(list));
      }),
    );
  });

  it('can be read as a document', () => {
    fc.assert(
      fc.property(rows, (list) => {
        expect(read(JSON.parse(JSON.stringify(encode(list)))).counts).toEqual(encode(list));
      }),
    );
  });

  it.each([1, 2, 3, 4])('take at most 72 bytes for a person with %d applications', (slots) => {
    const list = Array.from({ length: 500 * slots }, (_, index) => {
      const number = Math.floor(index / slots);
      const id = `10000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
      const offset = ((number * 7919 + index * 31) % 86_400) * 1000;
      const counts = number % 2 === 0 ? { none: 1 } : { claim: 1, mfaByTenant: 1 };
      return { ...aDayRow(counts, offset, { slot: (index % slots) * 3 }), id };
    });

    expect(JSON.stringify(encode(list)).length / 500).toBeLessThan(72);
  });
});

describe('counts from before evidence was told apart', () => {
  /** A row of slot 2: seven successes, two of them with what passed for MFA, one unsaid, and three failures. */
  function anOldRow(): EncodedCounts {
    const writer = new ByteWriter();
    for (const number of [0, (2 << 5) | 4 | 8 | 16, 7, 2, 1, 3, 3600, 60]) writer.write(number);
    const people = Buffer.alloc(16, 7).toString('base64');
    return { people, rows: writer.toBuffer().toString('base64'), unitMs: 1000, form: 1 };
  }

  it('prove no MFA and no refusal, and keep one factor and the instants', () => {
    const [row] = [...decodeCounts(anOldRow(), DAY)];

    expect(row).toMatchObject({
      slot: 2,
      firstAt: DAY + 3_600_000,
      lastAt: DAY + 3_660_000,
      lastMfaAt: 0,
      lastRefusalAt: 0,
      hours: 0,
    });
    expect(COUNTS.filter((_, place) => row!.counts[place]! > 0)).toEqual(['unsaid', 'none']);
    expect([row!.counts[COUNTS.indexOf('unsaid')], row!.counts[COUNTS.indexOf('none')]]).toEqual([
      3, 4,
    ]);
  });

  it('are read under their old name, and known to say nothing of askers', () => {
    const { form, ...tally } = anOldRow();
    const fields = {
      day: '2026-11-20',
      from: DAY,
      to: DAY + DAY_MS,
      readAt: DAY,
      interactive: true,
      nonInteractive: true,
    };

    const day = DAY_FORMAT.parse({ ...fields, tally }, 1);

    expect(form).toBe(1);
    expect(day.knowsAskers).toBe(false);
    expect([...decodeCounts(day.counts, DAY)]).toHaveLength(1);
  });
});

describe('S04: a day that parses and is absurd', () => {
  const whole = encode([
    {
      ...aDayRow({ claim: 5, none: 2, 'not-passed': 1 }, 1000, { slot: 3 }),
      id: '10000000-0000-4000-8000-000000000001',
    },
  ]);
  const withRows = (...numbers: readonly number[]) => {
    const writer = new ByteWriter();
    for (const number of numbers) writer.write(number);
    return { ...whole, rows: writer.toBuffer().toString('base64') };
  };
  const head = (slot: number, bits: number) => slot | (bits << 4);

  it.each([
    [
      'cut',
      { ...whole, rows: Buffer.from(whole.rows, 'base64').subarray(0, -1).toString('base64') },
    ],
    ['without its people', { ...whole, people: '' }],
    ['with half a person', { ...whole, people: Buffer.alloc(20).toString('base64') }],
    ['with an application that is not known', withRows(0, head(15, 1), 1, 0, 0, 0, 0)],
    ['with an instant after its day', withRows(0, head(0, 1), 1, 86_400, 0, 0, 0)],
    ['with an instant far away', withRows(0, head(0, 1), 1, 2 ** 52, 0, 0, 0)],
    ['with MFA before its day', withRows(0, head(0, 1), 1, 10, 0, 11, 0)],
    ['with more sign-ins than any day has', withRows(0, head(0, 1), 2 ** 40, 0, 0, 0, 0)],
    ['with a refusal at no stage', withRows(0, head(0, 32), 1, 0, 200, 0)],
    ['with a 25th hour', withRows(0, head(0, 1), 1, 0, 0, 0, 2 ** 24)],
    ['with a number of 200 bytes', { ...whole, rows: Buffer.alloc(200, 0x80).toString('base64') }],
    ['with a row twice', withRows(0, head(0, 1), 1, 0, 0, 0, 0, 0, head(0, 1), 1, 0, 0, 0, 0)],
    ['with ids that are none', { ...whole, otherIds: [5] }],
    ['with ids of objects', { ...whole, otherIds: ['__proto__'] }],
    [
      'with people out of order',
      {
        ...whole,
        people: Buffer.concat([Buffer.alloc(16, 9), Buffer.alloc(16, 1)]).toString('base64'),
      },
    ],
    ['with an unknown unit', { ...whole, unitMs: 60_000 }],
    ['with ids in another case', { ...whole, otherIds: ['Guest'] }],
    [
      'with characters between its ids',
      { ...whole, people: `${whole.people.slice(0, 8)}!*!*${whole.people.slice(8)}` },
    ],
    [
      'with more MFA by uncounted means than MFA',
      withRows(0, head(0, 2 | 512), 1, 2, 10, 0, 0, 0, 0),
    ],
    ['with more MFA that was asked for than MFA', withRows(0, head(0, 1 | 8), 1, 2, 10, 0, 0, 0)],
    ['with a last refusal at a stage that refused nobody', withRows(0, head(0, 32), 1, 10, 0, 0)],
  ])('%s is refused', (_, counts) => {
    expect(() => read(counts)).toThrow(RangeError);
  });

  it.each(['2026-13-40', 'tomorrow', 7, undefined])('of the day %j is refused', (day) => {
    expect(() => DAY_FORMAT.parse({ ...read(whole), day }, 2)).toThrow(RangeError);
  });

  it('says that a number is cut short or too long instead of making one up', () => {
    const rowsReader = new StoredRows(
      { ...whole, rows: Buffer.alloc(9, 0xff).toString('base64') },
      DAY,
    );

    expect(() => rowsReader.next()).toThrow(RangeError);
  });
});
