import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ENFORCEMENT_YEARS } from '../lib/settings/enforcement-years.ts';
import { settingsAsExample, withSettings } from '../lib/settings/describe-settings.ts';
import { APPLICATIONS } from '../lib/sources/applications.ts';
import { VERSION } from '../lib/version.ts';

const ROOT = join(import.meta.dirname, '..');
const MAX_LINES = 250;
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const files = ['lib', 'functions'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name).replaceAll('\\', '/')),
);

/** Each stage imports from those before it, and from its own folder. */
const STAGES = [
  'settings',
  'memory',
  'sources',
  'ledger',
  'report',
  'history',
  'rendering',
  'delivery',
];
/** What a process hands in, and how a host or a person is answered. */
const EDGES = ['lib/ports.ts', 'lib/machine.ts', 'lib/invocation.ts', 'lib/answer-on-demand.ts'];
/** Files that know nothing of the stages, so that all may import them. */
const LEAVES = ['lib/errors.ts', 'lib/log.ts', 'lib/small-heap.ts', 'lib/version.ts'];

/** The part of the product that a file belongs to: a folder of lib, functions, or the edges of lib. */
function partOf(file: string): string {
  if (LEAVES.includes(file)) return 'leaf';
  if (EDGES.includes(file)) return 'edge';
  if (file === 'lib/cli.ts') return 'cli';
  const [top = '', folder = '', ...rest] = file.split('/');
  return top === 'functions' || rest.length === 0 ? top : folder;
}

function allowedParts(part: string): readonly string[] {
  const stage = STAGES.indexOf(part);
  if (stage >= 0) return ['leaf', ...STAGES.slice(0, stage + 1)];
  const others: Readonly<Record<string, readonly string[]>> = {
    leaf: ['leaf'],
    edge: ['leaf', 'settings', 'sources', 'run', 'edge'],
    run: ['leaf', ...STAGES, 'doctor', 'edge', 'run'],
    doctor: ['leaf', ...STAGES, 'doctor', 'edge', 'run'],
    cli: ['leaf', 'edge', 'run', 'settings', 'doctor', 'simulation', 'cli'],
    functions: ['edge', 'run'],
    simulation: ['leaf', 'simulation'],
    packaging: ['leaf', 'settings', 'packaging'],
  };
  return others[part] ?? [];
}

function importsOf(file: string): readonly string[] {
  const specifiers = read(file).matchAll(/(?:\bfrom|\bimport\(?)\s*'(\.[^']+)'/g);
  return [...specifiers].map(([, specifier = '']) => join(dirname(file), specifier));
}

describe('the borders between folders', () => {
  it.each(files)('%s imports only what it may know', (file) => {
    const allowed = allowedParts(partOf(file));

    expect(importsOf(file).filter((target) => !allowed.includes(partOf(target)))).toEqual([]);
  });

  it('are read from the import lines, types and late imports among them', () => {
    expect(importsOf('functions/scheduled-report.ts')).toEqual(
      expect.arrayContaining(['lib/invocation.ts', 'lib/run/run.ts']),
    );
    expect(importsOf('lib/ports.ts')).toContain('lib/log.ts');
  });
});

describe('files', () => {
  it.each(files)('%s has a name that says its job', (file) => {
    expect(basename(file)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*(\.d)?\.ts$/);
    expect(basename(file)).not.toMatch(/^(utils?|helpers?|common|types|index)\.ts$/);
  });

  it(`have at most ${MAX_LINES} lines`, () => {
    const long = files.filter((file) => read(file).trimEnd().split('\n').length > MAX_LINES);

    expect(long).toEqual([]);
  });
});

/** What the map in AGENTS.md names: the first name of each line, below the folder of its heading. */
function mappedPaths(): readonly string[] {
  const [, ...sections] = read('AGENTS.md').split(/^### /m);
  return sections.flatMap((section) => {
    const [folder = ''] = section.split(/\s/, 1);
    return [...section.matchAll(/^- `([^`]+)` \S/gm)].map(([, name = '']) => folder + name);
  });
}

describe('what is written down twice', () => {
  it('is the same table of settings in the README', () => {
    const readme = read('README.md');

    expect(readme).toBe(withSettings(readme));
  });

  it('is the same settings in local.settings.json.example', () => {
    expect(read('local.settings.json.example')).toBe(settingsAsExample());
  });

  it('is the same files in the map of AGENTS.md, a line each under their folder', () => {
    const mapped = mappedPaths();

    expect(mapped.filter((path) => /^(?:lib|functions)\//.test(path)).sort()).toEqual(
      [...files].sort(),
    );
    expect(mapped.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('is the same version in package.json', () => {
    const { version } = JSON.parse(read('package.json')) as { readonly version: string };

    expect(VERSION).toBe(version);
  });

  it('is the same years in the table of applications', () => {
    const years = APPLICATIONS.map(({ enforcedFrom }) => Number(enforcedFrom.slice(0, 4)));

    expect(ENFORCEMENT_YEARS).toEqual([...new Set(years)].sort((one, other) => one - other));
  });

  it('is the same bundle for the host as for the build', () => {
    const { main } = JSON.parse(read('package.json')) as { readonly main: string };

    expect(read('lib/packaging/bundle.ts')).toContain(`TRIGGERS_PATH = '${main}'`);
  });
});
