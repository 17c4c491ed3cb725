import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunSummary } from '../../lib/run/make-digest.ts';
import { extentOf, isSample } from '../support/extent.ts';
import { openYearStage } from '../support/tenant-of-a-year.ts';
import type { YearStage } from '../support/tenant-of-a-year.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const FIRST_MORNING = Date.parse('2026-01-05T06:00:00Z');
const [DAYS, JUMP_AFTER, AHEAD] = [365, 180, 40];

/** Every day around the jump and around where it led, every week in the rest of the year. */
const ALL_DAYS = Array.from({ length: DAYS }, (_, day) => day);
const WEEKLY = ALL_DAYS.filter((day) => day % 7 === 0);
const NEAR = ALL_DAYS.filter(
  (day) => Math.abs(day - JUMP_AFTER - 5) <= 10 || Math.abs(day - JUMP_AFTER - AHEAD) <= 2,
);
const TURN = [JUMP_AFTER - 1, JUMP_AFTER, JUMP_AFTER + AHEAD + 2];
const PLAYED = [...new Set([...extentOf(WEEKLY), ...extentOf(NEAR), ...TURN])].toSorted(
  (one, other) => one - other,
);
const LAST_NEAR = JUMP_AFTER + AHEAD + 2;

const morning = (day: number) => new Date(FIRST_MORNING + day * DAY_MS);
const noonAfter = (day: number, hours: number) =>
  new Date(morning(day).getTime() + hours * HOUR_MS);

function textOf({ composition }: RunSummary): string {
  return composition?.digest.text ?? 'no digest';
}

/** What a digest says of people and of what changed, whatever it says of its state. */
function gistOf({ report }: RunSummary) {
  return {
    standings: report?.people.map(({ user, standing }) => [user.id, standing]),
    ages: report?.people.map(({ findingId, ageDays }) => [findingId, ageDays]),
    history: { ...report?.history, problems: [] },
  };
}

describe('a year of digests in which the clock jumps ahead once, and back', () => {
  let undisturbed: YearStage;
  let heeded: YearStage;
  let unheeded: YearStage;

  beforeAll(async () => {
    undisturbed = await openYearStage();
    for (const day of PLAYED) {
      if (day < JUMP_AFTER) await undisturbed.play({ at: morning(day) });
    }
    [heeded, unheeded] = [await undisturbed.fork(), await undisturbed.fork()];
  }, 120_000);

  afterAll(async () => {
    await Promise.all([undisturbed, heeded, unheeded].map((stage) => stage.close()));
  });

  it('records nothing while it is ahead, so that every digest after it is that of a year without', async () => {
    const before = await heeded.contents();
    for (const days of [1, AHEAD, 400]) {
      await heeded.play({ at: noonAfter(JUMP_AFTER - 1, 6), clockAheadMs: days * DAY_MS });
    }
    // Nor a morning that has had no digest yet: it is told twice.
    const { outcome } = await heeded.play({
      at: noonAfter(JUMP_AFTER - 1, 24),
      clockAheadMs: AHEAD * DAY_MS,
    });
    expect(outcome).toBe('sent');
    expect(await heeded.contents()).toEqual(before);

    // An older version did not hear Graph, and recorded a day that had not come.
    await unheeded.play({
      at: noonAfter(JUMP_AFTER - 1, 6),
      clockAheadMs: AHEAD * DAY_MS,
      isGraphHeard: false,
    });
    const changes: number[] = [];
    const texts: (readonly [right: string, afterUnheeded: string])[] = [];
    const heededTexts: (readonly [right: string, afterHeeded: string])[] = [];
    const stored: Awaited<ReturnType<YearStage['contents']>>[] = [];
    for (const day of PLAYED.filter((played) => played >= JUMP_AFTER)) {
      const right = await undisturbed.play({ at: morning(day) });
      const afterUnheeded = await unheeded.play({ at: morning(day) });
      changes.push(right.report?.history?.changes.length ?? 0);
      if (day <= LAST_NEAR) {
        heededTexts.push([textOf(right), textOf(await heeded.play({ at: morning(day) }))]);
      }
      if (day === LAST_NEAR) {
        stored.push(await undisturbed.contents(), await heeded.contents());
      }
      expect(gistOf(afterUnheeded)).toEqual(gistOf(right));
      texts.push([textOf(right), textOf(afterUnheeded)]);
    }
    expect(heededTexts.filter(([right, after]) => right !== after)).toEqual([]);
    // With every byte the same after the day to which the clock had jumped, no later digest can differ.
    const [storedRight, storedHeeded] = stored;
    expect(storedRight?.size).toBeGreaterThan(isSample ? 100 : 200);
    expect(storedHeeded).toEqual(storedRight);
    const [first, ...laterTexts] = texts;
    const words = first![1].replaceAll(/\s+/g, ' ');
    expect(words).toContain('(from the future) and is set aside; the one before it is used');
    expect(words).toContain('what was stored of a run from the future');
    expect(words).toContain('documents of the sign-in ledger could not be read');
    expect(laterTexts.filter(([right, after]) => right !== after)).toEqual([]);
    // A year in which nothing happens would prove nothing.
    const mostDays = changes.length * 0.6;
    expect(changes.filter((count) => count > 0).length).toBeGreaterThan(mostDays);
  }, 240_000);
});
