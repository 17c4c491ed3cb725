import { emptied, lengthened } from '../sources/people-index.ts';
import type { Column } from './query-texts.ts';
import { unusable } from './workspace-error.ts';

/** What one answer after another is written into: a new place for each would cost more than reading it. */
export class AnswerMemory {
  bytes: Uint8Array = new Uint8Array(0);
  cells: Float64Array = new Float64Array(1024);

  /** Gives it up at once, and must not be used after this. */
  free(): void {
    this.bytes = emptied(this.bytes);
    this.cells = emptied(this.cells);
  }
}

/** The rows of an answer: a number for each cell, row after row in one array; of a text where it stands in the answer. */
export class AnswerRows {
  readonly width: number;
  readonly #memory: AnswerMemory;
  readonly #bytes: Buffer;
  length = 0;

  constructor(width: number, memory: AnswerMemory, bytes: Buffer) {
    this.width = width;
    this.#memory = memory;
    this.#bytes = bytes;
  }

  /** Row after row, `width` cells each. */
  get cells(): Float64Array {
    return this.#memory.cells;
  }

  /** The answer in UTF-8, in which the cells of texts are places. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  number(row: number, place: number): number {
    return this.cells[row * this.width + place]!;
  }

  text(row: number, place: number): string {
    const from = this.number(row, place);
    return readText(this.#bytes, from, endOfText(this.#bytes, from));
  }

  /** Adds a row of whatever stood there before, and gives its first place among the cells. */
  add(): number {
    const at = this.length * this.width;
    const { cells } = this;
    if (at + this.width > cells.length) this.#memory.cells = lengthened(cells, cells.length * 2);
    this.length += 1;
    return at;
  }
}

/** The rows of an answer, and what its text is without them. */
export interface TakenRows {
  readonly rows: AnswerRows;
  readonly rest: string;
}

