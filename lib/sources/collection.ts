import { hasCode, MailerError } from '../errors.ts';
import type { GraphConnection } from '../graph/client.ts';
import { pages } from '../graph/pages.ts';
import type { ReadingProgress } from '../reading-progress.ts';
import type { SourceName } from './coverage.ts';

interface CollectionRequest<Row> {
  readonly source: SourceName;
  readonly what: string;
  readonly path: string;
  /** Makes of a row what is kept of it, as soon as it is parsed. */
  readonly decode: (row: unknown) => Row;
}

/** How many rows and pages were read, over all attempts; a row that came again counts once. */
interface Count {
  rows: number;
  pages: number;
}

/** Pages in a row that bring nothing new: the chain goes in circles under new links. */
const MAX_STALE_PAGES = 20;

/** A page token can run out midway; the collection is then read again from its start, this often. */
const MAX_RESTARTS = 2;

/**
 * Reads a whole collection, handing each row to `take`, which says whether the row was new. Rows may come twice
 * when a collection is read again, so `take` must be idempotent. Throws what the last attempt threw.
 */
export async function readCollection<Row>(
  { graph, signal, onProgress }: Reader,
  { source, what, path, decode }: CollectionRequest<Row>,
  take: (row: Row) => boolean,
): Promise<Count> {
  const count: Count = { rows: 0, pages: 0 };
  for (let restarts = 0; ; restarts += 1) {
    const pagesBefore = count.pages;
    let stalePages = 0;
    try {
      for await (const page of pages(graph, graph.url(path), { what, signal, decode })) {
        const before = count.rows;
        for (const row of page.rows) if (take(row)) count.rows += 1;
        count.pages += 1;
        onProgress({ source, ...count });
        // Reading again meets known rows by nature.
        stalePages =
          restarts === 0 && page.rows.length > 0 && count.rows === before ? stalePages + 1 : 0;
        if (stalePages > MAX_STALE_PAGES) throw endless(what);
      }
      return count;
    } catch (error) {
      const isMidway = count.pages > pagesBefore && hasCode(error, 'graph_refused');
      if (!isMidway || restarts === MAX_RESTARTS) throw error;
    }
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
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ReadingProgress) => void;
}
