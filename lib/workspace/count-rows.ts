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
import { emptied } from '../sources/people-index.ts';
import type { PeopleIndex } from '../sources/people-index.ts';
import { startOfDay } from '../utc-day.ts';
import { findSumRow } from './answer-rows.ts';
import type { AnswerRows } from './answer-rows.ts';
import { belongingTo } from './parts.ts';
import type { Part } from './parts.ts';
import type { PeopleSet } from './people-set.ts';
import { SIGN_IN_COLUMNS } from './query-texts.ts';
import { unusable } from './workspace-error.ts';

/** What an answer was asked for. */
export interface Asked extends Span {
  readonly kind: SignInKind;
  readonly part: Part;
}

/** Places of the columns: a person and an application, the counts in the order of the ledger, and the rest. */
const [PERSON, APPLICATION, FIRST_COUNT] = [0, 1, 2];
const FIRST = placeOf('First');
const LAST = placeOf('Last');
const LAST_MFA = placeOf('LastMfa');
const LAST_HERE = placeOf('LastHere');
const LAST_REFUSAL = placeOf('LastRefusal');
const REFUSED = placeOf('Refused');
const HOURS = placeOf('Hours');
const ROPC_FLAGS = placeOf('Ropc');
const ROWS = placeOf('Rows');
const UNREADABLE = placeOf('Unreadable');
const GUID_LENGTH = 36;
const QUOTE = '"'.charCodeAt(0);
const SUM = -1;
const NONE = -1;

const MAX_COUNT = 2 ** 32 - 1;
const HOUR_S = 3600;
const MAX_ROPC = ROPC.succeeded | ROPC.refused;

/** Where an answer is added. */
export interface CountedInto {
  readonly people: PeopleIndex;
  readonly counts: DayCounts;
  /** Those of whom anything was counted. */
  readonly counted: PeopleSet;
}

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
  answer: AnswerRows,
  asked: Asked,
  { people, counts, counted }: CountedInto,
): CountedRows {
  const isSum = (row: number) =>
    answer.number(row, APPLICATION) === SUM && answer.text(row, PERSON) === '';
  const sums = findSumRow(answer, isSum, [PERSON, APPLICATION, UNREADABLE]);
  const unreadable = answer.number(sums, UNREADABLE);
  if (unreadable < 0) throw unusable('a count is below zero');
  const numbers = assertSound(answer, sums, asked, people);
  const { cells, width } = answer;
  const [isInteractive, dayStart] = [asked.kind === 'interactive', startOfDay(asked.from)];
  const into = emptyRow();
  const own = into.counts as Uint32Array;
  for (let row = 0; row < answer.length; row += 1) {
    if (row === sums) continue;
    const at = row * width;
    for (let place = 0; place < COUNTS.length; place += 1) {
      own[place] = cells[at + FIRST_COUNT + place]!;
    }
    into.person = numbers[row]!;
    into.slot = slotOf(cells[at + APPLICATION]!, isInteractive);
    into.firstAt = instantOf(cells[at + FIRST]!, dayStart);
    into.lastAt = instantOf(cells[at + LAST]!, dayStart);
    into.lastMfaAt = instantOf(cells[at + LAST_MFA]!, dayStart);
    into.lastHereAt = instantOf(cells[at + LAST_HERE]!, dayStart);
    into.lastRefusalAt = instantOf(cells[at + LAST_REFUSAL]!, dayStart);
    into.lastRefusal = cells[at + REFUSED]!;
    into.hours = cells[at + HOURS]!;
    into.ropc = cells[at + ROPC_FLAGS]!;
    counts.add(into);
    counted.add(into.person);
  }
  return { rows: answer.length - 1, unreadable };
}

function instantOf(second: number, dayStart: number): number {
  return second === NONE ? 0 : dayStart + second * 1000;
}

/** Looks at every row but the one of the sums, and gives the numbers of the people. */
function assertSound(
  answer: AnswerRows,
  sums: number,
  asked: Asked,
  people: PeopleIndex,
): Uint32Array {
  const { cells, width, bytes } = answer;
  const belongs = belongingTo(asked.part);
  const numbers = new Uint32Array(answer.length);
  // A bit for each application, by person.
  const seen = new Uint32Array(people.size + answer.length);
  const dayStart = startOfDay(asked.from);
  const span = {
    from: Math.floor((asked.from - dayStart) / 1000),
    to: (asked.to - dayStart) / 1000,
  };
  for (let row = 0; row < answer.length; row += 1) {
    if (row === sums) continue;
    const person = cells[row * width]!;
    const number = findPerson(answer, row, people);
    const application = cells[row * width + APPLICATION]!;
    // Two characters tell the part.
    if (!belongs(String.fromCharCode(bytes[person]!, bytes[person + 1]!))) {
      throw unusable('a row belongs to another part');
    }
    if (!(application >= 0 && application < APPLICATIONS.length)) {
      throw unusable('a row names an application that is not known');
    }
    const bit = 1 << application;
    if ((seen[number]! & bit) > 0) throw unusable('a person comes twice at an application');
    seen[number]! |= bit;
    numbers[row] = number;
    if (!isRow(cells, row * width, span)) throw unusable('a row says what no row can say');
  }
  emptied(seen);
  return numbers;
}