const ROWS = /"rows"\s*:\s*\[/;
// One by one, so that the engine takes them for the numbers that they are.
const BLANK = 32;
const BLANKS: readonly number[] = [BLANK, 10, 13, 9];
const QUOTE = 34;
const COMMA = 44;
const MINUS = 45;
const ZERO = 48;
const OPEN = 91;
const BACKSLASH = 92;
const CLOSE = 93;
const ANOTHER_TYPE = 'a cell is of another type';

/**
 * Takes the rows of its first table out of the text of an answer, each cell of the type of its column: texts, and whole
 * numbers that a number can hold. Throws where they are anything else; no error quotes them. A large answer has millions
 * of cells: parsed into a value each, they would cost more than all that is done with them.
 */
export function takeRows(
  body: string,
  columns: readonly Column[],
  memory: AnswerMemory,
): TakenRows {
  const found = ROWS.exec(body);
  if (found === null) throw unusable('it has no rows');
  const head = body.slice(0, found.index + found[0].length);
  const bytes = writeInto(memory, body);
  const rows = new AnswerRows(columns.length, memory, bytes);
  const areTexts = columns.map(({ type }) => type === 'string');
  const end = readRows(bytes, Buffer.byteLength(head), areTexts, rows);
  return { rows, rest: head + bytes.toString('utf8', end) };
}

function writeInto(memory: AnswerMemory, body: string): Buffer {
  const length = Buffer.byteLength(body);
  if (length > memory.bytes.length) memory.bytes = lengthened(memory.bytes, length);
  const bytes = Buffer.from(memory.bytes.buffer, 0, length);
  bytes.write(body);
  return bytes;
}

/** Reads rows up to the bracket that closes their list, and gives its place. */
function readRows(
  bytes: Buffer,
  from: number,
  areTexts: readonly boolean[],
  rows: AnswerRows,
): number {
  let at = skip(bytes, from);
  if (bytes[at] === CLOSE) return at;
  for (;;) {
    at = readRow(bytes, expect(bytes, at, OPEN), areTexts, rows);
    at = skip(bytes, at);
    if (bytes[at] === CLOSE) return at;
    at = skip(bytes, expect(bytes, at, COMMA));
  }
}

/** Reads a row from its first cell on, and gives the place behind it. */
function readRow(
  bytes: Buffer,
  from: number,
  areTexts: readonly boolean[],
  rows: AnswerRows,
): number {
  const first = rows.add();
  const { cells } = rows;
  const last = areTexts.length - 1;
  let at = from;
  for (let place = 0; place <= last; place += 1) {
    if (bytes[at]! <= BLANK) at = skip(bytes, at);
    if (areTexts[place]) {
      if (bytes[at] !== QUOTE) throw unusable(ANOTHER_TYPE);
      cells[first + place] = at + 1;
      at = endOfText(bytes, at + 1) + 1;
    } else {
      const isBelow = bytes[at] === MINUS;
      if (isBelow) at += 1;
      let digit = bytes[at]! - ZERO;
      if (!(digit >= 0 && digit <= 9)) throw unusable(ANOTHER_TYPE);
      const isZeroFirst = digit === 0;
      const firstDigit = at;
      let value = 0;
      while (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        at += 1;
        digit = bytes[at]! - ZERO;
      }
      if (isZeroFirst && at - firstDigit > 1) throw unusable(ANOTHER_TYPE);
      if (value > Number.MAX_SAFE_INTEGER) throw unusable(ANOTHER_TYPE);
      // There is no zero below zero.
      cells[first + place] = isBelow ? 0 - value : value;
    }
    at = expect(bytes, at, place < last ? COMMA : CLOSE);
  }
  return at;
}

/** The place of the next byte that is no blank of JSON. */
function skip(bytes: Buffer, from: number): number {
  let at = from;
  for (; bytes[at]! <= BLANK; at += 1) if (!BLANKS.includes(bytes[at]!)) break;
  return at;
}

/** The place behind the next byte that is no blank, which has to be this one. */
function expect(bytes: Buffer, from: number, wanted: number): number {
  const at = skip(bytes, from);
  if (bytes[at] === wanted) return at + 1;
  const isOtherLength = bytes[at] === COMMA || bytes[at] === CLOSE;
  throw unusable(isOtherLength ? 'a row has another length' : ANOTHER_TYPE);
}

/** The place of the quote that ends a text; the end of the bytes where none does. */
function endOfText(bytes: Buffer, from: number): number {
  let at = from;
  for (; at < bytes.length && bytes[at] !== QUOTE; at += 1) if (bytes[at] === BACKSLASH) at += 1;
  return at;
}

function readText(bytes: Buffer, from: number, to: number): string {
  const text = bytes.toString('utf8', from, to);
  // JSON has no control characters in a text as they are.
  if (!/[\\\p{Cc}]/u.test(text)) return text;
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    throw unusable('a text cannot be read');
  }
}

/**
 * The place of the row that holds the sums of the others, which are held against it; throws where there is none, or
 * several, or it differs. `isSum` tells it; the columns of `without` hold no sum.
 */
export function findSumRow(
  rows: AnswerRows,
  isSum: (row: number) => boolean,
  without: readonly number[],
): number {
  const { cells, width } = rows;
  const totals = new Float64Array(width);
  let sums: number | undefined;
  for (let row = 0; row < rows.length; row += 1) {
    if (isSum(row)) {
      if (sums !== undefined) throw unusable('it has several sum rows');
      sums = row;
      continue;
    }
    const at = row * width;
    for (let place = 0; place < width; place += 1) totals[place]! += cells[at + place]!;
  }
  if (sums === undefined) throw unusable('its sum row is missing');
  for (let place = 0; place < width; place += 1) {
    const isHeld = without.includes(place) || totals[place] === rows.number(sums, place);
    if (!isHeld) throw unusable('its rows do not add up');
  }
  return sums;
}
