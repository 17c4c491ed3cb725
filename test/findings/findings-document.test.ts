import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LIFECYCLE_FORMAT, lifecycleName } from '../../lib/findings/findings-document.ts';
import type { Lifecycle } from '../../lib/findings/findings.ts';
import { decodeIds, encodeIds } from '../../lib/guid.ts';
import { readDocument, writeDocument } from '../../lib/storage/document.ts';
import { createVolatileStore } from '../../lib/storage/store.ts';
import { compareDays, TENANT } from './a-tenant.ts';

function aLifecycle(): Lifecycle {
  const days = compareDays(
    { on: '2026-11-19', people: [{ number: 1 }, { number: 2 }, { number: 3 }] },
    {
      on: '2026-11-20',
      people: [{ number: 1 }, { number: 2 }, { number: 3, row: 'capable' }],
      exceptions: [{ person: 'Person2@contoso.example', expires: '2026-12-31' }],
    },
  );
  return days[1]!.next!;
}

const openedOn = (day: string) => ({ ...aLifecycle().open[0], openedOn: day, firstOpenedOn: day });
const aPoint = aLifecycle().trend[0]!;

describe('LIFECYCLE_FORMAT', () => {
  it('reads back what was written', async () => {
    const store = createVolatileStore();
    const lifecycle = aLifecycle();
    const now = new Date('2026-11-20T06:00:00Z');

    await writeDocument(store, lifecycleName(TENANT), LIFECYCLE_FORMAT, lifecycle, {
      previous: undefined,
      now,
    });
    const stored = await readDocument(store, lifecycleName(TENANT), LIFECYCLE_FORMAT, now);

    expect(stored).toMatchObject({ unreadable: false, content: lifecycle });
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['no findings', { open: undefined }],
    ['a finding in no list', { open: [{ ...aLifecycle().open[0], list: 'elsewhere' }] }],
    ['a finding without a day', { open: [{ ...aLifecycle().open[0], openedOn: 'today' }] }],
    ['a finding of nobody', { open: [{ ...aLifecycle().open[0], id: '' }] }],
    ['no instant', { reportedAt: 'at six' }],
    ['a number that is none', { trend: [{ ...aLifecycle().trend[0], excepted: '1' }] }],
    ['a number without end', { trend: [{ ...aLifecycle().trend[0], excepted: 1e308 }] }],
    ['a finding of a day in 1601', { open: [{ ...aLifecycle().open[0], openedOn: '1601-01-01' }] }],
    ['ids that are none', { synchronisation: [1] }],
    ['no ids', { synchronisation: 1 }],
    ['a finding from before the product', { open: [openedOn('0001-01-01')] }],
    ['a finding from after its report', { open: [openedOn('2026-11-21')] }],
    [
      'a finding that was opened before it first was',
      {
        open: [{ ...openedOn('2026-11-19'), firstOpenedOn: '2026-11-20' }],
      },
    ],
    ['a person twice', { open: [aLifecycle().open[0], aLifecycle().open[0]] }],
    [
      'a finding both open and closed',
      {
        closed: [{ ...aLifecycle().closed[0], findingId: aLifecycle().open[0]!.findingId }],
      },
    ],
    ['an id that is none', { open: [{ ...aLifecycle().open[0], findingId: '=1+1' }] }],
    ['a trend that goes back', { trend: aLifecycle().trend.toReversed() }],
    ['a trend of a million runs', { trend: Array.from({ length: 1e6 }, () => aPoint) }],
    ['more findings than people can be', { trend: [{ ...aPoint, hits: { missing: 1e300 } }] }],
    ['fewer findings than none', { trend: [{ ...aPoint, hits: { missing: -1 } }] }],
    ['half an id', { capable: { guids: Buffer.alloc(20).toString('base64'), others: [] } }],
    ['an instant that no clock shows', { reportedAt: '2026-11-20T25:61:00Z' }],
    [
      'an exception to a day that is none',
      {
        exceptions: [{ id: 'a', reason: 'b', approvedBy: 'c', expiresOn: '2026-02-30' }],
      },
    ],
  ])('refuses a document with %s', (_case, fields) => {
    expect(() => LIFECYCLE_FORMAT.parse({ ...aLifecycle(), ...fields }, 1)).toThrow(RangeError);
  });
});

describe('encodeIds', () => {
  it('reads back every id, GUID or not', () => {
    const ids = fc.uniqueArray(fc.oneof(fc.uuid(), fc.string({ minLength: 1 })));

    fc.assert(
      fc.property(ids, (list) => {
        const lowerCase = new Set(list.map((id) => id.toLowerCase()));

        expect(decodeIds(encodeIds(lowerCase))).toEqual(lowerCase);
      }),
    );
  });
});
