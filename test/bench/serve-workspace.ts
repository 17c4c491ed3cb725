// Answers the queries of the product as a workspace of a million people would, and does nothing else: one sign-in a row,
// at an instant of its own. `node test/bench/serve-workspace.ts --people N`
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import {
  DROPPED_COLUMNS,
  HOUR_COLUMNS,
  SIGN_IN_COLUMNS,
  TABLE_COLUMNS,
} from '../../lib/workspace/query-texts.ts';
import type { Column } from '../../lib/workspace/query-texts.ts';

const { values } = parseArgs({ options: { people: { type: 'string', default: '1000000' } } });
const PEOPLE = Number(values.people);
const DAY_S = 86_400;
/** The engine gives no more rows in one answer. */
const MAX_ROWS = 500_000;
const ZEROS = SIGN_IN_COLUMNS.map(() => 0);
const PLACES = Object.fromEntries(SIGN_IN_COLUMNS.map(({ name }, place) => [name, place]));

/** The id of a person, the same on every day, with its first digits spread evenly. */
function idOf(person: number): string {
  const mixed = (Math.imul(person ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(person, 0xc2b2ae35)) >>> 0;
  const low = person.toString(16).padStart(12, '0');
  return `${mixed.toString(16).padStart(8, '0')}-0000-4000-8000-${low}`;
}

interface Asked {
  readonly kind: number;
  readonly fromS: number;
  readonly toS: number;
  readonly day: number;
  readonly isInPart: (id: string) => boolean;
}

/** A quarter of the people have two rows of a kind, the others one. */
function signInRows({ kind, fromS, toS, day, isInPart }: Asked): (string | number)[][] {
  const rows: (string | number)[][] = [];
  const sums = [...ZEROS] as (string | number)[];
  for (let person = 0; person < PEOPLE; person += 1) {
    const id = idOf(person);
    if (!isInPart(id)) continue;
    for (let row = 0; row <= (person % 4 === 0 ? 1 : 0); row += 1) {
      const mixed = Math.imul(person * 2 + row + 1, 0x85ebca6b ^ (day * 2 + kind)) >>> 0;
      const second = mixed % DAY_S;
      if (second < fromS || second >= toS) continue;
      const isMfa = mixed % 2 === 0;
      const cells = [...ZEROS] as (string | number)[];
      cells[0] = id;
      cells[1] = row === 0 ? person % 6 : (person + 1) % 6;
      cells[PLACES[isMfa ? 'Claim' : 'OneFactor']!] = 1;
      if (isMfa) cells[PLACES['MfaByTenant']!] = 1;
      cells[PLACES['First']!] = second;
      cells[PLACES['Last']!] = second;
      cells[PLACES['LastMfa']!] = isMfa ? second : -1;
      cells[PLACES['LastHere']!] = -1;
      cells[PLACES['LastRefusal']!] = -1;
      cells[PLACES['Hours']!] = 1 << Math.floor(second / 3600);
      cells[PLACES['Rows']!] = 1;
      for (let place = 2; place < cells.length; place += 1) {
        sums[place] = (sums[place] as number) + (cells[place] as number);
      }
      rows.push(cells);
    }
  }
  [sums[0], sums[1]] = ['', -1];
  return [...rows, sums];
}

function hourRows({ fromS, toS }: Asked): number[][] {
  const rows: number[][] = [];
  for (let hour = Math.floor(fromS / 3600); hour * 3600 < toS; hour += 1) {
    const [first, last] = [hour * 3600, Math.min((hour + 1) * 3600, toS) - 1];
    rows.push([hour, 2_000_000, first, last]);
  }
  const sums = [1, 2, 3].map((place) => rows.reduce((sum, row) => sum + row[place]!, 0));
  return [...rows, [-1, ...sums]];
}

function answerTo(text: string): object {
  const value = (name: string) => new RegExp(`^let ${name} = (.*);$`, 'm').exec(text)?.[1] ?? '';
  const instant = (name: string) =>
    Math.floor(Date.parse(/datetime\((.*)\)/.exec(value(name))?.[1] ?? '') / 1000);
  if (text.includes('_LogOperation')) return tableOf(DROPPED_COLUMNS, []);
  if (text.includes('isfuzzy')) {
    const [from, now] = [instant('from'), Math.floor(Date.now() / 1000)];
    const names = ['SigninLogs', 'AADNonInteractiveUserSignInLogs'];
    return tableOf(
      TABLE_COLUMNS,
      names.map((name) => [name, 1_000_000_000, from, now - 300, now]),
    );
  }
  const start = instant('start');
  const day = Math.floor(start / DAY_S);
  const [fromS, toS] = [start - day * DAY_S, instant('end') - day * DAY_S];
  const prefixes = new Set([...value('prefixes').matchAll(/'([^']*)'/g)].map(([, text]) => text));
  const [width, isRest] = [Number(value('width')), value('rest') === '1'];
  const asked = {
    kind: /^\s*AADNon/m.test(text) ? 1 : 0,
    fromS,
    toS,
    day,
    isInPart: (id: string) => prefixes.has(id.slice(0, width)) !== isRest,
  };
  if (!text.includes('MfaByTenant')) return tableOf(HOUR_COLUMNS, hourRows(asked));
  const rows = signInRows(asked);
  if (rows.length <= MAX_ROWS) return tableOf(SIGN_IN_COLUMNS, rows);
  const error = { code: 'PartialError', details: [{ innererror: { code: '-2133196797' } }] };
  return { ...tableOf(SIGN_IN_COLUMNS, rows.slice(0, MAX_ROWS)), error };
}

function tableOf(columns: readonly Column[], rows: readonly unknown[]) {
  return { tables: [{ name: 'PrimaryResult', columns, rows }] };
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const server = createServer((incoming, outgoing) => {
  void readBody(incoming).then((body) => {
    const { query } = JSON.parse(body) as { readonly query: string };
    const bytes = gzipSync(JSON.stringify(answerTo(query)), { level: 1 });
    outgoing.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    outgoing.end(bytes);
  });
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ ENDPOINT: `http://127.0.0.1:${port}` })}\n`);
});
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
