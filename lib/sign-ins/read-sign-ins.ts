import type { Reader } from '../sources/collection.ts';
import { toCause } from '../sources/coverage.ts';
import type { PeopleIndex } from '../sources/people-index.ts';
import type { RawSignIn } from '../sources/rows.ts';
import { DAY_MS, dayOf } from '../utc-day.ts';
import { openKind } from './choose-query.ts';
import type { KindRead } from './choose-query.ts';
import { slotOf, Tally } from './day-counts.ts';
import { newestFirst } from './query-reader.ts';
import type { Cursor } from './query-reader.ts';
import { KINDS } from './query.ts';
import type { SignInKind, Span } from './query.ts';
import { SeenIds } from './seen-ids.ts';
import type { SignIn } from './sign-in.ts';

export type KindReads = Readonly<Record<SignInKind, KindRead>>;

/**
 * What leaves the source: the sign-ins of a span inside one UTC day, counted per person and application. Another
 * origin that aggregates by itself can stand in its place.
 */
export interface SignInPiece extends Span {
  /** YYYY-MM-DD, UTC. */
  readonly day: string;
  readonly tally: Tally;
  /** Whether the whole span was read, of each kind. */
  readonly isWhole: Readonly<Record<SignInKind, boolean>>;
}

export interface SignInRequest {
  readonly span: Span;
  /** The reading is also cut here, where the ledger parts what is settled from what may still grow. */
  readonly cutAt?: number;
  /** Gets every row that is read, failures and strangers included. */
  readonly onRow?: (row: RawSignIn) => void | Promise<void>;
}

/**
 * Reads the sign-ins to enforced applications, both kinds, newest first, and yields each day as soon as nothing
 * more can come for it. A failure ends a kind, not the reading: what was seen is yielded and marked, and `reads`
 * says why. Each sign-in counts once, whatever Graph repeats; where it breaks its order, newest first, the days
 * concerned are read again and yielded again.
 */
export async function* readSignIns(
  reader: Reader,
  people: PeopleIndex,
  reads: KindReads,
  request: SignInRequest,
): AsyncGenerator<SignInPiece> {
  // A row that came too late for its day would be missing from the log: with one, days stay open to the end.
  const isOrderTrusted = request.onRow === undefined;
  const broken = yield* readOnce(reader, people, reads, request, isOrderTrusted);
  for (const { from, to } of broken) {
    const again = { span: { from, to } };
    const uncounted: KindReads = {
      interactive: { ...reads.interactive },
      nonInteractive: { ...reads.nonInteractive },
    };
    yield* readOnce(reader, people, uncounted, again, false);
  }
}

/** Returns the spans for which a row came after they had been yielded. */
async function* readOnce(
  reader: Reader,
  people: PeopleIndex,
  reads: KindReads,
  { span, cutAt, onRow }: SignInRequest,
  isOrderTrusted: boolean,
): AsyncGenerator<SignInPiece, readonly Span[]> {
  const pieces = cutIntoPieces(span, cutAt);
  const find = pieceFinder(pieces);
  const broken = new Set<Span>();
  const cursors: Cursor[] = [];

  /** Counts a page, and gives back what of it is new. */
  function take(cursor: Cursor, rows: readonly SignIn[]): readonly SignIn[] {
    const { kind } = cursor;
    const read = reads[kind];
    let isLate = false;
    const taken = rows.filter((row) => {
      const piece = find(row.at);
      if (piece === undefined) return false;
      if (!piece.isOpen) {
        broken.add(piece);
        isLate = true;
      }
      if (!piece.isOpen || !piece.isNew(row.id)) return false;
      count(piece.tally, people, row, kind);
      read.rows += 1;
      read.firstEventAt = Math.min(row.at, read.firstEventAt ?? row.at);
      read.lastEventAt = Math.max(row.at, read.lastEventAt ?? row.at);
      return true;
    });
    cursor.note(rows, isLate || taken.length > 0);
    read.pages += 1;
    report(reader, span, kind, read, cursors);
    return taken;
  }

  for (const kind of KINDS) {
    const opened = await openKind(reader, kind, span, reads[kind], onRow !== undefined);
    cursors.push(...opened.cursors);
    const [first] = opened.cursors;
    if (first !== undefined) await hand(take(first, opened.firstRows), onRow);
  }
  for await (const { cursor, rows } of newestFirst(cursors)) {
    if (cursor.isActive) await hand(take(cursor, rows), onRow);
    if (cursor.failure !== undefined) reads[cursor.kind].cause ??= toCause(cursor.failure);
    if (isOrderTrusted) yield* close(pieces, cursors, false);
  }
  yield* close(pieces, cursors, true);
  return [...broken];
}

async function hand(rows: readonly SignIn[], onRow: SignInRequest['onRow']): Promise<void> {
  if (onRow === undefined) return;
  for (const { raw } of rows) if (raw !== undefined) await onRow(raw);
}

/** Yields the open pieces for which nothing more can come; at the end, all. */
function* close(
  pieces: readonly OpenPiece[],
  cursors: readonly Cursor[],
  isEnd: boolean,
): Generator<SignInPiece> {
  for (const piece of pieces) {
    if (!piece.isOpen) continue;
    const { from, to } = piece;
    const isSettled = cursors.every((cursor) => !cursor.isActive || cursor.hasPassed(from));
    if (!isSettled && !isEnd) return;
    const isWhole = (kind: SignInKind) => {
      const ofKind = cursors.filter((cursor) => cursor.kind === kind);
      return ofKind.length > 0 && ofKind.every((cursor) => cursor.hasPassed(from));
    };
    yield {
      day: dayOf(from),
      from,
      to,
      tally: piece.close(),
      isWhole: { interactive: isWhole('interactive'), nonInteractive: isWhole('nonInteractive') },
    };
  }
}

function count(tally: Tally, people: PeopleIndex, signIn: SignIn, kind: SignInKind): void {
  const { at, userId, application, outcome, evidence } = signIn;
  if (outcome === 'ignored' || userId === '' || application === -1) return;
  const isSuccess = outcome === 'success';
  tally.add({
    person: people.add(userId),
    slot: slotOf(application, kind === 'interactive'),
    successes: isSuccess ? 1 : 0,
    successesWithMfa: isSuccess && evidence === 'done' ? 1 : 0,
    successesUnsaid: isSuccess && evidence === 'not-said' ? 1 : 0,
    failures: isSuccess ? 0 : 1,
    firstAt: at,
    lastAt: at,
  });
}

function report(
  reader: Reader,
  span: Span,
  kind: SignInKind,
  { rows, pages }: KindRead,
  cursors: readonly Cursor[],
): void {
  const lowest = Math.max(
    ...cursors.filter((cursor) => cursor.kind === kind).map((c) => c.lowestAt),
    span.from,
  );
  reader.onProgress({
    source: kind === 'interactive' ? 'interactiveSignIns' : 'nonInteractiveSignIns',
    rows,
    pages,
    share: Math.min(1, (span.to - lowest) / (span.to - span.from)),
  });
}

/** A span inside one UTC day while it is being read. */
class OpenPiece implements Span {
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
