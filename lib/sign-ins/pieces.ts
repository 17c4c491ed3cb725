import { DAY_MS } from '../utc-day.ts';
import { DayCounts } from './day-counts.ts';
import type { SignInKind, Span } from './query.ts';
import { SeenIds } from './seen-ids.ts';

/** A span inside one UTC day while it is being read. */
export class OpenPiece implements Span {
  readonly from: number;
  readonly to: number;
  isOpen = true;
  /** Made when the first row comes: most pieces of a reading have none, and a closed one gets none. */
  #counts: DayCounts | undefined;
  #seen: SeenIds | undefined;
  readonly #missing = new Set<SignInKind>();

  constructor(from: number, to: number) {
    this.from = from;
    this.to = to;
  }

  get counts(): DayCounts {
    return (this.#counts ??= new DayCounts());
  }

  missRows(kind: SignInKind): void {
    this.#missing.add(kind);
  }

  /** Whether rows of a kind came that could not be read. */
  isMissingRows(kind: SignInKind): boolean {
    return this.#missing.has(kind);
  }

  /** True when this sign-in was not yet counted here. */
  isNew(id: string): boolean {
    return (this.#seen ??= new SeenIds()).add(id);
  }

  /** Gives the counts away and forgets the ids, so that memory does not grow with the days read. */
  close(): DayCounts {
    const { counts } = this;
    this.isOpen = false;
    this.#counts = undefined;
    this.#seen?.release();
    this.#seen = undefined;
    return counts;
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
    // Written so that an instant that is none, of which every comparison is false, is nowhere.
    if (last === undefined || !(at >= last.from && at < last.to)) {
      last = pieces.find((piece) => at >= piece.from && at < piece.to);
    }
    return last;
  };
}
