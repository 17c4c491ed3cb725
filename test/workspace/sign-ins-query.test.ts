import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Span } from '../../lib/sign-ins/query.ts';
import { TABLES } from '../../lib/workspace/query-texts.ts';
import { extentOf, runsOf } from '../support/extent.ts';
import { anyTable, DAY, TENANT } from './any-sign-ins.ts';
import { AWKWARD } from './awkward-sign-ins.ts';
import { kindOf, countsOfAnswers, countsOfGraph } from './graph-path.ts';
import type { SpanCounts } from './graph-path.ts';
import { WorkspaceEngine } from './workspace-engine.ts';
import type { AskedSpan, TableRow } from './workspace-engine.ts';

const DAY_MS = 86_400_000;
const WHOLE = { from: DAY, to: DAY + DAY_MS } as const;
const ROWS = 200;

let engine: WorkspaceEngine;
beforeAll(async () => {
  engine = await WorkspaceEngine.open();
});
afterAll(() => engine.close());

async function counts(spans: readonly AskedSpan[], count = 1) {
  const answers = [];
  for (const span of spans) {
    for (let index = 0; index < count; index += 1) {
      answers.push(await engine.signIns({ ...span, part: { index, count }, tenantId: TENANT }));
    }
  }
  return countsOfAnswers(answers);
}

/** A span of the day in both tables, read in some parts: what the query says, and what Graph's rows come to. */
async function bothWays(rows: readonly TableRow[], count = 1, { from, to }: Span = WHOLE) {
  const both: { answered: SpanCounts[]; counted: SpanCounts[] } = { answered: [], counted: [] };
  for (const table of Object.values(TABLES)) {
    await engine.load(table, rows);
    const span = { table, from, to };
    both.answered.push(await counts([span], count));
    both.counted.push(await countsOfGraph(rows, kindOf(table), span, TENANT));
  }
  return both;
}

/**
 * As many tables, one under another, with sign-ins and people of their own each: most of what a query costs does not hang
 * on its rows.
 */
function stackOf(count: number): fc.Arbitrary<readonly TableRow[]> {
  const tables = fc.array(anyTable(ROWS), { minLength: count, maxLength: count, size: 'max' });
  return tables.map((all) =>
    all.flatMap((rows, number) =>
      rows.map((row) => ({
        ...row,
        Id: row.Id === '' ? '' : `${number}-${row.Id}`,
        UserId: row.UserId.replace('-0000-4000-', `-000${number}-4000-`),
      })),
    ),
  );
}

/** A machine that has other things to do may take long. */
const TIMEOUT_MS = 600_000;

/** What does not fit is shown as it is found: making a table smaller takes longer than reading it. */
const asFound = { endOnFailure: true } as const;

describe('the query that counts sign-ins', () => {
  it(
    'counts in both tables what Graph’s rows come to',
    async () => {
      const property = fc.asyncProperty(stackOf(10), async (rows) => {
        const { answered, counted } = await bothWays(rows);

        expect(answered).toEqual(counted);
      });

      await fc.assert(property, { ...asFound, numRuns: runsOf(10) });
    },
    TIMEOUT_MS,
  );

  it('counts what is awkward', async () => {
    const { answered, counted } = await bothWays(AWKWARD);

    expect(answered).toEqual(counted);
  });

  it.each(
    extentOf([
      [4, 4],
      [16, 2],
      [32, 1],
    ] as const),
  )(
    'counts the same in %i parts',
    async (count, tables) => {
      const property = fc.asyncProperty(stackOf(tables), async (rows) => {
        const { answered, counted } = await bothWays(rows, count);

        expect(answered).toEqual(counted);
      });

      await fc.assert(property, { ...asFound, numRuns: 1 });
    },
    TIMEOUT_MS,
  );

  it(
    'counts either part of a day by itself, wherever it is cut',
    async () => {
      const cut = fc.constantFrom(0.5, 43_200, 43_200.5, 3600.001, 86_399);
      const property = fc.asyncProperty(anyTable(ROWS), cut, async (rows, seconds) => {
        const middle = DAY + seconds * 1000;
        const early = await bothWays(rows, 1, { from: DAY, to: middle });
        const late = await bothWays(rows, 1, { from: middle, to: DAY + DAY_MS });

        expect(early.answered).toEqual(early.counted);
        expect(late.answered).toEqual(late.counted);
      });

      await fc.assert(property, { ...asFound, numRuns: 4 });
    },
    TIMEOUT_MS,
  );

  it('counts the same where columns hold values instead of texts', async () => {
    const dynamic = await WorkspaceEngine.open([
      'Status',
      'AuthenticationDetails',
      'AuthenticationProcessingDetails',
      'AuthenticationRequirementPolicies',
    ]);
    const table = TABLES.interactive;
    const part = { index: 0, count: 1 };
    try {
      const property = fc.asyncProperty(stackOf(4), async (rows) => {
        await dynamic.load(table, rows);
        const answer = await dynamic.signIns({ table, ...WHOLE, part, tenantId: TENANT });

        expect(countsOfAnswers([answer])).toEqual(
          await countsOfGraph(rows, 'interactive', WHOLE, TENANT),
        );
      });

      await fc.assert(property, { ...asFound, numRuns: 1 });
    } finally {
      dynamic.close();
    }
  });

  it('takes everybody for a user of the tenant where the tenant is not known', async () => {
    const table = TABLES.interactive;
    const rows = fc.sample(anyTable(ROWS), 1)[0] ?? [];
    await engine.load(table, rows);

    const answer = await engine.signIns({ table, ...WHOLE, part: { index: 0, count: 1 } });

    expect(countsOfAnswers([answer])).toEqual(await countsOfGraph(rows, 'interactive', WHOLE));
  });
});
