import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { signInsQuery, TABLES } from '../../lib/workspace/query-texts.ts';
import { anyTable, DAY, TENANT } from './any-sign-ins.ts';
import { AWKWARD } from './awkward-sign-ins.ts';
import { kindOf, countsOfAnswers, countsOfGraph } from './graph-path.ts';
import { PUBLISHED } from './published-columns.ts';
import { USED_COLUMNS } from './translated-query.ts';
import type { AnswerRow, TableRow } from './workspace-engine.ts';

// Runs the query in Microsoft's Kusto emulator, a container for x86-64, against the Graph path:
// `node test/workspace/kusto-emulator.ts http://127.0.0.1:8080`. Where this was written there was no container to run
// it in, so it has NEVER BEEN TRIED; .github/workflows/kusto-emulator.yml is where it can be.

const DATABASE = 'NetDefaultDB';
const DAY_MS = 86_400_000;
const TABLES_COMPARED = 10;
const endpoint = process.argv[2] ?? 'http://127.0.0.1:8080';

interface Answer {
  readonly Tables: readonly {
    readonly Columns: readonly { readonly ColumnName: string }[];
    readonly Rows: readonly (readonly (string | number)[])[];
  }[];
}

async function ask(path: 'mgmt' | 'query', csl: string): Promise<readonly AnswerRow[]> {
  const response = await fetch(new URL(`/v1/rest/${path}`, endpoint), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ db: DATABASE, csl }),
  });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  const [table] = ((await response.json()) as Answer).Tables;
  const names = table?.Columns.map(({ ColumnName }) => ColumnName) ?? [];
  return (table?.Rows ?? []).map((row) =>
    Object.fromEntries(names.map((name, place) => [name, row[place] ?? ''])),
  );
}

/** A dynamic column takes values, any other the texts of them. */
function toRecord(row: TableRow, isDynamicStatus: boolean): string {
  if (!isDynamicStatus || row.Status === null) return JSON.stringify(row);
  let status: unknown = row.Status;
  try {
    status = JSON.parse(row.Status);
  } catch {
    // A text then.
  }
  return JSON.stringify({ ...row, Status: status });
}

async function compare(rows: readonly TableRow[]): Promise<boolean> {
  let isSame = true;
  for (const table of Object.values(TABLES)) {
    const types = { ...PUBLISHED[table], IngestedAt: 'datetime' } as Record<string, string>;
    const columns = USED_COLUMNS.map((name) => `${name}: ${types[name]}`);
    await ask('mgmt', `.drop table ${table} ifexists`);
    await ask('mgmt', `.create table ${table} (${columns.join(', ')})`);
    const records = rows.map((row) => toRecord(row, types['Status'] === 'dynamic'));
    const head = `.ingest inline into table ${table} with (format = 'json') <|`;
    await ask('mgmt', [head, ...records].join('\n'));
    const span = { from: DAY, to: DAY + DAY_MS };
    for (const count of [1, 4]) {
      const answers = [];
      for (let index = 0; index < count; index += 1) {
        const query = signInsQuery({ table, ...span, tenantId: TENANT, part: { index, count } });
        answers.push(await ask('query', query.replaceAll('ingestion_time()', 'IngestedAt')));
      }
      const truth = await countsOfGraph(rows, kindOf(table), span, TENANT);
      const isTrue = isDeepStrictEqual(countsOfAnswers(answers), truth);
      process.stdout.write(`${table} in ${count} parts: ${isTrue ? 'the same' : 'DIFFERENT'}\n`);
      isSame &&= isTrue;
    }
  }
  return isSame;
}

const results = [await compare(AWKWARD)];
for (const rows of fc.sample(anyTable(200), TABLES_COMPARED)) results.push(await compare(rows));
process.exitCode = results.every(Boolean) ? 0 : 1;
