import { IGNORED, SUCCESS } from '../entra/refusals.ts';
import type { Reader } from '../sources/collection.ts';
import { toCause } from '../sources/coverage.ts';
import type { PeopleIndex } from '../sources/people-index.ts';
import type { RawSignIn } from '../sources/rows.ts';
import { dayOf, HOUR_MS } from '../utc-day.ts';
import { openKind } from './choose-query.ts';
import type { KindRead } from './choose-query.ts';
import { DayCounts } from './day-counts.ts';
import {
  COUNTS,
  FIRST_STAGE,
  HERE_UNCOUNTED,
  MFA_BY_APPLICATION,
  MFA_BY_TENANT,
  ROPC,
  slotOf,
} from './day-row.ts';
import { cutIntoPieces, pieceFinder } from './pieces.ts';
import type { OpenPiece } from './pieces.ts';
import { newestFirst } from './query-reader.ts';
import type { Cursor } from './query-reader.ts';
import { KINDS } from './query.ts';
import type { PartCounts, SignInKind, Span } from './query.ts';
import type { SignIn } from './sign-in.ts';
import { UnplacedRows } from './unplaced-rows.ts';

export type KindReads = Readonly<Record<SignInKind, KindRead>>;

/**
 * What leaves the source: the sign-ins of a span inside one UTC day, counted per person and application. Another
 * origin that aggregates by itself can stand in its place.
 */
export interface SignInPiece extends Span {
  /** YYYY-MM-DD, UTC. */
  readonly day: string;
  readonly counts: DayCounts;
  /** Whether the whole span was read, of each kind. */
  readonly isWhole: Readonly<Record<SignInKind, boolean>>;
  /** In how many answers it came, where an origin parts the people. */
  readonly parts?: PartCounts;
}

export interface SignInRequest {
  readonly span: Span;
  /** The reading is also cut here, where the ledger parts what is settled from what may still grow. */
  readonly cutAt?: number;
  /** In how many answers the newest day came, for an origin that parts the people. */
  readonly parts?: PartCounts | undefined;
  /** Gets every row that is read, also of failures and of people not in the directory. */
  readonly onRow?: ((row: RawSignIn) => void | Promise<void>) | undefined;
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
  const unplaced = new UnplacedRows(pieces, span.from);
  const broken = new Set<Span>();
  const cursors: Cursor[] = [];

  /** Counts a page, and gives back what of it is new. */
  function countPage(cursor: Cursor, rows: readonly SignIn[]): readonly SignIn[] {
    const { kind } = cursor;
    const read = reads[kind];
    let isLate = false;
    let lastAt = Math.min(cursor.lowestAt, span.to - 1);
    const counted = rows.filter((row) => {
      if (row.isUnreadable) noteUnreadable(row, lastAt, cursor);
      if (!Number.isNaN(row.at)) {
        unplaced.meet(cursor, row.at);
        lastAt = row.at;
      }
      const piece = find(row.at);
      if (piece === undefined) return false;
      if (!piece.isOpen) {
        broken.add(piece);
        isLate = true;
      }
      // Without an id nobody can tell whether it came before: it counts, and the piece proves nothing.
      if (!piece.isOpen || (row.id !== '' && !piece.isNew(row.id))) return false;
      count(piece.counts, people, row, kind);
      read.rows += 1;
      read.firstEventAt = Math.min(row.at, read.firstEventAt ?? row.at);
      read.lastEventAt = Math.max(row.at, read.lastEventAt ?? row.at);
      return true;
    });
    // A row without an id is always new, and would keep a chain in circles going for ever.
    cursor.note(rows, isLate || counted.some(({ id }) => id !== ''));
    read.pages += 1;
    report(reader, span, kind, read, cursors);
    return counted;
  }

  /** A row that could not be read is not one that is absent: where it belongs, nothing is proven. */
  function noteUnreadable({ at }: SignIn, youngerAt: number, cursor: Cursor): void {
    const read = reads[cursor.kind];
    read.undecodable = (read.undecodable ?? 0) + 1;
    if (Number.isNaN(at)) unplaced.add(cursor, youngerAt);
    else find(at)?.missRows(cursor.kind);
  }

  for (const kind of KINDS) {
    const opened = await openKind(reader, kind, span, reads[kind], onRow !== undefined);
    cursors.push(...opened.cursors);
    const [first] = opened.cursors;
    if (first !== undefined) await forwardRows(countPage(first, opened.firstRows), onRow);
  }
  for await (const { cursor, rows } of newestFirst(cursors)) {
    if (cursor.isActive) await forwardRows(countPage(cursor, rows), onRow);
    if (cursor.failure !== undefined) reads[cursor.kind].cause ??= toCause(cursor.failure);
    if (!cursor.isActive) unplaced.end(cursor);
    if (isOrderTrusted) yield* close(pieces, cursors, false);
  }
  yield* close(pieces, cursors, true);
  return [...broken];
}

async function forwardRows(rows: readonly SignIn[], onRow: SignInRequest['onRow']): Promise<void> {
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
      const isSound = !piece.isMissingRows(kind);
      return isSound && ofKind.length > 0 && ofKind.every((cursor) => cursor.hasPassed(from));
    };
    yield {
      day: dayOf(from),
      from,
      to,
      isWhole: { interactive: isWhole('interactive'), nonInteractive: isWhole('nonInteractive') },
      counts: piece.close(),
    };
  }
}

/** One row's share of its person's counts; written anew for every sign-in, because a million objects are many. */
const one = new Uint32Array(COUNTS.length);
const EVIDENCE_PLACES = { here: 0, elsewhere: 1, claim: 2, unsaid: 3, none: 4 } as const;

function count(counts: DayCounts, people: PeopleIndex, signIn: SignIn, kind: SignInKind): void {
  const { at, userId, application, outcome, evidence, asker, askers, isRopc } = signIn;
  if (outcome === IGNORED || userId === '' || application === -1) return;
  one.fill(0);
  const isSuccess = outcome === SUCCESS;
  const isWithMfa = isSuccess && evidence !== 'unsaid' && evidence !== 'none';
  const isHere = isSuccess && evidence === 'here';
  if (isSuccess) one[EVIDENCE_PLACES[evidence]] = 1;
  else one[FIRST_STAGE + outcome] = 1;
  if (isHere && signIn.isUncounted) one[HERE_UNCOUNTED] = 1;
  if (isWithMfa && asker === 'application') one[MFA_BY_APPLICATION] = 1;
  if (isWithMfa && asker === 'tenant') one[MFA_BY_TENANT] = 1;
  counts.add({
    person: people.add(userId),
    slot: slotOf(application, kind === 'interactive'),
    counts: one,
    firstAt: isSuccess ? at : 0,
    lastAt: isSuccess ? at : 0,
    lastMfaAt: isWithMfa ? at : 0,
    lastHereAt: isHere ? at : 0,
    lastRefusalAt: isSuccess ? 0 : at,
    lastRefusal: isSuccess ? 0 : outcome * 16 + askers,
    hours: 1 << (Math.floor(at / HOUR_MS) % 24),
    ropc: !isRopc ? 0 : isSuccess ? ROPC.succeeded : ROPC.refused,
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
