import { recordOf, RowDecoder } from '../decode.ts';
import { hasCode, MailerError } from '../errors.ts';
import type { GraphConnection } from '../graph/client.ts';
import { pages } from '../graph/pages.ts';
import type { ReadingProgress } from '../reading-progress.ts';
import type { RowCount, SourceName } from './coverage.ts';

/** A row as Graph sent it. */
export type Properties = Readonly<Record<string, unknown>>;

interface CollectionRequest<Row extends object> {
  readonly source: SourceName;
  readonly what: string;
  readonly path: string;
  /** Makes of a row what is kept of it, as soon as it is parsed; undefined where whose row it is cannot be told. */
  readonly decode: (row: Properties, read: RowDecoder) => Row | undefined;
  /** Reading ends after this many pages, and is not begun again. @default as many as there are */
  readonly maxPages?: number;
}

/** Pages in a row that bring nothing new: the chain goes in circles under new links. */
const MAX_STALE_PAGES = 20;

/** A page token can run out midway; the collection is then read again from its start, this often. */
const MAX_RESTARTS = 2;

/**
 * Reads a whole collection, handing each row to `take`, which says whether the row was new. Rows may come twice
 * when a collection is read again, so `take` must be idempotent. What was read is in `count`, also after a failure;
 * throws what the last attempt threw. False where there are more pages than were asked for.
 */
export async function readCollection<Row extends object>(
  { graph, signal, onProgress }: Reader,
  { source, what, path, decode, maxPages = Number.POSITIVE_INFINITY }: CollectionRequest<Row>,
  count: RowCount,
  take: (row: Row) => boolean,
): Promise<boolean> {
  const { lost: lostBefore, wrong: wrongBefore, cut: cutBefore } = count;
  for (let restarts = 0; ; restarts += 1) {
    const pagesBefore = count.pages;
    let stalePages = 0;
    const rows = new RowReader(decode);
    // What is read again is counted again.
    Object.assign(count, { lost: lostBefore, wrong: wrongBefore, cut: cutBefore });
    try {
      for await (const page of pages(graph, graph.url(path), { what, signal, decode: rows.read })) {
        const before = count.rows;
        const { lost, wrong } = rows.count(page.rows);
        count.lost += lost;
        count.wrong += wrong;
        count.cut = cutBefore + rows.cut;
        for (const row of page.rows) if (row !== undefined && take(row)) count.rows += 1;
        count.pages += 1;
        onProgress({ source, rows: count.rows, pages: count.pages });
        // Reading again meets known rows by nature.
        stalePages =
          restarts === 0 && page.rows.length > 0 && count.rows === before ? stalePages + 1 : 0;
        if (stalePages > MAX_STALE_PAGES) throw endless(what);
        if (count.pages - pagesBefore >= maxPages) return page.isLast;
      }
      return true;
    } catch (error) {
      const isMidway = count.pages > pagesBefore && hasCode(error, 'graph_refused');
      if (!isMidway || restarts === MAX_RESTARTS || Number.isFinite(maxPages)) throw error;
    }
  }
}

/** Decodes rows as they are parsed, and remembers until its page is counted which of them could not be read in full. */
class RowReader<Row extends object> {
  readonly #decode: CollectionRequest<Row>['decode'];
  readonly #decoder = new RowDecoder();
  readonly #wrong = new Set<Row>();

  constructor(decode: CollectionRequest<Row>['decode']) {
    this.#decode = decode;
  }

  get cut(): number {
    return this.#decoder.cut;
  }

  readonly read = (whole: unknown): Row | undefined => {
    this.#decoder.begin();
    const row = this.#decode(recordOf(whole), this.#decoder);
    if (row !== undefined && this.#decoder.hasUnreadable) this.#wrong.add(row);
    return row;
  };

  /** A page can be parsed more than once, so only its rows say how many there are. */
  count(page: readonly (Row | undefined)[]): Pick<RowCount, 'lost' | 'wrong'> {
    const lost = page.reduce((sum, row) => (row === undefined ? sum + 1 : sum), 0);
    const isAnyWrong = this.#wrong.size > 0;
    const wrong = isAnyWrong ? page.filter((row) => row && this.#wrong.has(row)).length : 0;
    this.#wrong.clear();
    return { lost, wrong };
  }
}

function endless(what: string): MailerError {
  return new MailerError(
    'graph_unexpected',
    `Graph sent ${MAX_STALE_PAGES} pages in a row without anything new while listing ${what}.`,
  );
}

/** What every source needs to read: Graph, the run's deadline, and somebody to tell. */
export interface Reader {
  readonly graph: GraphConnection;
  /** The tenant of the token, lower case; tells its own people from those of other tenants. */
  readonly tenantId?: string | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ReadingProgress) => void;
}

/**
 * Reads something that a report can do without, and gives up after `limitMs`: a Graph that hangs there must not cost the
 * run. That is `graph_unreachable`.
 */
export async function withTimeLimit<Result>(
  reader: Reader,
  limitMs: number,
  read: (reader: Reader) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const seconds = limitMs / 1000;
  const tooSlow = new MailerError(
    'graph_unreachable',
    `Graph did not answer within ${seconds} seconds.`,
    { reason: `not within ${seconds} seconds` },
  );
  const timer = setTimeout(() => controller.abort(tooSlow), limitMs);
  try {
    return await read({ ...reader, signal: AbortSignal.any([reader.signal, controller.signal]) });
  } finally {
    clearTimeout(timer);
  }
}
