import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QueryName } from '../../lib/packaging/compile-queries.ts';

/** What the translator must know of the tables: the columns that the queries use, and one that stands in. */
export const USED_COLUMNS = [
  'Id',
  'UserId',
  'AppId',
  'ResourceIdentity',
  'ResultType',
  'HomeTenantId',
  'Status',
  'AuthenticationDetails',
  'AuthenticationProcessingDetails',
  'AuthenticationProtocol',
  'AuthenticationRequirement',
  'AuthenticationRequirementPolicies',
  'CreatedDateTime',
  'TimeGenerated',
  'IngestedAt',
] as const;

/** Values of the `let` lines that come through the translation as they are, so that others can take their place. */
const SENTINELS = {
  start: ['datetime(2001-01-01T00:00:00.000Z)', "'2001-01-01T00:00:00.000Z'"],
  end: ['datetime(2001-01-02T00:00:00.000Z)', "'2001-01-02T00:00:00.000Z'"],
  generatedFrom: ['datetime(2001-01-03T00:00:00.000Z)', "'2001-01-03T00:00:00.000Z'"],
  generatedTo: ['datetime(2001-01-04T00:00:00.000Z)', "'2001-01-04T00:00:00.000Z'"],
  from: ['datetime(2001-01-05T00:00:00.000Z)', "'2001-01-05T00:00:00.000Z'"],
  until: ['datetime(2001-01-06T00:00:00.000Z)', "'2001-01-06T00:00:00.000Z'"],
  width: ['901', '901'],
  prefixes: ["dynamic(['prefix-0'])", `'["prefix-0"]'`],
  rest: ['902', '902'],
  tenant: ["'tenant-0'", "'tenant-0'"],
} as const;

export type Parameter = keyof typeof SENTINELS;

/** The text that is translated: with sentinels, and with a column for the function that no other engine has. */
export function normalised(query: string): string {
  const withSentinels = Object.entries(SENTINELS).reduce(
    (text, [name, [sentinel]]) =>
      text.replace(new RegExp(`^let ${name} = .*;$`, 'm'), `let ${name} = ${sentinel};`),
    query,
  );
  return withSentinels.replaceAll('ingestion_time()', 'IngestedAt');
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const FOLDER = join(import.meta.dirname, 'translated');

export function translationPath(name: QueryName): string {
  return join(FOLDER, `${name}.sql`);
}

export const MUTANTS_PATH = join(FOLDER, 'mutants.json');

/** What of a translation a wrong variant of its query has otherwise: another text between two places. */
export interface TranslatedMutant {
  readonly name: string;
  /** Of the normalised text of the variant. */
  readonly sha256: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A translation, and of what and by whom it is. */
export interface Translation {
  readonly sha256: string;
  readonly translator: string;
  readonly sql: string;
}

export function readTranslation(name: QueryName): Translation {
  const text = readFileSync(translationPath(name), 'utf8');
  return {
    sha256: /^-- Of the text with SHA-256 (\w+)$/m.exec(text)?.[1] ?? '',
    translator: /^-- Translated by (.+)$/m.exec(text)?.[1] ?? '',
    sql: text.replaceAll(/^--.*\n/gm, ''),
  };
}

export function readMutants(): readonly TranslatedMutant[] {
  return JSON.parse(readFileSync(MUTANTS_PATH, 'utf8')) as readonly TranslatedMutant[];
}

/** The translation of a wrong variant. */
export function mutatedSql(sql: string, { from, to, text }: TranslatedMutant): string {
  return `${sql.slice(0, from)}${text}${sql.slice(to)}`;
}

/** The table of one row from which a translation takes its values; it is planned once, and asks it each time. */
export const ASKED = 'Asked';

export const PARAMETERS = Object.keys(SENTINELS) as readonly Parameter[];

/** A translation that takes its values from the table. */
export function withParameters(sql: string): string {
  return PARAMETERS.reduce(
    (text, name) => text.replaceAll(SENTINELS[name][1], `(SELECT asked_${name} FROM ${ASKED})`),
    sql,
  );
}

/** How the translator writes `tostring` and `gettype` of a column: with a case for each type there is. */
const TO_TEXT =
  /CASE typeof\(("\w+")\) WHEN 'JSON' THEN \1 ->> '\$' WHEN 'BOOLEAN' .{1,1200}? ELSE CAST\(\1 AS VARCHAR\) END, ''\)/g;
const TO_TYPE =
  /list_transform\(\[CASE WHEN typeof\(("\w+")\) = 'BOOLEAN' .{1,2500}? ELSE 'string' END\], lambda _k: CASE WHEN _k = 'dynamic' THEN (coalesce\(CASE json_type\(to_json\(\1\)\) .{1,300}? END, 'null'\)) ELSE _k END\)\[1\]/g;

/** How it writes a comparison of a text: what stands before is for a dynamic value, which none of ours compares. */
const COMPARISON =
  /CASE WHEN typeof\(("\w+")\) = 'JSON' THEN (?:(?!\b(?:CASE|ELSE|END)\b).)+ ELSE ((?:(?!\b(?:CASE|ELSE|END)\b).)+) END/g;

/**
 * A translation without the cases of types that our tables do not have, which are half of its text and of the work of
 * planning it. Whatever has another type after all ends the query.
 */
export function ofOurTypes(sql: string): string {
  return sql
    .replaceAll(
      COMPARISON,
      (_, column: string, ofText: string) =>
        `CASE typeof(${column}) WHEN 'VARCHAR' THEN ${ofText} ELSE error('another type') END`,
    )
    .replaceAll(
      TO_TEXT,
      (_, column: string) =>
        `CASE typeof(${column}) WHEN 'JSON' THEN ${column} ->> '$' WHEN 'VARCHAR' THEN CAST(${column} AS VARCHAR) WHEN 'BIGINT' THEN CAST(${column} AS VARCHAR) ELSE error('another type') END, '')`,
    )
    .replaceAll(
      TO_TYPE,
      (_, column: string, typeInJson: string) =>
        `CASE typeof(${column}) WHEN 'JSON' THEN ${typeInJson} ELSE error('another type') END`,
    );
}
