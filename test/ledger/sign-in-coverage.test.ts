import { describe, expect, it } from '@jest/globals';
import type { DayCover } from '../../lib/ledger/day-document.ts';
import { coverSignIns } from '../../lib/ledger/sign-in-coverage.ts';
import type { CoverageInput } from '../../lib/ledger/sign-in-coverage.ts';
import { DAY_MS, dayOf, HOUR_MS } from './a-ledger.ts';

const NOW = Date.parse('2026-11-21T06:00:00Z');
const TODAY = Date.parse('2026-11-21T00:00:00Z');
const daysAgo = (days: number) => TODAY - days * DAY_MS;
const DEADLINE = {
  kind: 'deadline',
  because: 'the run reached its time limit',
  remedy: 'Raise RUN_TIME_LIMIT_MINUTES.',
} as const;

/** Days read whole, both kinds unless the test says otherwise, from some days ago until some days ago. */
function covers(first: number, last: number, about: Partial<DayCover> = {}): readonly DayCover[] {
  return Array.from({ length: first - last + 1 }, (_, index) => {
    const from = daysAgo(first - index);
    const to = Math.min(from + DAY_MS, NOW);
    return {
      day: dayOf(from),
      from,
      to,
      interactive: true,
      nonInteractive: true,
      readAt: NOW,
      ...about,
    };
  });
}

/** What was read of Graph, which owes a little less than 30 days. */
function anOrigin(reads: CoverageInput['origin']['reads']): CoverageInput['origin'] {
  const goneNote = 'Graph does not hold it any more.';
  return { reads, owedFrom: NOW - 30 * DAY_MS + HOUR_MS, goneNote, notes: [] };
}

function anInput(known: readonly DayCover[], about: Partial<CoverageInput> = {}): CoverageInput {
  return {
    origin: anOrigin({
      interactive: { rows: 10, pages: 1 },
      nonInteractive: { rows: 20, pages: 2 },
    }),
    aggregated: { covers: known, events: { interactive: {}, nonInteractive: {} } },
    window: { from: daysAgo(90), to: NOW },
    pace: { readMs: 0, tookMs: 0 },
    lasting: {
      tolerantFrom: daysAgo(2),
      nextRuns: {
        startAts: Array.from({ length: 180 }, (_, run) => NOW + (run + 1) * 4 * HOUR_MS),
        readingMs: 25 * 60_000,
        overlapDays: 2,
      },
    },
    ...about,
  };
}

function cover(...input: Parameters<typeof anInput>) {
  const result = coverSignIns(anInput(...input));
  const [interactive, nonInteractive] = result.coverage;
  return { ...result, interactive: interactive!, nonInteractive: nonInteractive! };
}

