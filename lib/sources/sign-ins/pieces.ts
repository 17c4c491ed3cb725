import { DAY_MS } from '../utc-day.ts';
import type { Span } from './query.ts';
import { SeenIds } from './seen-ids.ts';
import { Tally } from './tally.ts';

/** A span inside one UTC day while it is being read. */
export class OpenPiece implements Span {
  readonly from: number;
  readonly to: number;
  isOpen = true;
  #tally = new Tally();
  #seen = new SeenIds();

  constructor(from: number, to: number) {
    this.from = from;
    this.to = to;
  }

  get tally(): Tally {
    return this.#tally;
  }

  /** True when this sign-in was not yet counted here. */
  isNew(id: string): boolean {
    return this.#seen.add(id);
  }

  /** Gives the tally away and forgets the ids, so that memory does not grow with the days read. */
  close(): Tally {
    const tally = this.#tally;
    this.isOpen = false;
    this.#tally = new Tally();
    this.#seen.release();
    this.#seen = new SeenIds();
    return tally;
  }
}

/** Cuts a span at every midnight UTC and at one more instant; newest first. */
export function cutIntoPieces({ from, to }: Span, alsoAt?: number): readonly OpenPiece[] {
  const cuts = new Set([from, to]);
  for (let midnight = Math.ceil(from / DAY_MS) * DAY_MS; midnight < to; midnight += DAY_MS) {
    cuts.add(midnight);
  }
  if (alsoAt !== undefined && alsoAt > from && alsoAt < to) cuts.add(alsoAt);
  const sorted = [...cuts].sort((a, b) => b - a);
  return sorted.slice(1).map((start, index) => new OpenPiece(start, sorted[index] ?? to));
}

/** Finds the piece of an instant; sign-ins come in order, so the last one found is tried first. */
export function pieceFinder(pieces: readonly OpenPiece[]): (at: number) => OpenPiece | undefined {
  let last: OpenPiece | undefined;
  return (at) => {
    if (last === undefined || at < last.from || at >= last.to) {
      last = pieces.find((piece) => at >= piece.from && at < piece.to);
    }
    return last;
  };
}
