import { hasCode, MailerError } from '../errors.ts';
import { pages } from '../graph/pages.ts';
import type { Page } from '../graph/pages.ts';
import type { Reader } from '../sources/collection.ts';
import { queryPaths } from './query.ts';
import type { QueryShape, SignInKind, Span } from './query.ts';
import { decodeSignIn } from './sign-in.ts';
import type { SignIn } from './sign-in.ts';

/** Without it Graph hides the newest members of its enumerations, two askers for MFA among them. */
const PREFER = { prefer: 'include-unknown-enum-members' };

/** A page token can run out again and again in a long reading, but not without progress in between. */
const MAX_RESTARTS_WITHOUT_PROGRESS = 3;

/** Pages in a row that bring nothing new: the chain goes in circles under new links. */
const MAX_STALE_PAGES = 20;

/**
 * Reads one query page by page, newest first, and knows how far it has come. When its page token runs out it
 * asks anew from where it is, not from the beginning.
 */
export class Cursor {
  readonly kind: SignInKind;
  /** Every row younger than this has been read, as long as Graph keeps its order. */
  lowestAt: number;
  isDone = false;
  failure: unknown;
  /** False once a row came that is younger than the one before it. */
  isOrdered = true;
  pages = 0;

  readonly #reader: Reader;
  readonly #span: Span;
  readonly #path: (span: Span) => string;
  #iterator: AsyncGenerator<Page<SignIn>> | undefined;
  #restarts = 0;
  #stalePages = 0;
  readonly #isRaw: boolean;

  constructor(
    reader: Reader,
    query: {
      readonly kind: SignInKind;
      readonly span: Span;
      readonly path: (span: Span) => string;
      /** Whether whole rows are wanted. */
      readonly isRaw: boolean;
    },
  ) {
    this.#reader = reader;
    this.kind = query.kind;
    this.#span = query.span;
    this.#path = query.path;
    this.#isRaw = query.isRaw;
    this.lowestAt = query.span.to;
  }

  get isActive(): boolean {
    return !this.isDone && this.failure === undefined;
  }

  /** True when nothing at or above this instant can still come. */
  hasPassed(instant: number): boolean {
    return this.isDone || (this.isOrdered && this.lowestAt < instant);
  }

  /** The next page, or undefined at the end. Throws what the reader is to be told. */
  async next(): Promise<readonly SignIn[] | undefined> {
    try {
      this.#iterator ??= this.#open();
      const { value, done } = await this.#iterator.next();
      if (done) {
        this.isDone = true;
        return undefined;
      }
      this.pages += 1;
      return value.rows;
    } catch (error) {
      const isTokenGone = this.pages > 0 && hasCode(error, 'graph_refused');
      if (!isTokenGone || this.#restarts === MAX_RESTARTS_WITHOUT_PROGRESS) throw error;
      this.#restarts += 1;
      this.#iterator = undefined;
      return [];
    }
  }

  /**
   * Says that a page has been counted, and whether anything in it was new; until then nothing is passed, although
   * it was fetched.
   */
  note(rows: readonly SignIn[], hasNews: boolean): void {
    let before = this.lowestAt;
    for (const { at } of rows) {
      if (Number.isNaN(at) || at >= this.#span.to) continue;
      if (at > before) this.isOrdered = false;
      else before = at;
    }
    const hasProgressed = before < this.lowestAt;
    if (hasProgressed) this.#restarts = 0;
    this.lowestAt = before;
    const isStale = rows.length > 0 && !hasNews && !hasProgressed;
    this.#stalePages = isStale ? this.#stalePages + 1 : 0;
    if (this.#stalePages > MAX_STALE_PAGES) this.failure = endless();
  }

  #open() {
    const to = this.isOrdered ? this.lowestAt : this.#span.to;
    const url = this.#reader.graph.url(this.#path({ from: this.#span.from, to }));
    return pages<SignIn>(this.#reader.graph, url, {
      what: 'the sign-in log',
      signal: this.#reader.signal,
      headers: PREFER,
      // Names are not kept, unless the rows are.
      encoding: this.#isRaw ? 'utf8' : 'latin1',
      decode: (row) => decodeSignIn(row, this.#isRaw, this.#reader.tenantId),
    });
  }
}

function endless(): MailerError {
  return new MailerError(
    'graph_unexpected',
    `Graph sent ${MAX_STALE_PAGES} pages in a row without anything new while listing the sign-in log.`,
  );
}

/** The cursors that together read one kind over a span in one shape. */
export function createCursors(
  reader: Reader,
  kind: SignInKind,
  span: Span,
  shape: QueryShape,
  isRaw: boolean,
): readonly Cursor[] {
  return queryPaths(kind, span, shape).map(
    (_, index) =>
      new Cursor(reader, {
        kind,
        span,
        isRaw,
        path: (part) => queryPaths(kind, part, shape)[index] ?? '',
      }),
  );
}

/** Two collections at once give nearly all the gain in waiting time. */
const PAGES_IN_FLIGHT = 2;

interface Answer {
  readonly cursor: Cursor;
  readonly rows: readonly SignIn[];
}

/**
 * The pages of several cursors, always asking the one that is furthest behind, so that all of them come down the
 * days together and what a deadline cuts off is the oldest. A cursor that fails is marked and left.
 */
export async function* newestFirst(cursors: readonly Cursor[]): AsyncGenerator<Answer> {
  const inFlight = new Map<Cursor, Promise<Answer>>();
  for (;;) {
    const waiting = cursors
      .filter((cursor) => cursor.isActive && !inFlight.has(cursor))
      .sort((a, b) => b.lowestAt - a.lowestAt);
    for (const cursor of waiting.slice(0, PAGES_IN_FLIGHT - inFlight.size)) {
      inFlight.set(cursor, ask(cursor));
    }
    if (inFlight.size === 0) return;
    const answer = await Promise.race(inFlight.values());
    inFlight.delete(answer.cursor);
    yield answer;
  }
}

async function ask(cursor: Cursor): Promise<Answer> {
  try {
    return { cursor, rows: (await cursor.next()) ?? [] };
  } catch (error) {
    cursor.failure = error;
    return { cursor, rows: [] };
  }
}
