import { hasCode } from '../errors.ts';
import type { DayCounts } from '../sign-ins/day-counts.ts';
import { MAX_PARTS } from '../sign-ins/query.ts';
import type { SignInKind, Span } from '../sign-ins/query.ts';
import type { PeopleIndex } from '../sources/people-index.ts';
import { DAY_MS, HOUR_MS } from '../utc-day.ts';
import type { WorkspaceConnection } from './client.ts';
import { addRows } from './count-rows.ts';
import type { Asked } from './count-rows.ts';
import type { PeopleSet } from './people-set.ts';
import { SIGN_IN_COLUMNS, signInsQuery, TABLES } from './query-texts.ts';

/** Two queries at once; the engine takes five of one identity, and others may ask under it, too. */
const AT_ONCE = 2;

/** Rows that an answer should have: five times as many are the engine’s limit, and cost the client 300 MB. */
const AIMED_ROWS = 100_000;

/** An answer that is wrong is asked again in halves, so often. */
const MAX_WRONG = 2;

/** One answer that is still to come. */
interface Task extends Asked {
  /** How often what it asks for came wrong. */
  readonly wrong: number;
}

/** What became of the reading of one kind. */
export interface CountsRead {
  readonly rows: number;
  readonly answers: number;
  readonly unreadable: number;
  /** In how many parts it should be asked for the next time. */
  readonly parts: number;
  /** Why it is not whole. */
  readonly failure?: unknown;
}

export interface CountsRequest {
  readonly connection: WorkspaceConnection;
  readonly tenantId: string | undefined;
  /** Inside one UTC day. */
  readonly span: Span;
  /** The kinds to read, and in how many parts at first. */
  readonly parts: Partial<Readonly<Record<SignInKind, number>>>;
  readonly people: PeopleIndex;
  readonly counts: DayCounts;
  /** Takes those of whom anything was counted, by kind. */
  readonly counted: Readonly<Record<SignInKind, PeopleSet>>;
}

/**
 * Reads a span part by part into the counts. An answer that is too large is asked for in twice as many parts, one that
 * takes too long in halves of its time down to an hour, a wrong one in smaller parts; each answer counts whole or not at
 * all. A kind that fails keeps what it has.
 */
export async function readCounts(
  request: CountsRequest,
): Promise<Partial<Record<SignInKind, CountsRead>>> {
  const kinds = Object.entries(request.parts) as [SignInKind, number][];
  const reads = new Map(kinds.map(([kind, parts]) => [kind, new KindReading(kind, parts)]));
  const waiting = interleave(kinds.map(([kind, parts]) => cutIntoParts(kind, parts, request.span)));

  async function work(): Promise<void> {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      const reading = reads.get(task.kind)!;
      if (reading.failure !== undefined) continue;
      try {
        await readTask(task, reading, request);
      } catch (error) {
        const { instead, rest } = answerTo(error, task, waiting);
        if (instead === undefined) reading.failure = error;
        else waiting.splice(0, waiting.length, ...instead, ...rest);
      }
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, work));
  // What is made of the counts next takes much itself.
  request.connection.rest();
  return Object.fromEntries([...reads].map(([kind, reading]) => [kind, reading.end()]));
}

class KindReading {
  readonly #parts: number;
  rows = 0;
  answers = 0;
  unreadable = 0;
  mostParts: number;
  failure: unknown;
  readonly kind: SignInKind;

  constructor(kind: SignInKind, parts: number) {
    this.kind = kind;
    this.#parts = parts;
    this.mostParts = parts;
  }

  end(): CountsRead {
    const { rows, answers, unreadable, failure } = this;
    return { rows, answers, unreadable, failure, parts: this.#nextParts() };
  }

  /** As many as leave no answer more than the rows aimed at, or as it took where they were too few. */
  #nextParts(): number {
    const aimed = powerOfTwoFrom(this.rows / AIMED_ROWS);
    const needed = this.mostParts > this.#parts ? this.mostParts : 1;
    return Math.min(MAX_PARTS, Math.max(aimed, needed));
  }
}

async function readTask(
  task: Task,
  reading: KindReading,
  { connection, tenantId, people, counts, counted }: CountsRequest,
): Promise<void> {
  const { kind, part, from, to } = task;
  reading.mostParts = Math.max(reading.mostParts, part.count);
  const query = {
    text: signInsQuery({ table: TABLES[kind], from, to, tenantId, part }),
    span: generatedSpan(task),
    columns: SIGN_IN_COLUMNS,
  };
  const { rows, unreadable } = await connection.ask(query, (answer) =>
    addRows(answer, task, { people, counts, counted: counted[kind] }),
  );
  reading.rows += rows;
  reading.answers += 1;
  reading.unreadable += unreadable;
}

/** Wider than what the query itself looks at, so that this never cuts anything off. */
export function generatedSpan({ from, to }: Span): Span {
  return { from: from - DAY_MS, to: to + 4 * DAY_MS };
}

/** What is asked instead of a task that failed, and what else; undefined where nothing would help. */
function answerTo(
  error: unknown,
  task: Task,
  waiting: readonly Task[],
): { readonly instead?: readonly Task[]; readonly rest: readonly Task[] } {
  if (hasCode(error, 'workspace_timeout') && task.to - task.from > HOUR_MS) {
    return { instead: halves(task), rest: waiting };
  }
  const canPart = task.part.count * 2 <= MAX_PARTS;
  if (hasCode(error, 'workspace_too_large') && canPart) {
    // The others of this kind are as large.
    const rest = waiting.flatMap((other) =>
      other.kind === task.kind && other.part.count === task.part.count ? smaller(other) : [other],
    );
    return { instead: smaller(task), rest };
  }
  if (hasCode(error, 'workspace_unexpected') && canPart && task.wrong < MAX_WRONG) {
    return { instead: smaller({ ...task, wrong: task.wrong + 1 }), rest: waiting };
  }
  return { rest: waiting };
}

/** The two parts that a part consists of; so it is as long as the counts are powers of two. */
function smaller(task: Task): readonly Task[] {
  const { index, count } = task.part;
  return [0, 1].map((half) => ({ ...task, part: { index: index * 2 + half, count: count * 2 } }));
}

/** The later half of a span and the earlier one, at a full hour. */
function halves(task: Task): readonly Task[] {
  const middle = Math.ceil((task.from + task.to) / 2 / HOUR_MS) * HOUR_MS;
  const cut = middle < task.to ? middle : Math.floor((task.from + task.to) / 2000) * 1000;
  return [
    { ...task, from: cut },
    { ...task, to: cut },
  ];
}

function cutIntoParts(kind: SignInKind, parts: number, { from, to }: Span): readonly Task[] {
  const count = Math.min(MAX_PARTS, powerOfTwoFrom(parts));
  return Array.from({ length: count }, (_, index) => {
    return { kind, from, to, part: { index, count }, wrong: 0 };
  });
}

/** The first of each list, the second of each, and so on. */
function interleave(lists: readonly (readonly Task[])[]): Task[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, place) => place).flatMap((place) =>
    lists.flatMap((list) => list[place] ?? []),
  );
}

/** The smallest power of two that is not below. */
function powerOfTwoFrom(number: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, number)));
}
