import type { DayCounts } from '../sign-ins/day-counts.ts';
import type { DayRow } from '../sign-ins/day-row.ts';
import type { OriginKey } from '../sign-ins/origin.ts';
import type { SignInPiece } from '../sign-ins/read-sign-ins.ts';
import type { PeopleIndex } from '../sources/people-index.ts';
import { coverOf, isWhole, knowsAskers, startOf } from './day-document.ts';
import type { DayContent, DayCover } from './day-document.ts';
import { encodeCounts } from './encode-counts.ts';
import type { LedgerWriter, SignInLedger } from './ledger.ts';
import { mergeCounts } from './merge-counts.ts';

/**
 * The day after a reading, or undefined where the reading adds nothing that may be kept. A day is replaced only
 * by a reading of both kinds that covers all that it covers; one that goes on where the day ends lengthens it,
 * each instant once; a fragment only fills a day that has nothing.
 */
function absorb(day: DayContent | undefined, read: DayContent): DayContent | undefined {
  if (day === undefined) return isWhole(read) || read.counts.rows !== '' ? read : undefined;
  if (!isWhole(read)) return undefined;
  if (read.from <= day.from && read.to >= day.to) return read;
  // A fragment keeps what it saw and takes over the span of the better reading.
  if (!isWhole(day)) return { ...unite(day, read), ...coverOf(read) };
  if (read.from !== day.to) return undefined;
  return { ...unite(day, read), readAt: Math.min(day.readAt, read.readAt) };
}

/** A piece as a day is kept: what is not there to be said is left out, so that the stored bytes stay what they are. */
export function toDay(
  piece: SignInPiece,
  people: PeopleIndex,
  { readAt, origin }: { readonly readAt: number; readonly origin: OriginKey },
): DayContent {
  const { day, from, to, counts, parts, isWhole: whole } = piece;
  const encoded = encodeCounts(counts, people, startOf(day));
  const source = origin === 'graph' ? {} : { origin, ...(parts !== undefined && { parts }) };
  return { day, from, to, ...whole, readAt, ...source, counts: encoded };
}

/**
 * The sign-ins that two readings of a day saw, over the span of both. Where the readings overlap, a row that both
 * have counts as the larger, so that nothing counts twice.
 */
function unite(day: DayContent, read: DayContent): DayContent {
  const isApart = read.from >= day.to || day.from >= read.to;
  const areAlike = knowsAskers(day) === knowsAskers(read);
  const merged = ({ counts, ...cover }: DayContent) => ({
    counts,
    merge(into: DayCounts, row: DayRow) {
      if (isApart) into.add(row);
      else if (areAlike || knowsAskers(cover)) into.mergeLargest(row);
      else into.mergeVaguer(row);
    },
  });
  // What tells evidence apart comes first: the other one can only add to it. MFA that either reading saw was done.
  const isReadFirst = knowsAskers(read) && !areAlike;
  const [first, second] = isReadFirst ? [read, day] : [day, read];
  return {
    ...day,
    from: Math.min(day.from, read.from),
    to: Math.max(day.to, read.to),
    knowsAskers: knowsAskers(day) && knowsAskers(read),
    ...originOf(day, read),
    counts: mergeCounts([merged(first), merged(second)], startOf(day.day)),
  };
}

/** A day of two origins says so; how many answers it took is told of the newer reading. */
function originOf(day: DayContent, read: DayContent): Pick<DayContent, 'origin' | 'parts'> {
  const origin = day.origin === read.origin ? day.origin : 'both';
  const parts = read.parts ?? day.parts;
  return origin === undefined ? {} : { origin, ...(parts !== undefined && { parts }) };
}

/** A day as one run knows it: all that was seen of it, and which spans of it were read how. */
interface KnownDay {
  readonly content: DayContent;
  readonly covers: readonly DayCover[];
}

/** The days that a run knows in another state than the ledger keeps them, and the newest ones always. */
export class KnownDays {
  readonly #newestFrom: string;
  readonly #days = new Map<string, KnownDay>();

  /** `newestFrom` is the first day that may still grow. */
  constructor(newestFrom: string) {
    this.#newestFrom = newestFrom;
  }

  /** The days, in no order. */
  get all(): readonly KnownDay[] {
    return [...this.#days.values()];
  }

  has(day: string): boolean {
    return this.#days.has(day);
  }

  /** Knows a day as the ledger keeps it, where this run must not see it change. */
  note(content: DayContent): void {
    if (content.day >= this.#newestFrom) this.#set(content);
  }

  /**
   * Adds what this run read of a day and the ledger does not keep; `stored` is the day as the ledger has it, where
   * it is not known yet. A reading that the ledger could keep stands as it would there.
   */
  add(read: DayContent, stored?: DayContent): void {
    const known = this.#days.get(read.day);
    const base = known?.content ?? stored;
    const kept = absorb(base, read);
    const isPlain = base !== undefined && isWhole(base) && (known?.covers.length ?? 1) === 1;
    if (base === undefined || kept === read || (isPlain && kept !== undefined)) {
      this.#set(kept ?? read);
      return;
    }
    const covers = known?.covers ?? [coverOf(base)];
    this.#days.set(read.day, { content: unite(base, read), covers: [...covers, coverOf(read)] });
  }

  /** What was known of a day counts, but proves nothing, whatever is read to go on from it. */
  distrust(day: string): void {
    const known = this.#days.get(day);
    if (known !== undefined)
      this.#days.set(day, { content: distrusted(known.content), covers: [] });
  }

  #set(content: DayContent): void {
    this.#days.set(content.day, { content, covers: [coverOf(content)] });
  }
}

interface MergeOptions {
  readonly ledger: SignInLedger;
  readonly writer: LedgerWriter;
  readonly known: KnownDays;
  /** Set where an origin broke its order after the same reading had been merged, so that it was read again. */
  readonly isRepeated: boolean;
}

/** Merges a reading into its day; what the ledger may not keep, or this run may not write, is known to this run. */
export async function mergeReading(read: DayContent, options: MergeOptions): Promise<void> {
  const { ledger, writer, known, isRepeated } = options;
  const isUnreliable = isRepeated && !isWhole(read);
  if (isUnreliable) known.distrust(read.day);
  const day = await writer.changeDay(read.day, (content) =>
    isUnreliable ? content && distrusted(content) : absorb(content, read),
  );
  if (day !== undefined) known.note(day);
  if (day === undefined || isUnreliable) known.add(read, await ledger.day(read.day));
}

function distrusted(day: DayContent): DayContent {
  return { ...day, interactive: false, nonInteractive: false };
}
