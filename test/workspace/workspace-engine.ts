import { DuckDBInstance, DuckDBTimestampValue } from '@duckdb/node-api';
import type { DuckDBAppender, DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import type { QueryName } from '../../lib/packaging/compile-queries.ts';
import { beginningsOf } from '../../lib/workspace/parts.ts';
import type { Part } from '../../lib/workspace/parts.ts';
import { TABLES } from '../../lib/workspace/query-texts.ts';
import type { SignInTable } from '../../lib/workspace/query-texts.ts';
import {
  ASKED,
  ofOurTypes,
  PARAMETERS,
  readTranslation,
  USED_COLUMNS,
  withParameters,
} from './translated-query.ts';
import type { Parameter } from './translated-query.ts';

/** A row of either table. Instants are texts in ISO form, null where there is none; a dynamic value is a JSON text. */
export interface TableRow {
  readonly Id: string;
  readonly UserId: string;
  readonly AppId: string;
  readonly ResourceIdentity: string;
  readonly ResultType: string;
  readonly HomeTenantId: string;
  readonly Status: string | null;
  readonly AuthenticationDetails: string | null;
  readonly AuthenticationProcessingDetails: string | null;
  readonly AuthenticationProtocol: string;
  readonly AuthenticationRequirement: string;
  readonly AuthenticationRequirementPolicies: string | null;
  readonly CreatedDateTime: string | null;
  readonly TimeGenerated: string;
  readonly IngestedAt: string | null;
}

export type AnswerRow = Readonly<Record<string, string | number>>;

export interface AskedSpan {
  readonly table: SignInTable;
  readonly from: number;
  readonly to: number;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const INSTANTS: readonly string[] = ['CreatedDateTime', 'TimeGenerated', 'IngestedAt'];
const COLUMNS = {
  [TABLES.interactive]: USED_COLUMNS,
  [TABLES.nonInteractive]: USED_COLUMNS,
  _LogOperation: [
    'TimeGenerated',
    'Category',
    'Operation',
    'Level',
    'Detail',
    '_ResourceId',
    'Computer',
    'CorrelationId',
  ],
  Usage: ['TimeGenerated'],
} as const;
type ColumnName = (typeof COLUMNS)[keyof typeof COLUMNS][number];

/**
 * A workspace in DuckDB, which runs the translations of our queries. `dynamicColumns` are those that SigninLogs holds as
 * JSON; the other table holds text.
 */
export class WorkspaceEngine {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #dynamicColumns: readonly string[];
  readonly #prepared = new Map<string, Promise<DuckDBPreparedStatement>>();

  private constructor(
    instance: DuckDBInstance,
    connection: DuckDBConnection,
    dynamicColumns: readonly string[],
  ) {
    this.#instance = instance;
    this.#connection = connection;
    this.#dynamicColumns = dynamicColumns;
  }

  static async open(dynamicColumns: readonly string[] = ['Status']): Promise<WorkspaceEngine> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const connection = await instance.connect();
    // What the translator wants of whoever runs its SQL.
    await connection.run("SET TimeZone = 'UTC'");
    // A plan is made once and used for many tables; by default it rests on what the first one held. And joins in place of
    // short lists cost more than they save where tables are small.
    await connection.run(
      "SET disabled_optimizers = 'statistics_propagation,compressed_materialization,in_clause'",
    );
    for (const [table, names] of Object.entries(COLUMNS)) {
      const columns = names.map((name) => {
        const isDynamic = table === TABLES.interactive && dynamicColumns.includes(name);
        return `${name} ${INSTANTS.includes(name) ? 'TIMESTAMP' : isDynamic ? 'JSON' : 'VARCHAR'}`;
      });
      await connection.run(`CREATE TABLE ${table} (${columns.join(', ')})`);
    }
    const parameters = PARAMETERS.map((name) => `asked_${name} VARCHAR`);
    await connection.run(`CREATE TABLE ${ASKED} (${parameters.join(', ')})`);
    return new WorkspaceEngine(instance, connection, dynamicColumns);
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  /** Puts rows in place of those that a table has. */
  async load(
    table: keyof typeof COLUMNS,
    rows: readonly Readonly<Partial<Record<ColumnName, string | null>>>[],
  ): Promise<void> {
    await this.#connection.run(`DELETE FROM ${table}`);
    if (rows.length === 0) return;
    const columns = COLUMNS[table].map((name) => {
      const isDynamic = table === TABLES.interactive && this.#dynamicColumns.includes(name);
      const append = isDynamic ? appendDynamic : appendText;
      return { name, append: INSTANTS.includes(name) ? appendInstant : append };
    });
    const appender = await this.#connection.createAppender(table);
    for (const row of rows) {
      for (const { name, append } of columns) append(appender, row[name] ?? null);
      appender.endRow();
    }
    appender.closeSync();
  }

  /** The answer to the query that counts sign-ins; another translation can stand in its place. */
  async signIns(
    { table, from, to, part, tenantId = '' }: AskedSpan & { part: Part; tenantId?: string },
    sql?: string,
  ): Promise<readonly AnswerRow[]> {
    const { width, prefixes, isRest } = beginningsOf(part);
    return this.#answer('sign-ins', table, sql, {
      ...spanOf(from, to),
      width: String(width),
      prefixes: JSON.stringify(prefixes.length > 0 ? prefixes : ['none']),
      rest: isRest ? '1' : '0',
      tenant: tenantId,
    });
  }

  hours({ table, from, to }: AskedSpan): Promise<readonly AnswerRow[]> {
    return this.#answer('hours', table, undefined, spanOf(from, to));
  }

  dropped(from: number, to: number): Promise<readonly AnswerRow[]> {
    const values = { from: instant(from), until: instant(to) };
    return this.#answer('dropped', TABLES.interactive, undefined, values);
  }

  tables(from: number): Promise<readonly AnswerRow[]> {
    return this.#answer('tables', TABLES.interactive, undefined, { from: instant(from) });
  }

  others(from: number): Promise<readonly AnswerRow[]> {
    return this.#answer('others', TABLES.interactive, undefined, { from: instant(from) });
  }

  async #answer(
    name: QueryName,
    table: SignInTable,
    ownSql: string | undefined,
    values: Readonly<Partial<Record<Parameter, string>>>,
  ): Promise<readonly AnswerRow[]> {
    const statement = await this.#prepare(name, table, ownSql);
    const texts = PARAMETERS.map((parameter) => `'${values[parameter] ?? ''}'`);
    await this.#connection.run(`DELETE FROM ${ASKED}`);
    await this.#connection.run(`INSERT INTO ${ASKED} VALUES (${texts.join(', ')})`);
    const reader = await statement.runAndReadAll();
    const columns = reader.columnNames();
    return reader
      .getRowsJS()
      .map((row) =>
        Object.fromEntries(columns.map((column, place) => [column, toPlain(row[place])])),
      );
  }

  /** Planning costs more than running, so it is done once. */
  #prepare(
    name: QueryName,
    table: SignInTable,
    ownSql: string | undefined,
  ): Promise<DuckDBPreparedStatement> {
    const isOfOneTable = name !== 'tables';
    const prepare = () => {
      const sql = ofOurTypes(withParameters(ownSql ?? readTranslation(name).sql));
      return this.#connection.prepare(
        isOfOneTable ? sql.replaceAll(`"${TABLES.interactive}"`, `"${table}"`) : sql,
      );
    };
    const key = ownSql ?? `${name} ${table}`;
    const known = this.#prepared.get(key) ?? prepare();
    this.#prepared.set(key, known);
    return known;
  }
}

