import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ID } from '../decode.ts';
import { APPLICATIONS } from '../entra/applications.ts';
import {
  ASKERS,
  FIRST_POLICIES,
  MAX_POLICIES,
  PROVIDERS,
  SILENT_PROVIDER,
} from '../entra/askers.ts';
import { MAX_STEPS, MAX_TEXT, WORDINGS } from '../entra/mfa-evidence.ts';
import { EXTERNAL_CHALLENGE, REFUSAL_CODES, STAGES } from '../entra/refusals.ts';

const SOURCES = new URL('../workspace/queries/', import.meta.url);
const TARGET = new URL('../workspace/compiled/queries.js', import.meta.url);

export const QUERY_NAMES = ['sign-ins', 'hours', 'dropped', 'tables', 'others'] as const;

export type QueryName = (typeof QUERY_NAMES)[number];

/** What the query packs into one number has so many places for them. */
const PLACES = { applications: 16, askers: 4, stages: 5 } as const;

/** The texts of lib/workspace/queries with the constants of lib/entra in them, without what only people read. */
export async function compileQueries(): Promise<Readonly<Record<QueryName, string>>> {
  const fits =
    APPLICATIONS.length <= PLACES.applications &&
    ASKERS.length <= PLACES.askers &&
    STAGES.length === PLACES.stages;
  if (!fits) throw new RangeError('The query of sign-ins has no place for all constants.');
  const texts = await Promise.all(
    QUERY_NAMES.map(async (name) => {
      const source = await readFile(new URL(`${name}.kql`, SOURCES), 'utf8');
      return [name, tighten(fillIn(source, name === 'sign-ins' ? CONSTANTS : {}))] as const;
    }),
  );
  return Object.fromEntries(texts) as Record<QueryName, string>;
}

/** Puts values in place of `'$name'`. Throws RangeError where a name has no value, or a value no place. */
export function fillIn(source: string, values: Readonly<Record<string, string>>): string {
  const unused = new Set(Object.keys(values));
  const filled = source.replaceAll(/^ *\/\/.*\n/gm, '').replaceAll(/'\$(\w+)'/g, (_, name) => {
    const value = values[name as string];
    if (value === undefined)
      throw new RangeError(`A query asks for ${name}, which is no constant.`);
    unused.delete(name as string);
    return value;
  });
  if (unused.size > 0) throw new RangeError(`No query asks for ${[...unused].join(', ')}.`);
  return filled;
}

const LITERAL = /(@?"[^"]*"|@?'[^']*')/;

/**
 * Takes out indentation, the ends of lines after commas, and the blanks around commas and signs; not in literals, and
 * not in the lines of values that take the place of others.
 */
export function tighten(query: string): string {
  const lines = query.split(/^(let .*\n)/m);
  return lines.map((line) => (line.startsWith('let ') ? line : tightenLines(line))).join('');
}

function tightenLines(lines: string): string {
  const pieces = lines.replaceAll(/^ +/gm, '').replaceAll(/,\n/g, ', ').split(LITERAL);
  return pieces
    .map((piece, place) =>
      place % 2 === 1 ? piece : piece.replaceAll(/ *([=!<>][=~]|[=<>+*,]|^\|) */gm, '$1'),
    )
    .join('');
}

function text(value: string): string {
  // Nothing of ours has a quote or a backslash outside a pattern.
  if (/["\n]/.test(value)) throw new RangeError('A constant cannot be written as a literal.');
  return `@"${value}"`;
}

function pattern({ source, flags }: RegExp, before = '', after = ''): string {
  if (/\(\?[=!<]/.test(source)) throw new RangeError('RE2 does not look around.');
  return text(`${flags.includes('i') ? '(?i)' : ''}${before}${source}${after}`);
}

function list(values: readonly (string | number)[]): string {
  return `(${values.map((value) => text(String(value))).join(', ')})`;
}

/** Arms of a `case`, each on a line of its own. */
function arms(all: readonly (readonly [condition: string, value: number])[]): string {
  return all.map(([condition, value]) => `${condition}, ${value}`).join(',\n        ');
}

/** A client's own application counts before the resource that it asks for. */
const applications = [
  ...APPLICATIONS.flatMap(({ appIds }, place) =>
    appIds.length > 0 ? [[`AppId in~ ${list(appIds)}`, place] as const] : [],
  ),
  ...APPLICATIONS.flatMap(({ resourceId }, place) =>
    resourceId === undefined ? [] : [[`ResourceIdentity =~ ${text(resourceId)}`, place] as const],
  ),
];

const stages = STAGES.map(
  (stage, place) => [`ResultType in ${list(REFUSAL_CODES[stage])}`, place + 1] as const,
);

const askers = [...new Set(Object.values(PROVIDERS))].map((bit) => {
  const names = Object.keys(PROVIDERS).filter((name) => PROVIDERS[name] === bit);
  return [`Provider in ${list(names)}`, bit] as const;
});

const CONSTANTS: Readonly<Record<string, string>> = {
  applications: arms(applications),
  stages: arms(stages),
  challenge: text(String(EXTERNAL_CHALLENGE)),
  notPassed: String(STAGES.indexOf('not-passed')),
  askers: arms(askers),
  firstPolicies: text(FIRST_POLICIES),
  silent: text(SILENT_PROVIDER),
  lastStep: String(MAX_STEPS - 1),
  lastPolicy: String(MAX_POLICIES - 1),
  maxText: String(MAX_TEXT),
  plainId: pattern(ID),
  mfa: pattern(WORDINGS.mfa),
  otherFactor: pattern(WORDINGS.otherFactor),
  denied: pattern(WORDINGS.denies, '^[^{}]*(?:', String.raw`)[^{}]*\{`),
  done: pattern(WORDINGS.done, '(?s)(?:', ').*'),
  satisfied: pattern(WORDINGS.satisfied),
  provesNothing: pattern(WORDINGS.provesNothing),
  takesBack: pattern(WORDINGS.takesBack),
  atProvider: pattern(WORDINGS.atProvider),
  byClaim: pattern(WORDINGS.byClaim),
  byStrong: pattern(WORDINGS.byStrong),
  strongMethod: pattern(WORDINGS.strongMethod),
  uncountedMethod: pattern(WORDINGS.uncountedMethod),
  certificateMethod: pattern(WORDINGS.certificateMethod),
  certificateLevel: pattern(WORDINGS.certificateLevel),
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await mkdir(dirname(fileURLToPath(TARGET)), { recursive: true });
  // Whole or not at all: a test that runs meanwhile reads it.
  const unfinished = new URL(`${TARGET.href}.${process.pid}`);
  const lines = Object.entries(await compileQueries()).map(
    ([name, query]) => `  ${JSON.stringify(name)}: ${JSON.stringify(query)},\n`,
  );
  await writeFile(unfinished, `export const QUERIES = {\n${lines.join('')}};\n`);
  await rename(unfinished, TARGET);
}
