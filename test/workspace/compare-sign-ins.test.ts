import { describe, expect, it } from '@jest/globals';
import { describeComparison } from '../../lib/cli/compare-sign-ins.ts';
import { compareSignIns } from '../../lib/doctor/compare-sign-ins.ts';
import type { ComparedSignIns } from '../../lib/doctor/compare-sign-ins.ts';
import { FIXTURE_USERS } from '../../lib/simulation/people/fixture-users.ts';
import { startSimulatedTenant } from '../../lib/simulation/tenant-server.ts';
import type { WorkspaceOptions } from '../../lib/simulation/workspace/workspace.ts';
import { relayIdentityTo } from '../support/identity-relay.ts';
import { DAY, HOUR_MS, NOW } from './a-workspace.ts';

async function compare(
  workspace: WorkspaceOptions = {},
  settings: Readonly<Record<string, string>> = {},
): Promise<ComparedSignIns> {
  const clock = () => new Date(NOW);
  const tenant = await startSimulatedTenant({ clock, people: 200, signIns: 3000, workspace });
  const { IDENTITY_ENDPOINT = '', IDENTITY_HEADER = '' } = tenant.settings;
  await relayIdentityTo(IDENTITY_ENDPOINT, IDENTITY_HEADER);
  try {
    return await compareSignIns(
      {
        environment: { ...tenant.settings, ...tenant.workspaceSettings, ...settings },
        clock,
        random: () => 0,
        sleep: (_, signal) =>
          new Promise((resolve, reject) => {
            const timer = setTimeout(resolve, 10_000);
            signal.addEventListener('abort', () => {
              clearTimeout(timer);
              reject(signal.reason as Error);
            });
          }),
        log: () => undefined,
        onProgress: () => undefined,
        prompt: () => undefined,
      },
      DAY,
    );
  } finally {
    await tenant.close();
  }
}

const morning = Date.parse(`${DAY}T06:00:00Z`);

describe('compareSignIns', () => {
  it('finds no difference where both have the same, and counts what they have', async () => {
    const compared = await compare();

    expect(compared.differing).toEqual([]);
    expect(compared.slots.length).toBeGreaterThan(4);
    for (const { graph, workspace, onlyGraph, onlyWorkspace } of compared.slots) {
      expect(workspace).toEqual(graph);
      expect([onlyGraph, onlyWorkspace]).toEqual([0, 0]);
    }
    expect(describeComparison(DAY, compared).join('\n')).toContain(
      'People and evidence are the same.',
    );
  });

  it('says first that no workspace is named', async () => {
    await expect(compare({}, { SIGN_IN_WORKSPACE_ID: '' })).rejects.toMatchObject({
      code: 'settings_invalid',
      explanation: { todo: expect.stringContaining('SIGN_IN_WORKSPACE_ID: is missing') },
    });
  });

  it('finds whom the workspace lacks, by id and in words without a name', async () => {
    const holes = [{ from: morning, to: morning + 6 * HOUR_MS }];

    const compared = await compare({ holes, otherRows: 60 });

    const text = describeComparison(DAY, compared).join('\n');
    expect(compared.differing.length).toBeGreaterThan(5);
    expect(text).toMatch(/\d+ of the people differ/);
    expect(text).toMatch(
      /sign-ins of the workspace are not whole, because the workspace has no row/,
    );
    const names = FIXTURE_USERS.flatMap(({ displayName, userPrincipalName }) => [
      displayName ?? '',
      userPrincipalName ?? '',
    ]);
    // One of the fixture users is called by a single letter, another by nothing.
    expect(names.filter((name) => name.length > 3 && text.includes(name))).toEqual([]);
    for (const id of compared.differing) expect(text).not.toContain(id);
  });

  it('throws where nothing came from one of them', async () => {
    await expect(compare({ faults: [{ kind: 'denied', query: 'tables' }] })).rejects.toMatchObject({
      code: 'workspace_denied',
    });
  });
});

describe('more refusals in the workspace', () => {
  const none = { people: 0, successes: 0, withMfa: 0, refusals: 0 };
  const compared = {
    slots: [
      {
        kind: 'interactive',
        application: 'Azure CLI',
        inBoth: 1,
        onlyGraph: 0,
        onlyWorkspace: 0,
        graph: { ...none, people: 1, refusals: 1 },
        workspace: { ...none, people: 1, refusals: 3 },
      },
    ],
    differing: [],
    hasMoreRefusals: true,
    origins: [],
    engineMs: 1500,
  } satisfies ComparedSignIns;

  it('are explained, and are no difference', () => {
    const text = describeComparison(DAY, compared).join('\n');

    expect(text).toContain('refusals 1 / 3');
    expect(text).toContain('That is no difference.');
    expect(text).toContain('The workspace took 1.5 s');
  });
});
