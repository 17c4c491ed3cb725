import { describe, expect, it } from '@jest/globals';
import { DAY_FORMAT, isComplete } from '../../lib/ledger/day-document.ts';
import type { DayContent } from '../../lib/ledger/day-document.ts';
import { decodeCounts } from '../../lib/ledger/encode-counts.ts';
import { SignInLedger } from '../../lib/ledger/ledger.ts';
import { updateLedger } from '../../lib/ledger/update-ledger.ts';
import { DayCounts } from '../../lib/sign-ins/day-counts.ts';
import { COUNTS, emptyRow } from '../../lib/sign-ins/day-row.ts';
import { noReads } from '../../lib/sign-ins/origin.ts';
import type { OriginKey, SignInOrigin } from '../../lib/sign-ins/origin.ts';
import { cutIntoPieces } from '../../lib/sign-ins/pieces.ts';
import type { Span } from '../../lib/sign-ins/query.ts';
import type { SignInRequest } from '../../lib/sign-ins/read-sign-ins.ts';
import { PeopleIndex } from '../../lib/sources/people-index.ts';
import { createVolatileStore } from '../../lib/storage/store.ts';
import type { Store } from '../../lib/storage/store.ts';
import { guid } from '../support/a-report.ts';
import { DAY_MS, dayOf, TENANT } from './a-ledger.ts';

const TODAY = Date.parse('2026-11-21T00:00:00Z');
const NOW = TODAY + 6 * 3_600_000;
const [WHOLE, OPEN] = [
  { interactive: true, nonInteractive: true },
  { interactive: false, nonInteractive: true },
];

interface AnOrigin extends SignInOrigin {
  readonly asked: readonly SignInRequest[];
}

/** An origin that sees so many sign-ins of one person in each piece; days that it lacks are not whole. */
function anOrigin(
  key: OriginKey,
  about: {
    readonly signIns?: number;
    readonly lacks?: readonly string[];
    readonly retainedFrom?: number;
  } = {},
): AnOrigin {
  const { signIns = 1, lacks = [], retainedFrom = TODAY - 29 * DAY_MS } = about;
  const asked: SignInRequest[] = [];
  return {
    key,
    name: key,
    retainedFrom,
    owedFrom: retainedFrom,
    furthestFrom: retainedFrom,
    goneNote: '',
    reads: noReads(),
    notes: [],
    asked,
    async *read(people, request) {
      asked.push(request);
      await Promise.resolve();
      for (const { from, to } of cutIntoPieces(request.span, request.cutAt)) {
        const counts = new DayCounts();
        const row = emptyRow();
        const own = COUNTS.map((name) => (name === 'none' ? signIns : 0));
        const instants = { firstAt: from, lastAt: from };
        counts.add({ ...row, ...instants, person: people.add(guid(1)), counts: own, hours: 1 });
        const isWhole = lacks.includes(dayOf(from)) ? OPEN : WHOLE;
        const parts = { interactive: 8, nonInteractive: 2 };
        const hasParts = key === 'log-analytics';
        yield { day: dayOf(from), from, to, counts, isWhole, ...(hasParts && { parts }) };
      }
    },
  };
}

async function update(
  store: Store,
  origin: SignInOrigin,
  about: { readonly filler?: SignInOrigin; readonly days?: number; readonly now?: number } = {},
): Promise<SignInLedger> {
  const { filler, days = 3, now = NOW } = about;
  const ledger = new SignInLedger(store, TENANT, new Date(now));
  await updateLedger(ledger, {
    origin,
    filler,
    people: new PeopleIndex(),
    now,
    overlapDays: 2,
    isForReport: false,
    from: TODAY - days * DAY_MS,
    keptFrom: dayOf(TODAY - 400 * DAY_MS),
    isWriting: () => true,
  });
  return ledger;
}

function signInsOf(content: DayContent | undefined): number {
  const rows = content === undefined ? [] : decodeCounts(content.counts, Date.parse(content.day));
  return [...rows].reduce((sum, { counts }) => sum + counts[COUNTS.indexOf('none')]!, 0);
}

const spansOf = ({ asked }: AnOrigin): readonly Span[] => asked.map(({ span }) => span);

