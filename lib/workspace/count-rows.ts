import { isPlainId } from '../decode.ts';
import { APPLICATIONS } from '../entra/applications.ts';
import { ASKERS } from '../entra/askers.ts';
import { STAGES } from '../entra/refusals.ts';
import type { DayCounts } from '../sign-ins/day-counts.ts';
import {
  COUNTS,
  emptyRow,
  EVIDENCE_COUNTS,
  FIRST_STAGE,
  HERE_UNCOUNTED,
  MFA_BY_APPLICATION,
  MFA_BY_TENANT,
  MFA_COUNTS,
  ROPC,
  slotOf,
  sumOf,
} from '../sign-ins/day-row.ts';
import type { SignInKind, Span } from '../sign-ins/query.ts';
import type { PeopleIndex } from '../sources/people-index.ts';
import { startOfDay } from '../utc-day.ts';
import { belongingTo } from './parts.ts';
import type { Part } from './parts.ts';
import { SIGN_IN_COLUMNS } from './query-texts.ts';
import { withoutSumRow } from './read-table.ts';
import type { Cell, Cells } from './read-table.ts';
import { unusable } from './workspace-error.ts';

/** What an answer was asked for. */
export interface Asked extends Span {
  readonly kind: SignInKind;
  readonly part: Part;
}

/** Places of the columns: a person and an application, the counts in the order of the ledger, and the rest. */
const FIRST_COUNT = 2;
const NUMBERS = placesOf(
  ['First', 'Last', 'LastMfa', 'LastHere', 'LastRefusal'],
  ['Refused', 'Hours', 'Ropc', 'Rows', 'Unreadable'],
);
const INSTANT_PLACES = [
  NUMBERS.First,
  NUMBERS.Last,
  NUMBERS.LastMfa,
  NUMBERS.LastHere,
  NUMBERS.LastRefusal,
];
const SUM = -1;
const NONE = -1;

const MAX_COUNT = 2 ** 32 - 1;
const HOUR_S = 3600;
const MAX_ROPC = ROPC.succeeded | ROPC.refused;

export interface CountedRows {
  /** Rows of people and applications. */
  readonly rows: number;
  /** Sign-ins of which something that counts cannot be read. */
  readonly unreadable: number;
}

/**
 * Adds an answer to the counts, once all of it has been looked at: it adds up to its sum row, and every row is one that
 * can be. Throws `workspace_unexpected` where anything is wrong, and has then added nothing.
 */
export function addRows(
  answer: Cells,
  asked: Asked,
  { people, counts }: { readonly people: PeopleIndex; readonly counts: DayCounts },
): CountedRows {
  const isSum = (row: readonly Cell[]) => row[0] === '' && row[1] === SUM;
  const { rows, sums } = withoutSumRow(answer, SIGN_IN_COLUMNS, isSum, [
    'Application',
    'Unreadable',
  ]);
  const unreadable = sums[NUMBERS.Unreadable] as number;
  if (unreadable < 0) throw unusable('a count is below zero');
  const numbers = assertSound(rows, asked, people);
  const [interactive, dayStart] = [asked.kind === 'interactive', startOfDay(asked.from)];
  const into = emptyRow();
  const own = into.counts as Uint32Array;
  for (let number = 0; number < rows.length; number += 1) {
    const row = rows[number]!;
    for (let place = 0; place < COUNTS.length; place += 1) {
      own[place] = row[FIRST_COUNT + place] as number;
    }
    into.person = numbers[number]!;
    into.slot = slotOf(row[1] as number, interactive);
    into.firstAt = instantOf(row[NUMBERS.First] as number, dayStart);
    into.lastAt = instantOf(row[NUMBERS.Last] as number, dayStart);
    into.lastMfaAt = instantOf(row[NUMBERS.LastMfa] as number, dayStart);
    into.lastHereAt = instantOf(row[NUMBERS.LastHere] as number, dayStart);
    into.lastRefusalAt = instantOf(row[NUMBERS.LastRefusal] as number, dayStart);
    into.lastRefusal = row[NUMBERS.Refused] as number;
    into.hours = row[NUMBERS.Hours] as number;
    into.ropc = row[NUMBERS.Ropc] as number;
    counts.add(into);
  }
  return { rows: rows.length, unreadable };
}

function instantOf(second: number, dayStart: number): number {
  return second === NONE ? 0 : dayStart + second * 1000;
}

