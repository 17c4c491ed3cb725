import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TABLES } from '../../lib/workspace/query-texts.ts';
import { anyTable, DAY, TENANT } from './any-sign-ins.ts';
import { kindOf, talliesOfAnswers, talliesOfGraph } from './graph-path.ts';
import { WorkspaceEngine } from './workspace-engine.ts';
import type { AskedSpan } from './workspace-engine.ts';

const DAY_MS = 86_400_000;

let engine: WorkspaceEngine;
beforeAll(async () => {
  engine = await WorkspaceEngine.open();
});

async function tallies(span: AskedSpan, count = 1) {
  const answers = [];
  for (let index = 0; index < count; index += 1) {
    answers.push(await engine.signIns({ ...span, part: { index, count }, tenantId: TENANT }));
  }
  return talliesOfAnswers(answers);
}

describe('the query that counts sign-ins', () => {
  it('counts what Graph’s rows come to', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable(200), async (rows) => {
        for (const table of Object.values(TABLES)) {
          await engine.load(table, rows);
          const span = { table, from: DAY, to: DAY + DAY_MS };

          expect(await tallies(span)).toEqual(
            await talliesOfGraph(rows, kindOf(table), span, TENANT),
          );
        }
      }),
      { numRuns: 100 },
    );
  });
});