function appendInstant(appender: DuckDBAppender, text: string | null): void {
  if (text === null) appender.appendNull();
  else appender.appendTimestamp(new DuckDBTimestampValue(microsecondsOf(text)));
}

function microsecondsOf(text: string): bigint {
  const [, second = '', fraction = ''] = /^([^.Z]+)(?:\.(\d+))?Z$/.exec(text) ?? [];
  return BigInt(Date.parse(`${second}Z`)) * 1000n + BigInt(fraction.padEnd(6, '0').slice(0, 6));
}

/** A text is never null there. */
function appendText(appender: DuckDBAppender, text: string | null): void {
  appender.appendVarchar(text ?? '');
}

/** A dynamic value that is no JSON is a text. */
function appendDynamic(appender: DuckDBAppender, text: string | null): void {
  if (text === null) appender.appendNull();
  else appender.appendVarchar(isJson(text) ? text : JSON.stringify(text));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function spanOf(from: number, to: number) {
  return {
    start: instant(from),
    end: instant(to),
    generatedFrom: instant(from - HOUR_MS),
    generatedTo: instant(to + 3 * DAY_MS),
  };
}

function instant(at: number): string {
  return new Date(at).toISOString();
}

/** A null is no value that an answer may have: it stays one, so that a comparison fails. */
function toPlain(value: unknown): string | number {
  return typeof value === 'bigint' ? Number(value) : (value as string | number);
}
