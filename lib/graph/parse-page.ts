import { recordOf } from '../decode.ts';

/** One page of a list as Graph sends it, its rows already decoded. */
export interface ListBody<Row> {
  readonly value: readonly Row[];
  readonly '@odata.nextLink'?: unknown;
}

/** latin1 is quicker and enough where only ids, codes and instants are used. */
export type BodyEncoding = 'utf8' | 'latin1';

export interface ListOptions<Row> {
  readonly encoding: BodyEncoding;
  /** Makes of a row what is kept of it. */
  readonly decode: (row: unknown) => Row;
}

/**
 * Text of this length and the rows in it die young. A page as a whole outlives the collections that happen while it is
 * parsed, and everything of it is then carried along until the whole heap is gone through.
 */
const SLICE_BYTES = 64 * 1024;

/** Beyond this many places that looked like the end of a row and were none, the rest is parsed as one. */
const MAX_WRONG_CUTS = 5;

const OPENING = Buffer.from('"value":[');

/** The first two names of a record, where its first value is a plain text: an id, and what only such records have. */
const BEGINNING = /^\{"([^"\\]*)":"[^"\\]*","([^"\\]*)":/;
const BEGINNING_BYTES = 256;

/** Ordinary pages are shorter, and are not counted through. */
const MIN_CROWDED_BYTES = 4 * 1024 * 1024;

/** 1,000 sign-ins with 195 policies each, which is the most, hold some 800,000 records and lists and 2,000,000 commas. */
const [MAX_OPENINGS, MAX_COMMAS] = [1_500_000, 4_000_000];
const [BRACKET, BRACE, COMMA] = [91, 123, 44];

/**
 * True for a page with more values in it than any that Graph sends: parsed, a list of nothing takes a hundred times as
 * many bytes as it is written in, so a bound on bytes alone bounds nothing.
 */
export function isCrowded(bytes: Buffer): boolean {
  if (bytes.length <= MIN_CROWDED_BYTES) return false;
  let openings = 0;
  let commas = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === COMMA) commas += 1;
    else if (byte === BRACE || byte === BRACKET) openings += 1;
  }
  return openings > MAX_OPENINGS || commas > MAX_COMMAS;
}

/** The rows of a page; undefined where it is no list. Throws SyntaxError where it is no JSON. */
export function parseList<Row>(
  bytes: Buffer,
  options: ListOptions<Row>,
): ListBody<Row> | undefined {
  if (bytes.length > 2 * SLICE_BYTES) {
    try {
      return parseInSlices(bytes, options);
    } catch (error) {
      // What is wrong with the page is for the plain way to say, or it is only an unusual one.
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return toList(JSON.parse(bytes.toString(options.encoding)), options);
}

/**
 * Cuts the list between rows, which all begin alike. A place that only looks like it, inside a text or a nested list,
 * gives itself away: what lies before it is then no JSON by itself.
 */
function parseInSlices<Row>(
  bytes: Buffer,
  { encoding, decode }: ListOptions<Row>,
): ListBody<Row> | undefined {
  const text = (from: number, to?: number) => bytes.toString(encoding, from, to);
  const openingAt = bytes.indexOf(OPENING);
  const listAt = openingAt + OPENING.length;
  const nameEnd = bytes.indexOf(':', listAt) + 1;
  const isProperty = openingAt > 0 && '{,'.includes(text(openingAt - 1, openingAt));
  if (!isProperty || nameEnd === 0) throw new SyntaxError('not a list of records');
  const between = Buffer.concat([Buffer.from('},'), bytes.subarray(listAt, nameEnd)]);

  const beginning = beginningOf(text(listAt, listAt + BEGINNING_BYTES));

  const envelope = recordOf(JSON.parse(`${text(0, listAt)}]}`));
  const value: Row[] = [];
  let from = listAt;
  let wrongCuts = 0;
  let cut = bytes.indexOf(between, from + SLICE_BYTES);
  while (cut !== -1 && wrongCuts <= MAX_WRONG_CUTS) {
    const isLikely = beginningOf(text(cut + 2, cut + 2 + BEGINNING_BYTES)) === beginning;
    const rows = isLikely ? tryRows(text(from, cut + 1)) : undefined;
    if (rows !== undefined) {
      for (const row of rows) value.push(decode(row));
      from = cut + 2;
    } else if (isLikely) wrongCuts += 1;
    cut = bytes.indexOf(between, rows === undefined ? cut + 1 : from + SLICE_BYTES);
  }
  const rest = toList<Row>(JSON.parse(`{"value":[${text(from)}`), { encoding, decode });
  return rest && { ...envelope, ...rest, value: [...value, ...rest.value] };
}

function beginningOf(text: string): string {
  const [, first = '', second = ''] = BEGINNING.exec(text) ?? [];
  return `${first} ${second}`;
}

function tryRows(text: string): readonly unknown[] | undefined {
  try {
    return JSON.parse(`[${text}]`) as readonly unknown[];
  } catch {
    return undefined;
  }
}

function toList<Row>(parsed: unknown, { decode }: ListOptions<Row>): ListBody<Row> | undefined {
  const record = recordOf(parsed);
  const { value } = record;
  return Array.isArray(value) ? { ...record, value: value.map(decode) } : undefined;
}
