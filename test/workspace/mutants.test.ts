import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { QUERIES } from '../../lib/workspace/compiled/queries.js';
import { TABLES } from '../../lib/workspace/query-texts.ts';
import { extentOf } from '../support/extent.ts';
import { anyTable, DAY, TENANT } from './any-sign-ins.ts';
import { AWKWARD } from './awkward-sign-ins.ts';
import { countsOfAnswers, countsOfGraph } from './graph-path.ts';
import type { SpanCounts } from './graph-path.ts';
import { mutate, MUTANTS } from './mutants.ts';
import {
  digestOf,
  mutatedSql,
  normalised,
  readMutants,
  readTranslation,
} from './translated-query.ts';
import { WorkspaceEngine } from './workspace-engine.ts';
import type { AnswerRow } from './workspace-engine.ts';

const table = TABLES.interactive;
const HOUR_MS = 3_600_000;
/**
 * The hours around noon, where what is awkward is: most variants are noticed in these few rows, in half the time. Then the
 * whole day, and half of it with an end that is no whole second.
 */
const SPANS = [
  { from: DAY + 9 * HOUR_MS, to: DAY + 13 * HOUR_MS },
  { from: DAY, to: DAY + 86_400_000 },
  { from: DAY, to: DAY + 43_200_500 },
] as const;

const { sql } = readTranslation('sign-ins');
const translated = new Map(readMutants().map((mutant) => [mutant.name, mutant]));
const truths: SpanCounts[] = [];
let engine: WorkspaceEngine;

beforeAll(async () => {
  const generated = fc.sample(anyTable(1000), { numRuns: 1, seed: 15 })[0] ?? [];
  const rows = [...generated, ...AWKWARD];
  engine = await WorkspaceEngine.open();
  await engine.load(table, rows);
  for (const span of SPANS) truths.push(await countsOfGraph(rows, 'interactive', span, TENANT));
});

afterAll(() => engine.close());

/** Whether a variant tells the truth of every span, in one part and then in four, which few variants are noticed by. */
async function tellsTheTruth(variant: string): Promise<boolean> {
  for (const count of [1, 4]) {
    for (const [place, span] of SPANS.entries()) {
      const parts = Array.from({ length: count }, (_, index) => ({ index, count }));
      const answers = [];
      for (const part of parts) {
        answers.push(await engine.signIns({ table, ...span, part, tenantId: TENANT }, variant));
      }
      // Not a matcher: it would describe every difference.
      if (!isTrue(answers, truths[place])) return false;
    }
  }
  return true;
}

function isTrue(
  answers: readonly (readonly AnswerRow[])[],
  truth: SpanCounts | undefined,
): boolean {
  try {
    return isDeepStrictEqual(countsOfAnswers(answers), truth);
  } catch {
    // They do not add up.
    return false;
  }
}

describe('a wrong variant of the query', () => {
  it('is none that is right', async () => {
    expect(await tellsTheTruth(sql)).toBe(true);
  });

  it.each(extentOf(MUTANTS))('is noticed where it $name', async (mutant) => {
    const found = translated.get(mutant.name);
    const text = normalised(mutate(QUERIES['sign-ins'], mutant));

    expect(found?.sha256).toBe(digestOf(text));
    expect(await tellsTheTruth(mutatedSql(sql, found!))).toBe(false);
  });
});
