import { APPLICATIONS } from '../entra/applications.ts';
import { ASKERS } from '../entra/askers.ts';
import { STAGES } from '../entra/refusals.ts';
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
import type { DayCounts } from '../sign-ins/day-counts.ts';
import type { SignInKind, Span } from '../sign-ins/query.ts';
import type { PeopleIndex } from '../sources/people-index.ts';
import { DAY_MS } from '../utc-day.ts';
import { beginningsOf } from './parts.ts';
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
const SUM = -1;
const NONE = -1;

/** As in the sign-in log: ids of Entra are GUIDs, and no other is much longer. */
const MAX_ID_LENGTH = 128;
const MAX_COUNT = 2 ** 32 - 1;
const HOUR_S = 3600;
const MOST_ROPC = ROPC.succeeded | ROPC.refused;

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
  assertSound(rows, asked);
  const [interactive, dayStart] = [asked.kind === 'interactive', dayStartOf(asked)];
  const into = emptyRow();
  for (const row of rows) {
    const [person, application] = row as [string, number];
    const own = into.counts as Uint32Array;
    for (let place = 0; place < COUNTS.length; place += 1) {
      own[place] = row[FIRST_COUNT + place] as number;
    }
    const at = (place: number) => {
      const second = row[place] as number;
      return second === NONE ? 0 : dayStart + second * 1000;
    };
    into.person = people.add(person);
    into.slot = slotOf(application, interactive);
    into.firstAt = at(NUMBERS.First);
    into.lastAt = at(NUMBERS.Last);
    into.lastMfaAt = at(NUMBERS.LastMfa);
    into.lastHereAt = at(NUMBERS.LastHere);
    into.lastRefusalAt = at(NUMBERS.LastRefusal);
    into.lastRefusal = row[NUMBERS.Refused] as number;
    into.hours = row[NUMBERS.Hours] as number;
    into.ropc = row[NUMBERS.Ropc] as number;
    counts.add(into);
  }
  return { rows: rows.length, unreadable };
}

function assertSound(rows: Cells, asked: Asked): void {
  const { width, prefixes, isRest } = beginningsOf(asked.part);
  const beginnings = new Set(prefixes);
  const seen = new Set<string>();
  const dayStart = dayStartOf(asked);
  const [from, to] = [(asked.from - dayStart) / 1000, (asked.to - dayStart) / 1000];
  const isInside = (second: number) => second >= Math.floor(from) && second < to;
  for (const row of rows) {
    const [person, application] = row as [string, number];
    const isId =
      person !== '' &&
      person.length <= MAX_ID_LENGTH &&
      person === person.toLowerCase() &&
      person.isWellFormed() &&
      person !== '__proto__';
    if (!isId) throw unusable('a row names nobody');
    if (beginnings.has(person.slice(0, width)) === isRest) {
      throw unusable('a row belongs to another part');
    }
    if (!(application >= 0 && application < APPLICATIONS.length)) {
      throw unusable('a row names an application that is not known');
    }
    const key = `${application} ${person}`;
    if (seen.has(key)) throw unusable('a person comes twice at an application');
    seen.add(key);
    if (!areCounts(row) || !areInstants(row, isInside) || !isDetail(row)) {
      throw unusable('a row says what no row can say');
    }
  }
}

function areCounts(row: readonly Cell[]): boolean {
  const counts = row.slice(FIRST_COUNT, FIRST_COUNT + COUNTS.length) as readonly number[];
  const withMfa = sumOf(counts, 0, MFA_COUNTS);
  return (
    row[NUMBERS.Rows] === 1 &&
    row[NUMBERS.Unreadable] === 0 &&
    counts.every((count) => count >= 0 && count <= MAX_COUNT) &&
    successesOf(row) + refusalsOf(row) > 0 &&
    counts[HERE_UNCOUNTED]! <= counts[0]! &&
    counts[MFA_BY_APPLICATION]! + counts[MFA_BY_TENANT]! <= withMfa
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
function areInstants(row: readonly Cell[], isInside: (second: number) => boolean): boolean {
  const of = (place: number) => row[place] as number;
  const [first, last, lastMfa] = [of(NUMBERS.First), of(NUMBERS.Last), of(NUMBERS.LastMfa)];
  const [lastHere, lastRefusal] = [of(NUMBERS.LastHere), of(NUMBERS.LastRefusal)];
  const isThere = (second: number, count: number) =>
    count > 0 ? isInside(second) : second === NONE;
  return (
    isThere(first, successesOf(row)) &&
    isThere(last, successesOf(row)) &&
    isThere(lastMfa, countsIn(row, 0, MFA_COUNTS)) &&
    isThere(lastHere, countsIn(row, 0, 1)) &&
    isThere(lastRefusal, refusalsOf(row)) &&
    first <= last &&
    lastMfa <= last &&
    lastHere <= lastMfa &&
    (lastMfa === NONE || lastMfa >= first) &&
    (lastHere === NONE || lastHere >= first)
  );
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
  const instants = [NUMBERS.First, NUMBERS.Last, NUMBERS.LastMfa, NUMBERS.LastHere];
  const shown = [...instants, NUMBERS.LastRefusal].reduce((bits, place) => {
    const second = of(place);
    return second === NONE ? bits : bits | (1 << Math.floor(second / HOUR_S));
  }, 0);
  const areHours = hours > 0 && hours < 2 ** 24 && (hours & shown) === shown;
  return isStage && areHours && ropc >= 0 && ropc <= MOST_ROPC;
}

function dayStartOf({ from }: Span): number {
  return Math.floor(from / DAY_MS) * DAY_MS;
}

function placesOf<const Name extends string>(
  ...names: readonly (readonly Name[])[]
): Readonly<Record<Name, number>> {
  const places = names.flat().map((wanted) => {
    return [wanted, SIGN_IN_COLUMNS.findIndex(({ name }) => name === wanted)];
  });
  return Object.fromEntries(places) as Record<Name, number>;
}
