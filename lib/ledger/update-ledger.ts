import { joinOrigins } from '../sign-ins/origin.ts';
import type { SignInOrigin } from '../sign-ins/origin.ts';
import { KINDS } from '../sign-ins/query.ts';
import type { Span } from '../sign-ins/query.ts';
import type { SignInPiece, SignInRequest } from '../sign-ins/read-sign-ins.ts';
import type { PeopleIndex } from '../sources/people-index.ts';
import { DAY_MS, dayOf, startOfDay } from '../utc-day.ts';
import { coverOf, isWhole } from './day-document.ts';
import type { DayContent, DayCover } from './day-document.ts';
import { LedgerWriter } from './ledger.ts';
import type { SignInLedger } from './ledger.ts';
import { KnownDays, mergeReading, toDay } from './merge-day.ts';
import { plannedSpan, planReading } from './reading-plan.ts';
import { gapsIn, joinSpans } from './spans.ts';

export interface UpdateOptions {
  readonly origin: SignInOrigin;
  /** Reads what the origin leaves open, as far as it can. */
  readonly filler?: SignInOrigin | undefined;
  readonly people: PeopleIndex;
  readonly now: number;
  readonly overlapDays: number;
  /** Whether people are judged by what is read. */
  readonly isForReport: boolean;
  /** The oldest instant to read back to. */
  readonly from: number;
  /** The first day that is kept, YYYY-MM-DD; older ones are deleted. */
  readonly keptFrom: string;
  /** False where somebody else holds the ledger: what is read serves this run only. */
  readonly isWriting: () => boolean;
  readonly onRow?: SignInRequest['onRow'] | undefined;
}

/** What this run knows beside what the ledger keeps. */
export interface LedgerUpdate {
  /** Days that this run knows in another state than the ledger has them, the newest ones always. */
  readonly known: KnownDays;
  /** How much of the log was read in full, in milliseconds of its own time. */
  readonly readMs: number;
}

/**
 * Reads what the plan asks for and merges it into the ledger, newest first, each day as it completes, so that a run
 * that ends early has not read in vain. Failures of an origin end in its `reads`, failures of the store are thrown.
 */
export async function updateLedger(
  ledger: SignInLedger,
  options: UpdateOptions,
): Promise<LedgerUpdate> {
  const { origin, filler, people, now, from, keptFrom, isWriting, onRow } = options;
  const { overlapDays, isForReport } = options;
  const writer = new LedgerWriter(ledger, isWriting);
  // The newest days grow from run to run: this run sees them as they were when it began, plus what it reads.
  const known = new KnownDays(dayOf(now - DAY_MS));
  const covers = new Map<string, DayCover>();
  const reach = { now, from, origin: joinOrigins(origin, filler) };
  for await (const content of ledger.days(plannedSpan(reach))) {
    covers.set(content.day, coverOf(content));
    known.note(content);
  }
  const plan = planReading({ ...reach, days: covers, overlapDays, isForReport });
  const parts = newestParts(covers);
  const storedRecentHours = await recentHoursFrom(ledger, plan.settledBefore);
  const recentHours = new Map<number, DayContent>();
  let isNewestSeen = false;

  /** Reads spans of one origin; gives those that were read in full. */
  async function readFrom(source: SignInOrigin, spans: readonly Span[]): Promise<readonly Span[]> {
    const merged = new Set<number>();
    const whole: Span[] = [];
    for (const span of spans) {
      if (KINDS.every((kind) => source.reads[kind].cause !== undefined)) break;
      const request = {
        span,
        cutAt: plan.settledAt,
        onRow,
        parts,
      };
      for await (const piece of source.read(people, request)) {
        const held = withinRetention(piece, source.retainedFrom);
        const read = toDay(held, people, { readAt: now, origin: source.key });
        piece.counts.release();
        // The stored recent hours stand in where this run misses some of them.
        if (!isNewestSeen && !isWhole(read)) storedRecentHours.forEach((day) => known.add(day));
        isNewestSeen = true;
        if (isWhole(read)) whole.push({ from: read.from, to: read.to });
        if (read.from < plan.settledAt) {
          await mergeReading(read, { ledger, writer, known, isRepeated: merged.has(read.from) });
        } else if (isWhole(read) || merged.has(read.from) || !recentHours.has(read.from)) {
          recentHours.set(read.from, read);
        }
        merged.add(read.from);
      }
    }
    return whole;
  }

  const ownSpans = since(ownFrom(origin, filler), plan.spans);
  const whole = [...(await readFrom(origin, ownSpans))];
  if (filler !== undefined) {
    const open = plan.spans.flatMap((span) => gapsIn(joinSpans(whole), span).toReversed());
    // As it would be read alone: what it still gives of the day at its edge counts, and proves nothing.
    const oldest = startOfDay(filler.retainedFrom);
    whole.push(...(await readFrom(filler, since(oldest, open))));
  }
  const newest = [...recentHours.values()];
  if (newest.length > 0 && newest.every(isWhole)) await writer.replaceRecentHours({ days: newest });
  if (!isNewestSeen) storedRecentHours.forEach((day) => known.add(day));
  newest.forEach((day) => known.add(day));
  await writer.forgetBefore(keptFrom);
  return { known, readMs: whole.reduce((sum, span) => sum + span.to - span.from, 0) };
}

/** The newest hours as the last run left them, unless the days have gone past where they begin. */
async function recentHoursFrom(
  ledger: SignInLedger,
  settledBefore: number | undefined,
): Promise<readonly DayContent[]> {
  const days = (await ledger.recentHours())?.days ?? [];
  return Math.min(...days.map(({ from }) => from)) === settledBefore ? days : [];
}

/** What an origin no longer holds was not read, however well the reading went. */
function withinRetention(piece: SignInPiece, retainedFrom: number): SignInPiece {
  if (piece.from >= retainedFrom) return piece;
  if (piece.to > retainedFrom) return { ...piece, from: retainedFrom };
  return { ...piece, isWhole: { interactive: false, nonInteractive: false } };
}

/** A day of which an origin holds a part is left to the one that fills, where that holds all of it. */
function ownFrom({ retainedFrom }: SignInOrigin, filler: SignInOrigin | undefined): number {
  if (filler === undefined || filler.retainedFrom > retainedFrom) return -Infinity;
  return Math.ceil(retainedFrom / DAY_MS) * DAY_MS;
}

function since(oldest: number, spans: readonly Span[]): readonly Span[] {
  return spans.flatMap(({ from, to }) =>
    to > oldest ? [{ from: Math.max(from, oldest), to }] : [],
  );
}

/** In how many answers the newest long day came that came in several. */
function newestParts(covers: ReadonlyMap<string, DayCover>): DayCover['parts'] {
  const parted = [...covers.values()].filter(({ parts }) => parts !== undefined);
  const newestFirst = parted.toSorted((a, b) => (a.day < b.day ? 1 : -1));
  const isLong = ({ from, to }: DayCover) => to - from > DAY_MS / 2;
  return (newestFirst.find(isLong) ?? newestFirst[0])?.parts;
}
