import { describe, expect, it } from '@jest/globals';
import { QUERIES } from '../../lib/workspace/compiled/queries.js';
import { MAX_PARTS } from '../../lib/sign-ins/query.ts';
import {
  DROPPED_COLUMNS,
  droppedQuery,
  HOUR_COLUMNS,
  hoursQuery,
  OTHERS_COLUMNS,
  othersQuery,
  SIGN_IN_COLUMNS,
  signInsQuery,
  TABLE_COLUMNS,
  TABLES,
  tablesQuery,
} from '../../lib/workspace/query-texts.ts';
import type { Column } from '../../lib/workspace/query-texts.ts';
import { analyse } from '../infra/stand-ins/kusto.ts';
import type { AnalysedQuery, Columns } from '../infra/stand-ins/kusto.ts';
import { extentOf } from '../support/extent.ts';
import { DAY, TENANT } from './any-sign-ins.ts';
import { PUBLISHED } from './published-columns.ts';

const DAY_MS = 86_400_000;
const SPAN = { from: DAY, to: DAY + DAY_MS } as const;

/** Columns that a workspace may hold as values although they are published as texts. */
const DYNAMIC: Columns = {
  ...PUBLISHED['SigninLogs'],
  AuthenticationDetails: 'dynamic',
  AuthenticationProcessingDetails: 'dynamic',
  AuthenticationRequirementPolicies: 'dynamic',
};

/** Every text that the code can build, but for values: each table, a part and the rest, of either width. */
function* variants(): Generator<readonly [string, string, readonly Column[]]> {
  for (const table of Object.values(TABLES)) {
    for (const part of [
      { index: 0, count: 1 },
      { index: 0, count: 2 },
      { index: 0, count: 17 },
      { index: MAX_PARTS - 1, count: MAX_PARTS },
    ]) {
      const tenantId = part.count === 1 ? undefined : TENANT;
      const query = signInsQuery({ table, ...SPAN, tenantId, part });
      yield [`${table}, part ${part.index} of ${part.count}`, query, SIGN_IN_COLUMNS];
    }
    yield [`hours of ${table}`, hoursQuery({ table, ...SPAN }), HOUR_COLUMNS];
  }
  yield ['dropped data', droppedQuery(SPAN), DROPPED_COLUMNS];
  yield ['tables', tablesQuery({ from: DAY }), TABLE_COLUMNS];
  yield ['other tables', othersQuery({ from: DAY }), OTHERS_COLUMNS];
}

/** A line that names a value of another query each time. */
const VALUE = /^let (\w+) = (?:datetime\(|dynamic\(|\d|').*;\n/gm;
const analysed = new Map<string, AnalysedQuery>();

/** Looks at values by themselves, and once at what stands below values of the same types: no type hangs on a value. */
function analyseWithValues(query: string): AnalysedQuery {
  const lines = [...query.matchAll(VALUE)];
  const names = lines.map(([, name]) => name);
  const values = analyse(
    `${lines.map(([line]) => line).join('')}print ${names.join(', ')}`,
    PUBLISHED,
  );
  const key = [...names, ...values.columns, query.replaceAll(VALUE, '')].join('\n');
  const whole = analysed.get(key) ?? analyse(query, PUBLISHED);
  analysed.set(key, whole);
  return { ...whole, errors: [...values.errors, ...whole.errors] };
}

describe('every text that the code can build', () => {
  it.each(extentOf([...variants()]))(
    'parses, and gives the columns that it should: %s',
    (_, query, columns) => {
      const { errors, columns: given } = analyseWithValues(query);

      expect(errors).toEqual([]);
      expect(given).toEqual(columns.map(({ name, type }) => `${name}:${type}`));
    },
  );

  it('parses where columns hold values instead of texts', () => {
    const query = signInsQuery({
      table: TABLES.interactive,
      ...SPAN,
      part: { index: 0, count: 1 },
    });

    expect(analyse(query, { ...PUBLISHED, SigninLogs: DYNAMIC }).errors).toEqual([]);
  });

  /** Functions and operators of "Supported KQL features in Azure Monitor" (learn.microsoft.com) that are used. */
  const SUPPORTED = [
    'array_slice',
    'bin',
    'binary_shift_left',
    'case',
    'coalesce',
    'count',
    'countif',
    'datetime',
    'datetime_diff',
    'dynamic',
    'extract',
    'gettype',
    'iff',
    'ingestion_time',
    'isempty',
    'isnotempty',
    'materialize',
    'max',
    'max_of',
    'min',
    'min_of',
    'not',
    'pack_array',
    'parse_json',
    'replace_regex',
    'split',
    'startofday',
    'strcat',
    'strlen',
    'substring',
    'sum',
    'sumif',
    'tolower',
    'tostring',
  ];
  const KEYWORDS = ['and', 'or', 'in', 'has', 'between', 'union', 'by', 'iff', 'where', 'isfuzzy'];

  it('calls only functions that Azure Monitor has, none that estimates and none that hangs on order', () => {
    const called = Object.values(QUERIES).flatMap((query) =>
      [...query.replaceAll(/@?"[^"]*"|@?'[^']*'/g, "''").matchAll(/\b([a-z_]+) ?\(/g)].map(
        ([, name = '']) => name,
      ),
    );

    expect(
      [...new Set(called)].filter((name) => !SUPPORTED.includes(name) && !KEYWORDS.includes(name)),
    ).toEqual([]);
  });
});

describe('a fault', () => {
  const hours = hoursQuery({ table: TABLES.nonInteractive, ...SPAN });
  const signIns = signInsQuery({
    table: TABLES.interactive,
    ...SPAN,
    part: { index: 0, count: 1 },
  });

  it.each(
    extentOf([
      ['a column that the table does not have', signIns.replace('UserId)', 'UserID)')],
      [
        'a column of the other table alone',
        hours.replace('Rows=count()', 'Rows=countif(FlaggedForReview)'),
      ],
      [
        'the tenant’s own resource, which is no column of this table',
        hours.replace('Rows=count()', "Rows=countif(ResourceId == '')"),
      ],
      ['texts that are compared by size', signIns.replace("ResultType=='0',6", "ResultType<'1',6")],
      [
        'a union of columns of different types',
        'union SigninLogs, AADNonInteractiveUserSignInLogs | project Status',
      ],
      ['a function that nobody has', hours.replace('startofday(', 'midnightof(')],
      [
        'a table that is not there',
        hours.replace(TABLES.nonInteractive, 'AADNonInteractiveUserSigninLogs'),
      ],
      ['a bracket too few', hours.replace('count()', 'count(')],
      ['an aggregate where none can be', hours.replace('At<end', 'max(At)<end')],
      ['an instant that is compared with a text', hours.replace('At<end', "At<'2026'")],
    ]),
  )('is found: %s', (_, query) => {
    expect([hours, signIns]).not.toContain(query);
    expect(analyse(query, PUBLISHED).errors).not.toEqual([]);
  });

  it('is found where a column of the sum row has another type', () => {
    const faulty = hours.replace('First=sum(First),', "First='',");

    expect(faulty).not.toBe(hours);
    expect(analyse(faulty, PUBLISHED)).not.toMatchObject({
      errors: [],
      columns: HOUR_COLUMNS.map(({ name, type }) => `${name}:${type}`),
    });
  });
});
