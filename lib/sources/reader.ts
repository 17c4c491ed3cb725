import type { SourceName } from './coverage.ts';
import type { GraphConnection } from './graph/connection.ts';

/** How far a source has been read, for a person who watches. */
export interface Progress {
  readonly source: SourceName;
  readonly rows: number;
  readonly pages: number;
  /** 0 to 1 where it can be told. */
  readonly share?: number;
}

/** What every source needs to read: Graph, the run's deadline, and somebody to tell. */
export interface Reader {
  readonly graph: GraphConnection;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}
