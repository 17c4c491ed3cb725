import { PeopleIndex } from '../sources/people-index.ts';
import type { SignInPiece } from '../sources/sign-ins/read-sign-ins.ts';
import { Tally } from '../sources/sign-ins/tally.ts';
import { coverOf, isWhole, startOf } from './day-document.ts';
import type { DayContent } from './day-document.ts';
import { decodeTally, encodeTally } from './tally-codec.ts';
import type { StoredRow } from './tally-codec.ts';

/**
 * The day after a reading, or undefined where the reading adds nothing that may be kept. A day is replaced only
 * by a reading of both kinds that covers all that it covers; one that goes on where the day ends lengthens it,
 * each instant once; a fragment only fills a day that has nothing.
 */
export function absorb(day: DayContent | undefined, read: DayContent): DayContent | undefined {
  if (day === undefined) return isWhole(read) || read.tally.rows !== '' ? read : undefined;
  if (!isWhole(read)) return undefined;
  if (read.from <= day.from && read.to >= day.to) return read;
  // A fragment keeps what it saw and takes over the span of the better reading.
  if (!isWhole(day)) return { ...unite(day, read), ...coverOf(read) };
  if (read.from !== day.to) return undefined;
  return { ...unite(day, read), readAt: Math.min(day.readAt, read.readAt) };
}

/** A piece as a day is kept. */
export function toDay(piece: SignInPiece, people: PeopleIndex, readAt: number): DayContent {
  const { day, from, to, tally, isWhole: whole } = piece;
  return { day, from, to, ...whole, readAt, tally: encodeTally(tally, people, startOf(day)) };
}

/**
 * The sign-ins that two readings of a day saw, over the span of both. Where the readings overlap, a row that both
 * have counts as the larger, so that nothing counts twice.
 */
export function unite(day: DayContent, read: DayContent): DayContent {
  const isApart = read.from >= day.to || day.from >= read.to;
  const start = startOf(day.day);
  const rows = new Map<string, StoredRow>();
  for (const source of [day.tally, read.tally]) {
    for (const row of decodeTally(source, start)) {
      const key = `${row.id} ${row.slot}`;
      const known = rows.get(key);
      rows.set(key, known === undefined ? row : (isApart ? add : largest)(known, row));
    }
  }
  const people = new PeopleIndex();
  const tally = new Tally();
  for (const { id, ...row } of rows.values()) tally.add({ person: people.add(id), ...row });
  return {
    ...day,
    from: Math.min(day.from, read.from),
    to: Math.max(day.to, read.to),
    tally: encodeTally(tally, people, start),
  };
}

function add(a: StoredRow, b: StoredRow): StoredRow {
  return {
    ...a,
    ...spanOf(a, b),
    successes: a.successes + b.successes,
    successesWithMfa: a.successesWithMfa + b.successesWithMfa,
    successesUnsaid: a.successesUnsaid + b.successesUnsaid,
    failures: a.failures + b.failures,
  };
}

/** Count by count, because MFA that either reading saw was done. */
function largest(a: StoredRow, b: StoredRow): StoredRow {
  return {
    ...a,
    ...spanOf(a, b),
    successes: Math.max(a.successes, b.successes),
    successesWithMfa: Math.max(a.successesWithMfa, b.successesWithMfa),
    successesUnsaid: Math.max(a.successesUnsaid, b.successesUnsaid),
    failures: Math.max(a.failures, b.failures),
  };
}

/** First and last instant are of successes, or of failures where neither row has a success. */
function spanOf(a: StoredRow, b: StoredRow): Pick<StoredRow, 'firstAt' | 'lastAt'> {
  if (a.successes > 0 !== b.successes > 0) {
    const { firstAt, lastAt } = a.successes > 0 ? a : b;
    return { firstAt, lastAt };
  }
  return { firstAt: Math.min(a.firstAt, b.firstAt), lastAt: Math.max(a.lastAt, b.lastAt) };
}