/** The number of a row's person. Nearly all are known GUIDs: no text is made of these. */
function findPerson(answer: AnswerRows, row: number, people: PeopleIndex): number {
  const { bytes } = answer;
  const from = answer.number(row, PERSON);
  const known = bytes[from + GUID_LENGTH] === QUOTE ? people.findIn(bytes, from) : undefined;
  if (known !== undefined) return known;
  const person = answer.text(row, PERSON);
  if (!isPlainId(person)) throw unusable('a row names nobody');
  return people.add(person);
}

/** Whether the numbers of a row, which begins at a place, can be those of a person at an application. */
function isRow(cells: Float64Array, at: number, span: Span): boolean {
  for (let place = 0; place < COUNTS.length; place += 1) {
    const count = cells[at + FIRST_COUNT + place]!;
    if (count < 0 || count > MAX_COUNT) return false;
  }
  const counts = at + FIRST_COUNT;
  const here = cells[counts]!;
  const withMfa = sumOf(cells, counts, counts + MFA_COUNTS);
  const successes = withMfa + sumOf(cells, counts + MFA_COUNTS, counts + EVIDENCE_COUNTS);
  const refusals = sumOf(cells, counts + FIRST_STAGE, counts + FIRST_STAGE + STAGES.length);
  const asked = cells[counts + MFA_BY_APPLICATION]! + cells[counts + MFA_BY_TENANT]!;
  const first = cells[at + FIRST]!;
  const last = cells[at + LAST]!;
  const lastMfa = cells[at + LAST_MFA]!;
  const lastHere = cells[at + LAST_HERE]!;
  const lastRefusal = cells[at + LAST_REFUSAL]!;
  const hours = cells[at + HOURS]!;
  const shown =
    hourOf(first) | hourOf(last) | hourOf(lastMfa) | hourOf(lastHere) | hourOf(lastRefusal);
  return (
    cells[at + ROWS] === 1 &&
    cells[at + UNREADABLE] === 0 &&
    successes + refusals > 0 &&
    cells[counts + HERE_UNCOUNTED]! <= here &&
    asked <= withMfa &&
    // Each instant is there where there is something that it is the instant of, and they are in order.
    isThere(first, successes, span) &&
    isThere(last, successes, span) &&
    isThere(lastMfa, withMfa, span) &&
    isThere(lastHere, here, span) &&
    isThere(lastRefusal, refusals, span) &&
    first <= last &&
    lastMfa <= last &&
    lastHere <= lastMfa &&
    (lastMfa === NONE || lastMfa >= first) &&
    (lastHere === NONE || lastHere >= first) &&
    isRefused(cells, at, refusals) &&
    hours > 0 &&
    hours < 2 ** 24 &&
    // Those of the instants at least.
    (hours & shown) === shown &&
    cells[at + ROPC_FLAGS]! >= 0 &&
    cells[at + ROPC_FLAGS]! <= MAX_ROPC
  );
}

function isThere(second: number, count: number, { from, to }: Span): boolean {
  return count > 0 ? second >= from && second < to : second === NONE;
}

/** The stage of the last refusal is one that was counted. */
function isRefused(cells: Float64Array, at: number, refusals: number): boolean {
  const refused = cells[at + REFUSED]!;
  if (refusals === 0 || refused < 0) return refused === 0 && refusals === 0;
  const stage = refused >> 4;
  return (
    refused < STAGES.length * 16 &&
    refused % 16 < 2 ** ASKERS.length &&
    cells[at + FIRST_COUNT + FIRST_STAGE + stage]! > 0
  );
}

/** The bit of an hour in which an instant lies. */
function hourOf(second: number): number {
  return second === NONE ? 0 : 1 << (second / HOUR_S);
}

function placeOf(wanted: string): number {
  return SIGN_IN_COLUMNS.findIndex(({ name }) => name === wanted);
}
