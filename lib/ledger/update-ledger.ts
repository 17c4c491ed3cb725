import { readSignIns } from '../sign-ins/read-sign-ins.ts';
import type { KindReads, SignInPiece, SignInRequest } from '../sign-ins/read-sign-ins.ts';
import type { Reader } from '../sources/collection.ts';
import type { PeopleIndex } from '../sources/people-index.ts';
import { DAY_MS, dayOf } from '../utc-day.ts';
import { coverOf, isWhole } from './day-document.ts';
import type { DayContent, DayCover } from './day-document.ts';
import { LedgerWriter } from './ledger.ts';
import type { SignInLedger } from './ledger.ts';
import { KnownDays, takeReading, toDay } from './merge-day.ts';
import { plannedSpan, planReading, retainedAt } from './reading-plan.ts';

export interface MoveOptions {
  readonly reader: Reader;
  readonly people: PeopleIndex;
  readonly reads: KindReads;
  readonly now: number;
  readonly overlapDays: number;
  /** The oldest instant to read back to. */
  readonly from: number;
  /** The first day that is kept, YYYY-MM-DD; older ones are deleted. */
  readonly keptFrom: string;
  /** False where somebody else holds the ledger: what is read serves this run only. */
  readonly isWriting: () => boolean;
  readonly onRow?: SignInRequest['onRow'];
}

/** What this run knows beside what the ledger keeps. */
export interface LedgerMove {
  /** Days that this run knows in another state than the ledger has them, the newest ones always. */
  readonly known: KnownDays;
  /** The oldest instant that Graph still holds. */
  readonly retainedFrom: number;
  /** How much of the log was read in full, in milliseconds of its own time. */
  readonly readMs: number;
}

/**
 * Reads what the plan asks for and takes it into the ledger, newest first, each day as it completes, so that a run
 * that ends early has not read in vain. Failures of Graph end in `reads`, failures of the store are thrown.
 */
export async function moveLedger(ledger: SignInLedger, options: MoveOptions): Promise<LedgerMove> {
  const { reader, people, reads, now, overlapDays, from, keptFrom, isWriting, onRow } = options;
  const retainedFrom = retainedAt(now);
  const writer = new LedgerWriter(ledger, isWriting);
  // The newest days grow from run to run: this run sees them as they were when it began, plus what it reads.
  const known = new KnownDays(dayOf(now - DAY_MS));
  const covers = new Map<string, DayCover>();
  for await (const content of ledger.days(plannedSpan(now))) {
    covers.set(content.day, coverOf(content));
    known.note(content);
  }
  const plan = planReading({ now, days: covers, overlapDays, from });
  const storedTail = await tailFrom(ledger, plan.settledBefore);
  const tail = new Map<number, DayContent>();
  const taken = new Set<number>();
  let isNewestSeen = false;
  let readMs = 0;
  for (const span of plan.spans) {
    if (reads.interactive.cause !== undefined && reads.nonInteractive.cause !== undefined) break;
    const request = { span, cutAt: plan.settledAt, ...(onRow !== undefined && { onRow }) };
    for await (const piece of readSignIns(reader, people, reads, request)) {
      const read = toDay(withinRetention(piece, retainedFrom), people, now);
      piece.counts.release();
      // What the last run had of the newest hours stands in where this one misses some of them.
      if (!isNewestSeen && !isWhole(read)) storedTail.forEach((day) => known.add(day));
      isNewestSeen = true;
      if (isWhole(read)) readMs += read.to - read.from;
      if (read.from >= plan.settledAt) tail.set(read.from, read);
      else await takeReading(read, { ledger, writer, known, isRepeated: taken.has(read.from) });
      taken.add(read.from);
    }
  }
  const newest = [...tail.values()];
  if (newest.length > 0 && newest.every(isWhole)) await writer.replaceTail({ days: newest });
  if (!isNewestSeen) storedTail.forEach((day) => known.add(day));
  newest.forEach((day) => known.add(day));
  await writer.forgetBefore(keptFrom);
  return { known, retainedFrom, readMs };
}

/** The newest hours as the last run left them, unless the days have gone past where they begin. */
async function tailFrom(
  ledger: SignInLedger,
  settledBefore: number | undefined,
): Promise<readonly DayContent[]> {
  const days = (await ledger.tail())?.days ?? [];
  return Math.min(...days.map(({ from }) => from)) === settledBefore ? days : [];
}

/** What Graph no longer holds was not read, however well the reading went. */
function withinRetention(piece: SignInPiece, retainedFrom: number): SignInPiece {
  if (piece.from >= retainedFrom) return piece;
  if (piece.to > retainedFrom) return { ...piece, from: retainedFrom };
  return { ...piece, isWhole: { interactive: false, nonInteractive: false } };
}
