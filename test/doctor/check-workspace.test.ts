import { describe, expect, it } from '@jest/globals';
import type { Finding } from '../../lib/doctor/check.ts';
import { doctor } from '../../lib/doctor/doctor.ts';
import type { WorkspaceOptions } from '../../lib/simulation/workspace/workspace.ts';
import { withTenantPorts } from './tenant-ports.ts';

/** What doctor says of the workspace of a tenant. */
function examineWorkspace(
  workspace: WorkspaceOptions,
  settings: Readonly<Record<string, string>> = {},
): Promise<readonly Finding[]> {
  const options = { people: 60, signIns: 600, workspace };
  return withTenantPorts(options, async ({ ports, tenant }) => {
    const environment = { ...ports.environment, ...tenant.workspaceSettings, ...settings };
    const findings = await doctor({
      ports: { ...ports, environment },
      defaultState: { kind: 'none' },
    });
    return findings.filter(({ check }) => check === 'workspace');
  });
}

const levelsOf = (findings: readonly Finding[]) => findings.map(({ level }) => level);
const wordsOf = (findings: readonly Finding[]) =>
  findings.map(({ what, todo = '' }) => `${what} ${todo}`).join('\n');

describe('a workspace', () => {
  it('is fine where both tables are filled, nothing was dropped and nothing else can be read', async () => {
    const findings = await examineWorkspace({});

    expect(levelsOf(findings)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(wordsOf(findings)).toMatch(/SigninLogs has [\d,]+ rows of the last 7 days/);
    expect(wordsOf(findings)).toContain('no dropped data in the last 7 days');
    expect(wordsOf(findings)).toContain('sees no row of a table that it does not need');
  });

  it.each<readonly [string, WorkspaceOptions]>([
    ['is empty', { otherTables: 'empty' }],
    ['may not be read', { faults: [{ kind: 'denied', query: 'others' }] }],
  ])('has no surplus where the other table %s', async (_, workspace) => {
    const findings = await examineWorkspace({ otherTables: 'readable', ...workspace });

    expect(levelsOf(findings)).toEqual(['ok', 'ok', 'ok', 'ok']);
  });

  it.each(['emptyBody', 'noRows'] as const)(
    'says nothing of surplus where the query came to nothing: %s',
    async (kind) => {
      const findings = await examineWorkspace({
        otherTables: 'readable',
        faults: [{ kind, query: 'others' }],
      });

      expect(levelsOf(findings)).toEqual(['ok', 'ok', 'ok']);
    },
  );

  it('advises to limit a role that reads what the product does not need', async () => {
    const findings = await examineWorkspace({ otherTables: 'readable' });

    expect(levelsOf(findings)).toEqual(['ok', 'ok', 'ok', 'warning']);
    expect(wordsOf(findings)).toMatch(
      /also reads tables .* \(Usage\)\. Limit its role to the tables/,
    );
  });

  it('is a warning with auto and a problem without, where a table is missing', async () => {
    const missing: WorkspaceOptions = { missing: ['nonInteractive'] };

    const [auto] = await examineWorkspace(missing);
    const [only] = await examineWorkspace(missing, { SIGN_IN_SOURCE: 'log-analytics' });

    expect(auto).toMatchObject({ level: 'warning' });
    expect(auto?.what).toMatch(/^Sign-ins come from Graph, because .*AADNonInteractive/);
    expect(only).toMatchObject({ level: 'problem' });
    expect(only?.what).toMatch(/^Every digest is PARTIAL, because/);
  });

  it('is a warning where it dropped data, or where that is not known', async () => {
    const dropped = await examineWorkspace({ dropped: [Date.now() - 86_400_000] });
    const unknown = await examineWorkspace({ faults: [{ kind: 'refused', query: 'dropped' }] });

    expect(wordsOf(dropped)).toContain('says that it dropped data in the last 7 days');
    expect(wordsOf(unknown)).toContain('Whether the workspace dropped data is not known');
    expect([...levelsOf(dropped), ...levelsOf(unknown)].filter((level) => level !== 'ok')).toEqual([
      'warning',
      'warning',
    ]);
  });
});
