import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { demoWorkspace, lastMornings } from '../../lib/cli/demo-command.ts';
import { runsOf } from '../support/extent.ts';
import { runOnTenant, TODAY } from '../support/run-on-tenant.ts';
import type { RunResult } from '../support/run-on-tenant.ts';
import { signInRequests } from './a-workspace.ts';

const MORNINGS = lastMornings(Math.max(2, runsOf(7)), 6, TODAY);
const TENANT = {
  people: 140,
  signIns: 1500,
  seed: 1,
  story: { lastDay: MORNINGS.at(-1)! },
  workspace: demoWorkspace(MORNINGS[0]!),
};
const NOTE = '- Sign-ins were counted in the Log Analytics workspace.';

/** The mornings of the demo, with state that goes from one to the next. */
async function playMornings(hasWorkspace: boolean): Promise<readonly RunResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mornings-'));
  const results: RunResult[] = [];
  try {
    for (const startsAt of MORNINGS) {
      const settings = { STATE_LOCATION: `folder:${folder}`, SEND_WHEN: 'always' };
      results.push(
        await runOnTenant({ ...TENANT, hasWorkbook: true, hasWorkspace, startsAt, settings }),
      );
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return results;
}

/** What a reader gets, without the note on where sign-ins come from. */
function readBy({ mail, words, csv, error }: RunResult) {
  const plain = words.replace(NOTE, '').replaceAll(/\s+/g, ' ');
  return { subject: mail?.subject, words: plain, csv, error };
}

describe('seven mornings', () => {
  it('end in the same digests from the workspace as from Graph, but for the note', async () => {
    const graph = await playMornings(false);
    const workspace = await playMornings(true);

    expect(workspace.map(readBy)).toEqual(graph.map(readBy));
    expect(graph.map(({ words }) => words.includes(NOTE))).toEqual(MORNINGS.map(() => false));
    expect(workspace.map(({ words }) => words.includes(NOTE))).toEqual(MORNINGS.map(() => true));
    // On the first one Graph fills the day of which the workspace holds a part.
    expect(workspace.slice(1).flatMap(signInRequests)).toEqual([]);
    // Something happens from one to the next.
    expect(new Set(graph.map(({ words }) => words)).size).toBe(MORNINGS.length);
  });
});
