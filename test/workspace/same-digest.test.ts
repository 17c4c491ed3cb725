import { beforeAll, describe, expect, it } from '@jest/globals';
import { signInRequests } from './a-workspace.ts';
import { reportOf, runOnTenant } from '../support/run-on-tenant.ts';
import type { RunResult } from '../support/run-on-tenant.ts';

const NOTE = 'Sign-ins were counted in the Log Analytics workspace.';
const TENANT = {
  people: 300,
  signIns: 4000,
  workspace: { otherRows: 60 },
  settings: { DAYS_TO_CHECK_LOGS: '25' },
};

describe('a digest of a tenant whose sign-ins are exported', () => {
  let graph: RunResult;
  let workspace: RunResult;

  beforeAll(async () => {
    graph = await runOnTenant(TENANT);
    workspace = await runOnTenant({ ...TENANT, hasWorkspace: true });
    if (workspace.error !== undefined) throw workspace.error;
  });

  it('judges everybody as from Graph', () => {
    const standings = (result: RunResult) =>
      reportOf(result).people.map(({ user, standing }) => [user.id, standing]);

    expect(standings(workspace)).toEqual(standings(graph));
  });

  it('has the same files with everybody in them', () => {
    expect(workspace.csv).toEqual(graph.csv);
  });

  it('is the same mail but for the note on where sign-ins come from', () => {
    expect(workspace.words).toContain(NOTE);
    expect(withoutNote(workspace.words)).toBe(withoutNote(graph.words));
  });

  it('asks Graph for no sign-in but those of emergency accounts', () => {
    expect(signInRequests(workspace)).toEqual([]);
    expect(
      workspace.requests.filter(({ path }) => path.startsWith('/v1/workspaces/')).length,
    ).toBeGreaterThan(0);
  });
});

function withoutNote(words: string): string {
  return words.replace(`- ${NOTE}`, '').replaceAll(/\s+/g, ' ');
}
