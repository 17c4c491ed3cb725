import type { GraphConnection } from '../../lib/graph/client.ts';
import { isPlainId } from '../../lib/decode.ts';
import { MailerError } from '../../lib/errors.ts';
import { applicationIndex } from '../../lib/entra/applications.ts';
import { applicationOfSlot } from '../../lib/sign-ins/day-row.ts';
import type { SignInKind, Span } from '../../lib/sign-ins/query.ts';
import { readSignIns } from '../../lib/sign-ins/read-sign-ins.ts';
import { PeopleIndex } from '../../lib/sources/people-index.ts';
import { SIGN_IN_COLUMNS, TABLES } from '../../lib/workspace/query-texts.ts';
import type { AnswerRow, TableRow } from './workspace-engine.ts';

const DAY_MS = 86_400_000;

/** What is to be equal: the rows of an answer by person and application, and whether everything could be read. */
export interface SpanCounts {
  readonly rows: ReadonlyMap<string, readonly number[]>;
  readonly isSound: boolean;
}

/** What the product counts when Graph sends the sign-ins that a table holds, each as its last row says it. */
export async function countsOfGraph(
  rows: readonly TableRow[],
  kind: SignInKind,
  { from, to }: Span,
  tenantId?: string,
): Promise<SpanCounts> {
  const sent = lastRows(rows).filter(isAskedFor).map(toGraphRow);
  const people = new PeopleIndex();
  const reads = { interactive: { rows: 0, pages: 0 }, nonInteractive: { rows: 0, pages: 0 } };
  const reader = {
    graph: graphOf(kind, sent),
    tenantId,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
  const counts = new Map<string, readonly number[]>();
  let isSound = true;
  for await (const piece of readSignIns(reader, people, reads, { span: { from, to } })) {
    isSound &&= piece.isWhole[kind];
    const dayStart = Math.floor(piece.from / DAY_MS) * DAY_MS;
    const second = (at: number) => (at === 0 ? -1 : (at - dayStart) / 1000);
    for (const row of piece.counts.rows()) {
      const key = `${people.idOf(row.person).toLowerCase()} ${applicationOfSlot(row.slot)}`;
      const instants = [row.firstAt, row.lastAt, row.lastMfaAt, row.lastHereAt, row.lastRefusalAt];
      const rest = [row.lastRefusal, row.hours, row.ropc, 1, 0];
      counts.set(key, [...Array.from(row.counts), ...instants.map(second), ...rest]);
    }
  }
  return { rows: counts, isSound };
}

/** The columns after person and application, in their order. */
const NUMBERS = SIGN_IN_COLUMNS.map(({ name }) => name).slice(2);
const UNREADABLE = NUMBERS.indexOf('Unreadable');

/** What answers say together; throws where one does not add up, or two name the same person and application. */
export function countsOfAnswers(answers: readonly (readonly AnswerRow[])[]): SpanCounts {
  const counts = new Map<string, readonly number[]>();
  let unreadable = 0;
  for (const answer of answers) {
    const sums = NUMBERS.map(() => 0);
    let said: readonly number[] | undefined;
    for (const row of answer) {
      const numbers = NUMBERS.map((name) => row[name] as number);
      if (row['Application'] === -1 && row['Person'] === '') {
        if (said !== undefined) throw new Error('An answer has two sum rows.');
        said = numbers;
        continue;
      }
      const key = `${String(row['Person'])} ${String(row['Application'])}`;
      if (counts.has(key)) throw new Error('Two rows are of the same person and application.');
      counts.set(key, numbers);
      for (const [place, number] of numbers.entries()) sums[place]! += number;
    }
    if (said === undefined) throw new Error('An answer has no sum row.');
    unreadable += said[UNREADABLE] ?? Number.NaN;
    const isSame = sums.every((sum, place) => place === UNREADABLE || sum === said[place]);
    if (!isSame) throw new Error('An answer does not add up to its sum row.');
  }
  return { rows: counts, isSound: unreadable === 0 };
}

/** Of the rows of a sign-in the last to arrive; a row without an id is a sign-in. */
function lastRows(rows: readonly TableRow[]): readonly TableRow[] {
  const arrivedAt = (row: TableRow) => Date.parse(row.IngestedAt ?? row.TimeGenerated);
  const byId = new Map<string, TableRow>();
  const alone: TableRow[] = [];
  for (const row of rows) {
    const id = isPlainId(row.Id) ? row.Id : '';
    const known = byId.get(id);
    if (id === '') alone.push(row);
    else if (known === undefined || arrivedAt(row) > arrivedAt(known)) byId.set(id, row);
  }
  return [...byId.values(), ...alone];
}

/** What Graph is asked for; it sends no row without an instant. */
function isAskedFor({ AppId, ResourceIdentity, CreatedDateTime }: TableRow): boolean {
  const application = applicationIndex(AppId.toLowerCase(), ResourceIdentity.toLowerCase());
  return application >= 0 && CreatedDateTime !== null;
}

function toGraphRow(row: TableRow): Readonly<Record<string, unknown>> {
  const errorCode = /^-?\d+$/.test(row.ResultType) ? Number(row.ResultType) : row.ResultType;
  return {
    id: row.Id,
    createdDateTime: `${(row.CreatedDateTime ?? '').slice(0, 19)}Z`,
    userId: row.UserId,
    appId: row.AppId,
    resourceId: row.ResourceIdentity,
    homeTenantId: row.HomeTenantId,
    authenticationProtocol: row.AuthenticationProtocol,
    authenticationRequirement: row.AuthenticationRequirement,
    status: { ...(parsed(row.Status) as object), errorCode },
    authenticationDetails: parsed(row.AuthenticationDetails) ?? unparsed(row.AuthenticationDetails),
    authenticationProcessingDetails: parsed(row.AuthenticationProcessingDetails),
    authenticationRequirementPolicies: parsed(row.AuthenticationRequirementPolicies),
  };
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
}

/** Steps that are there and are no JSON: as little can be read of them as of a list that is a text. */
function unparsed(text: string | null): string | undefined {
  const isAbsent = /^\s*(?:null\s*)?$/.test(text ?? '');
  return isAbsent ? undefined : (text ?? undefined);
}

/** A Graph that sends these rows of one kind on one page, newest first, and none of the other. */
function graphOf(
  kind: SignInKind,
  rows: readonly Readonly<Record<string, unknown>>[],
): GraphConnection {
  const newestFirst = rows.toSorted((a, b) =>
    String(b['createdDateTime']).localeCompare(String(a['createdDateTime'])),
  );
  const refuse = () =>
    Promise.reject(new MailerError('graph_refused', 'This Graph takes no mail.'));
  return {
    url: (path) => new URL(path, 'https://graph.example'),
    get: async (url) => {
      const isAsked = (url.searchParams.get('$filter') ?? '').includes(`'${kind}User'`);
      const value = isAsked ? newestFirst : [];
      return { status: 200, headers: {}, body: Buffer.from(JSON.stringify({ value })) };
    },
    post: refuse,
  };
}

/** The kind of a table. */
export function kindOf(table: (typeof TABLES)[SignInKind]): SignInKind {
  return table === TABLES.interactive ? 'interactive' : 'nonInteractive';
}