describe('coverSignIns', () => {
  it('is complete where everything is known that Graph still holds, and names the window spanned', () => {
    const { interactive, nonInteractive, isProof, seen } = cover(covers(30, 0));

    expect(interactive).toMatchObject({ state: 'complete', notes: [] });
    expect(nonInteractive.state).toBe('complete');
    expect(isProof).toBe(true);
    expect(seen).toEqual({ from: daysAgo(30), to: NOW });
  });

  it('spans more than Graph holds where the ledger does', () => {
    expect(cover(covers(75, 0)).seen?.from).toBe(daysAgo(75));
  });

  it('only names a hole that Graph cannot fill any more', () => {
    const { interactive, isProof } = cover([...covers(75, 61), ...covers(50, 0)]);

    expect(interactive.state).toBe('complete');
    expect(isProof).toBe(true);
    expect(interactive.notes).toEqual([
      'Not read: 2026-09-22 00:00 to 2026-10-02 00:00 UTC. Graph does not hold it any more.',
    ]);
  });

  it('is partial where Graph could still fill a hole, which proves nothing then', () => {
    const { interactive, isProof } = cover([...covers(40, 10), ...covers(8, 0)]);

    expect(interactive).toMatchObject({ state: 'partial', cause: { kind: 'ledger' } });
    expect(interactive.notes[0]).toBe('Not read: 2026-11-12 00:00 to 2026-11-13 00:00 UTC.');
    expect(isProof).toBe(false);
  });

  it('judges on what the ledger has where only the newest days are missing, and says up to when', () => {
    const known = [...covers(40, 3), ...covers(2, 0, { nonInteractive: false })];

    const { interactive, nonInteractive, isProof, seen } = cover(known);

    expect(interactive.state).toBe('complete');
    expect(nonInteractive.state).toBe('partial');
    expect(nonInteractive.notes).toContain('Sign-ins known to 2026-11-19 00:00 UTC.');
    expect(isProof).toBe(true);
    expect(seen).toEqual({ from: daysAgo(40), to: daysAgo(2) });
  });

  it('is strict again where one day more is missing', () => {
    expect(cover(covers(40, 4)).isProof).toBe(false);
  });

  it('is strict without a lasting ledger, however short the hole', () => {
    const { lasting: _, ...input } = anInput(covers(40, 1));

    expect(coverSignIns(input).isProof).toBe(false);
  });

  it('proves nothing by a window of which the ledger knows nothing, however short it is', () => {
    const { isProof, interactive, seen } = cover([], { window: { from: daysAgo(1), to: NOW } });

    expect(isProof).toBe(false);
    expect(interactive.state).toBe('not-available');
    expect(seen).toBeUndefined();
  });

  it('says how far back the past has been read and when the rest will be', () => {
    const { interactive, isProof } = cover(covers(9, 0), {
      origin: anOrigin({
        interactive: { rows: 10, pages: 1, cause: DEADLINE },
        nonInteractive: { rows: 10, pages: 1, cause: DEADLINE },
      }),
      pace: { readMs: 9 * DAY_MS, tookMs: 24 * 60_000 },
    });

    expect(isProof).toBe(false);
    expect(interactive.notes).toEqual([
      'Not read: 2026-10-22 07:00 to 2026-11-12 00:00 UTC. Read back to 2026-11-12 00:00 UTC so far.',
      'Reading the rest takes about 55 minutes at this pace; the runs of INGEST_SCHEDULE will have done it by 2026-11-21.',
    ]);
  });

  it('says that it cannot tell where nothing whole was read, and gives only the time without stored state', () => {
    const origin = anOrigin({
      interactive: { rows: 10, pages: 1, cause: DEADLINE },
      nonInteractive: { rows: 10, pages: 1, cause: DEADLINE },
    });

    const slow = cover(covers(9, 0), { origin });
    const { lasting: _, ...input } = anInput(covers(14, 0), {
      origin,
      window: { from: daysAgo(29), to: NOW },
      pace: { readMs: 14 * DAY_MS, tookMs: 14 * 60_000 },
    });
    const forgetful = coverSignIns(input);

    expect(slow.interactive.notes).toContain('How long the rest takes to read cannot be told yet.');
    expect(forgetful.coverage[0]?.notes).toContain(
      'Reading the rest would take about 15 minutes at this pace.',
    );
  });

  it('is partial where v1.0 had to stand in, however much of it was read', () => {
    const vague = { kind: 'version', because: 'v1.0 does not say', remedy: 'Look.' } as const;

    const { interactive } = cover(covers(30, 0), {
      origin: anOrigin({
        interactive: { rows: 1, pages: 1, vague },
        nonInteractive: { rows: 0, pages: 0 },
      }),
    });

    expect(interactive).toMatchObject({ state: 'partial', cause: { kind: 'version' } });
  });
});

describe('a hole inside a day', () => {
  /** A day of last week in two pieces, the second beginning this long after the end of the first. */
  function coverWithHole(holeMs: number) {
    const [day] = covers(5, 5);
    const noon = daysAgo(5) + 12 * HOUR_MS;
    const pieces = [
      { ...day!, to: noon - holeMs },
      { ...day!, from: noon },
    ];
    return cover([...covers(29, 6), ...pieces, ...covers(4, 0)], {
      window: { from: daysAgo(29), to: NOW },
    });
  }

  it.each([
    [2000, 'complete'],
    [2001, 'partial'],
    [2 * HOUR_MS, 'partial'],
  ])('of %d ms makes the kinds %s', (holeMs, state) => {
    const { interactive, nonInteractive, isProof } = coverWithHole(holeMs);

    expect([interactive.state, nonInteractive.state]).toEqual([state, state]);
    expect(isProof).toBe(state === 'complete');
  });

  it('of two hours is told, and nothing is whole beyond it', () => {
    const { interactive, wholeSince } = coverWithHole(2 * HOUR_MS);

    expect(interactive.notes).toContain('Not read: 2026-11-16 10:00 to 2026-11-16 12:00 UTC.');
    expect(wholeSince).toBe(daysAgo(5) + 12 * HOUR_MS);
  });
});