describe('a ledger of two origins', () => {
  it('says of a day which origin filled it, and nothing where Graph did', async () => {
    const byGraph = await update(createVolatileStore(), anOrigin('graph'));
    const byWorkspace = await update(createVolatileStore(), anOrigin('log-analytics'));

    expect(Object.keys((await byGraph.day('2026-11-20')) ?? {})).not.toContain('origin');
    expect(await byWorkspace.day('2026-11-20')).toMatchObject({
      origin: 'log-analytics',
      parts: { interactive: 8, nonInteractive: 2 },
    });
  });

  it.each([
    ['graph', 'log-analytics'],
    ['log-analytics', 'graph'],
  ] as const)('replaces a whole day of %s by one of %s', async (first, second) => {
    const store = createVolatileStore();
    await update(store, anOrigin(first, { signIns: 5 }), { now: NOW - DAY_MS });

    const ledger = await update(store, anOrigin(second, { signIns: 3 }));

    const day = await ledger.day('2026-11-19');
    expect(signInsOf(day)).toBe(3);
    expect(day?.origin ?? 'graph').toBe(second);
  });

  it('keeps a whole day where the other origin sees less than all of it', async () => {
    const store = createVolatileStore();
    await update(store, anOrigin('graph', { signIns: 5 }), { now: NOW - DAY_MS });

    const ledger = await update(store, anOrigin('log-analytics', { lacks: ['2026-11-19'] }));

    const day = await ledger.day('2026-11-19');
    expect(signInsOf(day)).toBe(5);
    expect(day).not.toHaveProperty('origin', 'log-analytics');
    expect(day !== undefined && isComplete(day)).toBe(true);
  });

  it('says so where both filled a day', async () => {
    const store = createVolatileStore();
    await update(store, anOrigin('graph'), { now: NOW });

    const ledger = await update(store, anOrigin('log-analytics'), { now: NOW + 3_600_000 });

    const today = await ledger.day('2026-11-21');
    expect(today?.origin).toBe('both');
    expect(signInsOf(today)).toBe(2);
  });

  it('has the filler read what the origin leaves open, and nothing else', async () => {
    const origin = anOrigin('log-analytics', { lacks: ['2026-11-19'] });
    const filler = anOrigin('graph', { signIns: 4 });

    const ledger = await update(createVolatileStore(), origin, { filler });

    const start = Date.parse('2026-11-19T00:00:00Z');
    expect(spansOf(filler)).toEqual([{ from: start, to: start + DAY_MS }]);
    expect(signInsOf(await ledger.day('2026-11-19'))).toBe(4);
    expect((await ledger.day('2026-11-20'))?.origin).toBe('log-analytics');
  });

  it('leaves days from before the origin to the filler, whole days at a time', async () => {
    const retainedFrom = Date.parse('2026-11-19T10:00:00Z');
    const origin = anOrigin('log-analytics', { retainedFrom });
    const filler = anOrigin('graph');

    await update(createVolatileStore(), origin, { filler });

    expect(Math.min(...spansOf(origin).map(({ from }) => from))).toBe(TODAY - DAY_MS);
    expect(spansOf(filler)).toEqual([{ from: TODAY - 3 * DAY_MS, to: TODAY - DAY_MS }]);
  });

  it('does not doubt a whole day that neither could read again', async () => {
    const store = createVolatileStore();
    await update(store, anOrigin('graph', { signIns: 5 }), { now: NOW - DAY_MS });
    const lacks = ['2026-11-19'];

    const ledger = await update(store, anOrigin('log-analytics', { lacks }), {
      filler: anOrigin('graph', { lacks }),
    });

    const day = await ledger.day('2026-11-19');
    expect(day !== undefined && isComplete(day)).toBe(true);
  });

  it('tells the origin in how many answers the last long day came', async () => {
    const store = createVolatileStore();
    await update(store, anOrigin('log-analytics'), { now: NOW - DAY_MS });
    const origin = anOrigin('log-analytics');

    await update(store, origin);

    expect(origin.asked[0]?.parts).toEqual({ interactive: 8, nonInteractive: 2 });
  });
});

describe('a day document', () => {
  it.each([
    [{ origin: 'log-analytics', parts: { interactive: 4, nonInteractive: 8 } }, true],
    [{ origin: 'both' }, true],
    [{ origin: 'log-analytics', parts: { interactive: 0, nonInteractive: 8 } }, false],
    [{ origin: 'somewhere else' }, false],
  ])('keeps %j of its origin as far as it is known: %s', async (about, isKept) => {
    const store = createVolatileStore();
    const ledger = await update(store, anOrigin('graph'));
    const day = { ...(await ledger.day('2026-11-20')), ...about };

    const { origin, parts } = DAY_FORMAT.parse(JSON.parse(JSON.stringify(day)), 2);

    expect({ origin, parts }).toEqual(
      isKept
        ? { parts: undefined, ...about }
        : {
            origin: about.origin === 'log-analytics' ? 'log-analytics' : undefined,
            parts: undefined,
          },
    );
  });
});
