import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TABLES } from '../../lib/workspace/query-texts.ts';
import { anyTable, DAY, TENANT } from './any-sign-ins.ts';
import { AWKWARD } from './awkward-sign-ins.ts';
import { kindOf, talliesOfAnswers, talliesOfGraph } from './graph-path.ts';
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

async function tallies(spans: readonly AskedSpan[], count = 1) {
  const answers = [];
  for (const span of spans) {
    for (let index = 0; index < count; index += 1) {
      answers.push(await engine.signIns({ ...span, part: { index, count }, tenantId: TENANT }));
    }
  }
  return talliesOfAnswers(answers);
}

/** Compares both tables over spans of the day, read in some parts. */
async function compare(rows: readonly TableRow[], count = 1, { from, to } = WHOLE): Promise<void> {
  for (const table of Object.values(TABLES)) {
    await engine.load(table, rows);
    const span = { table, from, to };

    expect(await tallies([span], count)).toEqual(
      await talliesOfGraph(rows, kindOf(table), span, TENANT),
    );
  }
}

/** What does not fit is shown as it is found: making a table smaller takes longer than reading it. */
const asFound = { endOnFailure: true } as const;

describe('the query that counts sign-ins', () => {
  it('counts in both tables what Graph’s rows come to', async () => {
    const property = fc.asyncProperty(anyTable(ROWS), (rows) => compare(rows));

    await fc.assert(property, { ...asFound, numRuns: 100 });
  });

  it('counts what is awkward', async () => {
    await compare(AWKWARD);
  });

  it.each([
    [4, 4],
    [16, 2],
    [32, 1],
  ])('counts the same in %i parts', async (count, numRuns) => {
    const property = fc.asyncProperty(anyTable(ROWS), (rows) => compare(rows, count));

    await fc.assert(property, { ...asFound, numRuns });
  });

  it('counts either part of a day by itself, wherever it is cut', async () => {
    const cut = fc.constantFrom(0.5, 43_200, 43_200.5, 3600.001, 86_399);
    const property = fc.asyncProperty(anyTable(ROWS), cut, async (rows, seconds) => {
      const middle = DAY + seconds * 1000;
      await compare(rows, 1, { from: DAY, to: middle } as typeof WHOLE);
      await compare(rows, 1, { from: middle, to: DAY + DAY_MS } as typeof WHOLE);
    });

    await fc.assert(property, { ...asFound, numRuns: 4 });
  });

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
      const property = fc.asyncProperty(anyTable(ROWS), async (rows) => {
        await dynamic.load(table, rows);
        const answer = await dynamic.signIns({ table, ...WHOLE, part, tenantId: TENANT });

        expect(talliesOfAnswers([answer])).toEqual(
          await talliesOfGraph(rows, 'interactive', WHOLE, TENANT),
        );
      });

      await fc.assert(property, { ...asFound, numRuns: 4 });
    } finally {
      dynamic.close();
    }
  });

  it('takes nobody for a stranger where the tenant is not known', async () => {
    const table = TABLES.interactive;
    const rows = fc.sample(anyTable(ROWS), 1)[0] ?? [];
    await engine.load(table, rows);

    const answer = await engine.signIns({ table, ...WHOLE, part: { index: 0, count: 1 } });

    expect(talliesOfAnswers([answer])).toEqual(await talliesOfGraph(rows, 'interactive', WHOLE));
  });
});
