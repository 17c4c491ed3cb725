import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileQueries, QUERY_NAMES } from '../../lib/packaging/compile-queries.ts';
import type { QueryName } from '../../lib/packaging/compile-queries.ts';
import { TABLES } from '../../lib/workspace/query-texts.ts';
import { mutate, MUTANTS } from './mutants.ts';
import { PUBLISHED } from './published-columns.ts';
import {
  digestOf,
  MUTANTS_PATH,
  normalised,
  translationPath,
  USED_COLUMNS,
} from './translated-query.ts';
import type { TranslatedMutant } from './translated-query.ts';

// `npm run kql`: translates the queries to SQL that DuckDB runs, by somebody else's translator, and writes what is
// committed beside the tests. With --check it writes nothing and fails where something drifted. Where Python or the
// package cannot be had it says so in one line, and is content.

const PACKAGES = ['duckdb-kql==1.1.2', 'antlr4-python3-runtime==4.13.2'] as const;
const TRANSLATOR = PACKAGES.join(', ').replaceAll('==', ' ');
const VENV = join(import.meta.dirname, '../../out/kql-translator');
const isChecking = process.argv.includes('--check');

/** The translator's command, or why there is none. */
function findTranslator(): { readonly command: string } | { readonly because: string } {
  const command = join(VENV, 'bin', 'duckdb-kql');
  const marker = join(VENV, PACKAGES.join('+'));
  if (existsSync(marker)) return { command };
  try {
    mkdirSync(VENV, { recursive: true });
    execFileSync('python3', ['-m', 'venv', '--clear', VENV], { stdio: 'pipe' });
  } catch {
    return { because: 'there is no python3 with venv here' };
  }
  try {
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps'];
    execFileSync(join(VENV, 'bin', 'python'), [...pip, ...PACKAGES], {
      stdio: 'pipe',
      timeout: 180_000,
    });
  } catch {
    return { because: `pip could not install ${PACKAGES.join(' and ')}` };
  }
  writeFileSync(marker, '');
  return { command };
}

function translate(command: string, folder: string, texts: ReadonlyMap<string, string>) {
  const tables = Object.values(TABLES).map((table) => [table, USED_COLUMNS] as const);
  const others = ['_LogOperation', 'Usage'].map(
    (table) => [table, Object.keys(PUBLISHED[table] ?? {})] as const,
  );
  const schema = Object.fromEntries([...tables, ...others]);
  writeFileSync(join(folder, 'schema.json'), JSON.stringify(schema));
  for (const [name, text] of texts) writeFileSync(join(folder, `${name}.kql`), text);
  const files = [...texts.keys()].map((name) => join(folder, `${name}.kql`));
  const options = ['--schema', join(folder, 'schema.json'), '--no-header', '-o', folder];
  execFileSync(command, ['translate', ...options, ...files], { stdio: 'inherit' });
  const read = (name: string) => readFileSync(join(folder, `${name}.sql`), 'utf8').trimEnd();
  return new Map([...texts.keys()].map((name) => [name, `${read(name)}\n`]));
}

/** What is not the same: between the same beginning and the same end. */
function differenceOf(
  before: string,
  after: string,
): Pick<TranslatedMutant, 'from' | 'to' | 'text'> {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let same = 0;
  while (same < shorter - from && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  return { from, to: before.length - same, text: after.slice(from, after.length - same) };
}

async function run(): Promise<number> {
  const found = findTranslator();
  if ('because' in found) {
    process.stdout.write(`The queries were not translated: ${found.because}.\n`);
    return 0;
  }
  const queries = await compileQueries();
  const texts = new Map(QUERY_NAMES.map((name) => [name as string, normalised(queries[name])]));
  for (const { name, ...mutant } of MUTANTS) {
    const place = `mutant-${MUTANTS.findIndex((other) => other.name === name)}`;
    texts.set(place, normalised(mutate(queries['sign-ins'], { name, ...mutant })));
  }
  const other = (texts.get('sign-ins') ?? '').replace(TABLES.interactive, TABLES.nonInteractive);
  texts.set('other-table', other);
  const folder = mkdtempSync(join(tmpdir(), 'kql-'));
  try {
    const translated = translate(found.command, folder, texts);
    const signIns = translated.get('sign-ins') ?? '';
    if (
      translated.get('other-table') !== signIns.replace(TABLES.interactive, TABLES.nonInteractive)
    ) {
      process.stdout.write('The two tables no longer have the same translation.\n');
      return 1;
    }
    const wanted = new Map(
      QUERY_NAMES.map((name: QueryName) => [
        translationPath(name),
        [
          '-- Written by npm run kql.',
          `-- Translated by ${TRANSLATOR}`,
          `-- Of the text with SHA-256 ${digestOf(texts.get(name) ?? '')}`,
          translated.get(name) ?? '',
        ].join('\n'),
      ]),
    );
    const mutants = MUTANTS.map(({ name }, place) => ({
      name,
      sha256: digestOf(texts.get(`mutant-${place}`) ?? ''),
      ...differenceOf(signIns, translated.get(`mutant-${place}`) ?? ''),
    }));
    wanted.set(MUTANTS_PATH, `${JSON.stringify(mutants, undefined, 1)}\n`);
    return settle(wanted);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function settle(wanted: ReadonlyMap<string, string>): number {
  const stale = [...wanted].filter(
    ([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text,
  );
  if (stale.length === 0) {
    process.stdout.write(`The ${wanted.size} translations are as ${TRANSLATOR} makes them.\n`);
    return 0;
  }
  const names = stale.map(([path]) => path.slice(join(import.meta.dirname, '../..').length + 1));
  if (isChecking) {
    process.stdout.write(`Not as ${TRANSLATOR} makes them: ${names.join(', ')}.\n`);
    return 1;
  }
  for (const [path, text] of stale) writeFileSync(path, text);
  process.stdout.write(`Written: ${names.join(', ')}.\n`);
  return 0;
}

process.exitCode = await run();
