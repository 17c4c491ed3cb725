/** How far a source has been read, for a person who watches. */
export interface ReadingProgress {
  /** A name of `sources/coverage.ts`. */
  readonly source: string;
  readonly rows: number;
  readonly pages: number;
  /** 0 to 1 where it can be told. */
  readonly share?: number;
}
