import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { APPLICATIONS, ENFORCEMENT_YEARS } from '../lib/entra/applications.ts';
import { withColumns } from '../lib/digest/describe-columns.ts';
import { settingsAsExample, withSettings } from '../lib/settings/describe-settings.ts';
import { VERSION } from '../lib/version.ts';

const ROOT = join(import.meta.dirname, '..');
const MAX_LINES = 250;
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const files = ['lib', 'functions'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name).replaceAll('\\', '/')),
);

/** The floors of the house: a folder stands on those before it, never beside or above, for types either. */
const FLOORS = [
  ['leaf'],
  ['entra'],
  ['settings'],
  ['graph', 'storage'],
  ['sources', 'session'],
  ['sign-ins'],
  ['ledger', 'workspace'],
  ['standings'],
  ['findings'],
  ['report'],
  ['digest'],
  ['delivery', 'doctor'],
  ['run'],
  ['host', 'cli'],
  ['functions'],
];

/** Beside the house: what plays Graph, and what builds the package. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  simulation: ['leaf'],
  packaging: ['leaf', 'entra', 'settings', 'digest'],
};

/** The part of the product that a file belongs to: a folder of lib, functions, or the files of lib that know nothing of them. */
function partOf(file: string): string {
  if (file === 'lib/cli.ts') return 'cli';
  const [top = '', folder = '', ...rest] = file.split('/');
  if (top === 'functions') return top;
  return rest.length === 0 ? 'leaf' : folder;
}

function mayImport(part: string, target: string): boolean {
  if (part === target) return true;
  const beside = BESIDE[part];
  if (beside !== undefined) return beside.includes(target);
  // The demo of the command line plays the simulated tenant.
  if (part === 'cli' && target === 'simulation') return true;
  const floorOf = (name: string) => FLOORS.findIndex((floor) => floor.includes(name));
  return floorOf(target) >= 0 && floorOf(target) < floorOf(part);
}

function importsOf(file: string): readonly string[] {
  const specifiers = read(file).matchAll(/(?:\bfrom|\bimport\(?)\s*'(\.[^']+)'/g);
  return [...specifiers].map(([, specifier = '']) => join(dirname(file), specifier));
}

describe('the floors', () => {
  it('have each folder stand on those below it alone', () => {
    const upward = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => !mayImport(partOf(file), partOf(target)))
        .map((target) => `${file} imports ${target}`),
    );

    expect(upward).toEqual([]);
  });

  it('name every folder', () => {
    const named = [...FLOORS.flat(), ...Object.keys(BESIDE)];

    expect([...new Set(files.map(partOf))].filter((part) => !named.includes(part))).toEqual([]);
  });

  it('are read from the import lines, types and late imports among them', () => {
    expect(importsOf('functions/scheduled-report.ts')).toEqual(
      expect.arrayContaining(['lib/host/invocation.ts', 'lib/run/run.ts']),
    );
    expect(importsOf('lib/session/ports.ts')).toContain('lib/log.ts');
  });
});

describe('files', () => {
  it('have names that say their job', () => {
    const isGood = (name: string) =>
      /^[a-z0-9]+(-[a-z0-9]+)*(\.d)?\.ts$/.test(name) &&
      !/^(utils?|helpers?|common|types|index)\.ts$/.test(name);

    expect(files.filter((file) => !isGood(basename(file)))).toEqual([]);
  });

  it(`have at most ${MAX_LINES} lines`, () => {
    const long = files.filter((file) => read(file).trimEnd().split('\n').length > MAX_LINES);

    expect(long).toEqual([]);
  });
});

/** The folders that the tree in AGENTS.md names, each on a line of its own. */
function mappedFolders(): readonly string[] {
  return [...read('AGENTS.md').matchAll(/^(?:lib\/)?([a-z-]+)\/ {2,}\S/gm)].map(
    ([, name = '']) => name,
  );
}

describe('what is written down twice', () => {
  it('is the same table of settings in the README', () => {
    const readme = read('README.md');

    expect(readme).toBe(withSettings(readme));
  });

  it('is the same columns in docs/files.md', () => {
    expect(read('docs/files.md')).toBe(withColumns(read('docs/files.md')));
  });

  it('is the same settings in local.settings.json.example', () => {
    expect(read('local.settings.json.example')).toBe(settingsAsExample());
  });

  it('is the same folders in the tree of AGENTS.md', () => {
    const folders = readdirSync(join(ROOT, 'lib'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);

    expect(mappedFolders()).toEqual(expect.arrayContaining(folders));
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
