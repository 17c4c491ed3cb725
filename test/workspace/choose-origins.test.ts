import { beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkspaceOptions } from '../../lib/simulation/workspace/workspace.ts';
import { extentOf } from '../support/extent.ts';
import { reportOf, runOnTenant, standingsOf } from '../support/run-on-tenant.ts';
import type { RunResult } from '../support/run-on-tenant.ts';
import { HOUR_MS, signInRequests } from './a-workspace.ts';

/** Some days are enough, and cost less. */
const SETTINGS = { DAYS_TO_CHECK_LOGS: '4', ATTACH_WORKBOOK: 'false' };
const ONLY = { ...SETTINGS, SIGN_IN_SOURCE: 'log-analytics' };
const PEOPLE = { people: 0, signIns: 0 };
const HOLE_AT = Date.parse('2026-11-18T09:00:00Z');
const HOLE = { from: HOLE_AT, to: HOLE_AT + HOUR_MS };

function runWith(
  workspace: WorkspaceOptions,
  settings: Readonly<Record<string, string>> = SETTINGS,
): Promise<RunResult> {
  const options = { otherRows: 60, ...workspace };
  return runOnTenant({
    ...PEOPLE,
    hasWorkspace: true,
    workspace: options,
    settings,
  });
}

function workspaceRequests({ requests }: RunResult): number {
  return requests.filter(({ path }) => path.startsWith('/v1/workspaces/')).length;
}

function coverageOf(result: RunResult) {
  return reportOf(result).coverage.filter(({ source }) => source.endsWith('SignIns'));
}

let graph: RunResult;
beforeAll(async () => {
  graph = await runOnTenant({ ...PEOPLE, settings: SETTINGS });
});

/**
 * Nobody is judged otherwise than from Graph, but that it may be unknown, that a refusal was not seen, or that somebody
 * who can do MFA was not seen without it.
 */
function misjudged(result: RunResult): readonly string[] {
  const found = standingsOf(result);
  return [...standingsOf(graph)].flatMap(([id, standing]) => {
    const other = found.get(id) ?? 'absent';
    const isUnseen =
      standing === 'stopped' || (standing === 'single-factor' && other === 'covered');
    const isFine = other === standing || other === 'unknown' || isUnseen;
    return isFine ? [] : [`${standing} became ${other}`];
  });
}

describe('auto', () => {
  it.each(
    extentOf<[string, WorkspaceOptions, string]>([
      [
        'refuses access',
        { faults: [{ kind: 'denied', query: 'tables' }] },
        'Log Analytics Data Reader',
      ],
      [
        'is unknown',
        { faults: [{ kind: 'unknownWorkspace', query: 'tables' }] },
        'SIGN_IN_WORKSPACE_ID',
      ],
      ['lacks a table', { missing: ['nonInteractive'] }, 'NonInteractiveUserSignInLogs'],
      ['is silent', { faults: [{ kind: 'unavailable', query: 'tables' }] }, 'did not answer'],
    ]),
  )(
    'takes Graph for the whole run where the workspace %s, and says so in the mail',
    async (_, workspace, words) => {
      const result = await runWith(workspace);

      expect(standingsOf(result)).toEqual(standingsOf(graph));
      expect(coverageOf(result).map(({ state }) => state)).toEqual(['complete', 'complete']);
      expect(result.words).toMatch(
        /Sign-ins come from Graph, because (?:the|there is no such) workspace/,
      );
      expect(result.words).toContain(words);
      expect(result.lines.map(({ event }) => event)).toContain('workspace.unused');
      expect(signInRequests(result)).toEqual(signInRequests(graph));
    },
  );

  it('takes Graph where the rows are wanted, and does not ask the workspace at all', async () => {
    const result = await runWith({}, { ...SETTINGS, INCLUDE_SIGN_IN_LOG: 'true' });

    expect(workspaceRequests(result)).toBe(0);
    expect(Object.keys(result.csv).join(' ')).toContain('LoginsLogs');
    expect(result.words).not.toContain('Log Analytics');
  });

  it.each(
    extentOf<[string, WorkspaceOptions]>([
      ['an hour was not exported', { holes: [HOLE] }],
      ['data was dropped', { dropped: [HOLE_AT] }],
    ]),
  )('lets Graph fill the day on which %s, and no other', async (_, workspace) => {
    const result = await runWith(workspace);

    expect(coverageOf(result).map(({ state }) => state)).toEqual(['complete', 'complete']);
    expect(standingsOf(result)).toEqual(standingsOf(graph));
    for (const filter of signInRequests(result)) {
      expect(filter).toContain('createdDateTime ge 2026-11-18T00:00:00Z');
      expect(filter).toContain('createdDateTime le 2026-11-19T00:00:00Z');
    }
    expect(signInRequests(result)).toHaveLength(2);
  });

  it('lets Graph give the days from before the export', async () => {
    const since = Date.parse('2026-11-18T12:00:00Z');

    const result = await runWith({ since });

    expect(coverageOf(result).map(({ state }) => state)).toEqual(['complete', 'complete']);
    expect(standingsOf(result)).toEqual(standingsOf(graph));
    expect(signInRequests(result)[0]).toMatch(/createdDateTime le 2026-11-(?:19|20)T00:00:00Z/);
  });

  it('is as without a workspace where none is named', () => {
    expect(workspaceRequests(graph)).toBe(0);
    expect(graph.words).not.toContain('Log Analytics');
  });
});

describe('log-analytics', () => {
  it.each(
    extentOf<[string, WorkspaceOptions, string]>([
      [
        'refuses access',
        { faults: [{ kind: 'denied', query: 'tables' }] },
        'new role works after up to an hour',
      ],
      [
        'lacks a table',
        { missing: ['nonInteractive'] },
        'has had no row of AADNonInteractiveUserSignInLogs for three days',
      ],
      [
        'lacks an hour',
        { holes: [HOLE] },
        'no row of SigninLogs for an hour from 09:00 UTC on 2026-11-18',
      ],
      ['dropped data', { dropped: [HOLE_AT] }, 'dropped data on 2026-11-18'],
      ['gives sums that are wrong', { faults: [{ kind: 'wrongSums' }] }, 'its rows do not add up'],
      [
        'has been filled for a day',
        { since: Date.parse('2026-11-20T05:00:00Z') },
        'sure to hold sign-ins only since',
      ],
    ]),
  )(
    'is PARTIAL with the cause where the workspace %s, and never asks Graph',
    async (_, workspace, words) => {
      const result = await runWith(workspace, ONLY);

      expect(result.mail?.subject).toMatch(/^PARTIAL/);
      expect(result.words).toContain(words);
      expect(signInRequests(result)).toEqual([]);
      expect(misjudged(result)).toEqual([]);
    },
  );

  it('is whole where the workspace is, rows that come late among them', async () => {
    const result = await runWith({ delayMs: 10 * 60_000 }, ONLY);

    expect(coverageOf(result).map(({ state }) => state)).toEqual(['complete', 'complete']);
    expect(misjudged(result)).toEqual([]);
    expect(signInRequests(result)).toEqual([]);
  });

  it('has no holes at night where a tenant has few sign-ins', async () => {
    const result = await runWith({ otherRows: 0 }, ONLY);

    expect(coverageOf(result).map(({ state }) => state)).toEqual(['complete', 'complete']);
  });
});
