import type { OpenPiece } from './pieces.ts';
import type { Cursor } from './query-reader.ts';

/**
 * Rows that do not say when they were: each lies somewhere between the rows before and after it, and no piece that
 * reaches into that proves anything. Rows come newest first, so the piece of the older neighbour is still open then.
 */
export class UnplacedRows {
  readonly #pieces: readonly OpenPiece[];
  readonly #oldest: number;
  /** The instant of the younger neighbour, by the query whose rows wait for the older one. */
  readonly #waiting = new Map<Cursor, number>();

  /** `oldest` is where the reading ends, milliseconds since 1970. */
  constructor(pieces: readonly OpenPiece[], oldest: number) {
    this.#pieces = pieces;
    this.#oldest = oldest;
  }

  /** Takes a row that has no instant. */
  add(cursor: Cursor, youngerAt: number): void {
    if (!this.#waiting.has(cursor)) this.#waiting.set(cursor, youngerAt);
  }

  /** Takes the instant of the next row that has one. */
  meet(cursor: Cursor, olderAt: number): void {
    const youngerAt = this.#waiting.get(cursor);
    if (youngerAt === undefined) return;
    this.#waiting.delete(cursor);
    const [from, to] = [Math.min(olderAt, youngerAt), Math.max(olderAt, youngerAt)];
    for (const piece of this.#pieces) {
      if (piece.from <= to && piece.to > from) piece.missRows(cursor.kind);
    }
  }

  /** A query has come to its end: nothing older follows. */
  end(cursor: Cursor): void {
    this.meet(cursor, this.#oldest);
  }
}