/** Looks at every row, and gives the numbers of the people. */
function assertSound(rows: Cells, asked: Asked, people: PeopleIndex): Uint32Array {
  const belongs = belongingTo(asked.part);
  const numbers = new Uint32Array(rows.length);
  const seen = new Set<number>();
  const dayStart = startOfDay(asked.from);
  const span = {
    from: Math.floor((asked.from - dayStart) / 1000),
    to: (asked.to - dayStart) / 1000,
  };
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place]!;
    const person = row[0] as string;
    const application = row[1] as number;
    if (!isPlainId(person)) throw unusable('a row names nobody');
    if (!belongs(person)) throw unusable('a row belongs to another part');
    if (!(application >= 0 && application < APPLICATIONS.length)) {
      throw unusable('a row names an application that is not known');
    }
    const number = people.add(person);
    const before = seen.size;
    seen.add(number * APPLICATIONS.length + application);
    if (seen.size === before) throw unusable('a person comes twice at an application');
    numbers[place] = number;
    if (!areCounts(row) || !areInstants(row, span) || !isDetail(row)) {
      throw unusable('a row says what no row can say');
    }
  }
  return numbers;
}

function areCounts(row: readonly Cell[]): boolean {
  for (let place = FIRST_COUNT; place < FIRST_COUNT + COUNTS.length; place += 1) {
    const count = row[place] as number;
    if (count < 0 || count > MAX_COUNT) return false;
  }
  const of = (place: number) => row[FIRST_COUNT + place] as number;
  return (
    row[NUMBERS.Rows] === 1 &&
    row[NUMBERS.Unreadable] === 0 &&
    successesOf(row) + refusalsOf(row) > 0 &&
    of(HERE_UNCOUNTED) <= of(0) &&
    of(MFA_BY_APPLICATION) + of(MFA_BY_TENANT) <= countsIn(row, 0, MFA_COUNTS)
  );
}

function countsIn(row: readonly Cell[], from: number, to: number): number {
  return sumOf(row as readonly number[], FIRST_COUNT + from, FIRST_COUNT + to);
}

function successesOf(row: readonly Cell[]): number {
  return countsIn(row, 0, EVIDENCE_COUNTS);
}

function refusalsOf(row: readonly Cell[]): number {
  return countsIn(row, FIRST_STAGE, FIRST_STAGE + STAGES.length);
}

/** Each instant is there where there is something that it is the instant of, and they are in order. */
function areInstants(row: readonly Cell[], span: Span): boolean {
  const [successes, withMfa] = [successesOf(row), countsIn(row, 0, MFA_COUNTS)];
  const first = row[NUMBERS.First] as number;
  const last = row[NUMBERS.Last] as number;
  const lastMfa = row[NUMBERS.LastMfa] as number;
  const lastHere = row[NUMBERS.LastHere] as number;
  const lastRefusal = row[NUMBERS.LastRefusal] as number;
  return (
    isThere(first, successes, span) &&
    isThere(last, successes, span) &&
    isThere(lastMfa, withMfa, span) &&
    isThere(lastHere, countsIn(row, 0, 1), span) &&
    isThere(lastRefusal, refusalsOf(row), span) &&
    first <= last &&
    lastMfa <= last &&
    lastHere <= lastMfa &&
    (lastMfa === NONE || lastMfa >= first) &&
    (lastHere === NONE || lastHere >= first)
  );
}

function isThere(second: number, count: number, { from, to }: Span): boolean {
  return count > 0 ? second >= from && second < to : second === NONE;
}

/** The stage of the last refusal is one that was counted, and the hours are those of the instants at least. */
function isDetail(row: readonly Cell[]): boolean {
  const of = (place: number) => row[place] as number;
  const [refused, hours, ropc] = [of(NUMBERS.Refused), of(NUMBERS.Hours), of(NUMBERS.Ropc)];
  const stage = refused >> 4;
  const isStage =
    refusalsOf(row) === 0
      ? refused === 0
      : refused >= 0 &&
        stage < STAGES.length &&
        refused % 16 < 2 ** ASKERS.length &&
        countsIn(row, FIRST_STAGE + stage, FIRST_STAGE + stage + 1) > 0;
  let shown = 0;
  for (const place of INSTANT_PLACES) {
    const second = of(place);
    if (second !== NONE) shown |= 1 << Math.floor(second / HOUR_S);
  }
  const areHours = hours > 0 && hours < 2 ** 24 && (hours & shown) === shown;
  return isStage && areHours && ropc >= 0 && ropc <= MAX_ROPC;
}

function placesOf<const Name extends string>(
  ...names: readonly (readonly Name[])[]
): Readonly<Record<Name, number>> {
  const places = names.flat().map((wanted) => {
    return [wanted, SIGN_IN_COLUMNS.findIndex(({ name }) => name === wanted)];
  });
  return Object.fromEntries(places) as Record<Name, number>;
}
