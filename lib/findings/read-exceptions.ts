import { CsvError, parse } from 'csv-parse/sync';
import { boundedText } from '../decode.ts';
import type { Store, StoredBlob } from '../storage/store.ts';

/** The name of the register beside the other documents. */
export const EXCEPTIONS_NAME = 'exceptions.csv';

/** What a register may be; no tenant excepts as many people. */
export const MAX_EXCEPTIONS_BYTES = 5 * 1024 * 1024;
export const MAX_EXCEPTIONS = 50_000;

/** One line of the register as it was written, blanks around values dropped. */
export interface ExceptionLine {
  /** 1 is the header; of a line that goes on over several, the first. */
  readonly line: number;
  /** UPN or object id. */
  readonly person: string;
  readonly reason: string;
  readonly approvedBy: string;
  readonly expires: string;
}

/** The register, or the sentence that says why it cannot be used. */
export type ExceptionsRead =
  | { readonly state: 'read'; readonly lines: readonly ExceptionLine[] }
  /** Is no such register, and excepts nobody. */
  | { readonly state: 'malformed'; readonly problem: string }
  /** Could not be fetched, or is too long to be read: what held at the last run holds on. */
  | { readonly state: 'unreadable'; readonly problem: string };

interface CsvRecord {
  readonly record: readonly string[];
  /** Lines read so far. */
  readonly info: { readonly lines: number };
  readonly raw: string;
}

/** The register as it stands in the store; no file excepts nobody. */
export async function readExceptions(store: Store): Promise<ExceptionsRead> {
  return exceptionsIn(await fetchExceptions(store));
}

/** The register as it is stored; without its bytes where it is too long. */
export function fetchExceptions(store: Store): Promise<StoredBlob | undefined> {
  return store.get(EXCEPTIONS_NAME, MAX_EXCEPTIONS_BYTES);
}

export function exceptionsIn(blob: StoredBlob | undefined): ExceptionsRead {
  if (blob === undefined) return { state: 'read', lines: [] };
  return blob.bytes === undefined ? tooLong('5 MB') : parseExceptions(blob.bytes);
}

/**
 * Reads `person,reason,approved by,expires` out of the bytes of exceptions.csv. Parted by `,` or `;` as the header is; case, spaces and underscores in the header do not count.
 */
export function parseExceptions(bytes: Buffer): ExceptionsRead {
  if (hasManyLines(bytes)) return tooLong(`${MAX_EXCEPTIONS.toLocaleString('en-US')} lines`);
  const text = decode(bytes);
  if (text === undefined) return malformed('is not UTF-8 text. Save it as CSV UTF-8');
  const records = toRecords(text);
  if (typeof records === 'string') return malformed(records);
  const [header, ...rows] = records;
  const columns = (header?.record ?? []).map(plainName);
  const [person, reason, approvedBy, expires] = COLUMNS.map((name) => columns.indexOf(name));
  if ([person, reason, approvedBy, expires].includes(-1))
    return malformed('does not begin with the header person,reason,approved by,expires. Add it');
  const lines = rows.map(({ record, info, raw }) => {
    const valueOf = (column: number | undefined) => boundedText(record[column ?? -1] ?? '');
    return {
      line: info.lines - countLineBreaks(raw.trim()),
      person: valueOf(person),
      reason: valueOf(reason),
      approvedBy: valueOf(approvedBy),
      expires: valueOf(expires),
    };
  });
  return { state: 'read', lines };
}

const COLUMNS = ['person', 'reason', 'approvedby', 'expires'] as const;

/** Lines end with a line feed, or with a carriage return alone. */
function hasManyLines(bytes: Buffer): boolean {
  let lines = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && bytes[at + 1] !== LINE_FEED)) lines += 1;
  }
  return lines > MAX_EXCEPTIONS;
}

const [LINE_FEED, CARRIAGE_RETURN] = [10, 13];

/** The byte order mark, if any, is not part of the text. */
function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The records, or what is wrong with the file. */
function toRecords(text: string): readonly CsvRecord[] | string {
  const header = text.split(/[\r\n]/, 1)[0] ?? '';
  try {
    return parse(text, {
      delimiter: delimiterOf(header),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
      info: true,
      raw: true,
    }) as unknown as readonly CsvRecord[];
  } catch (error) {
    // The message of the parser may quote the file.
    if (!(error instanceof CsvError)) throw error;
    return 'cannot be read, because a quotation mark is opened and not closed. Close it';
  }
}

/** What parts the values, as the header says. */
export function delimiterOf(text: string): ';' | ',' {
  return (text.split(/[\r\n]/, 1)[0] ?? '').includes(';') ? ';' : ',';
}

/** The columns of a header in their order, by their plain names. */
export function columnsOf(text: string): readonly string[] {
  const header = text.replace(/^\uFEFF/u, '').split(/[\r\n]/, 1)[0] ?? '';
  const [columns = []] = parse(header, {
    delimiter: delimiterOf(header),
    relax_quotes: true,
    trim: true,
  }) as unknown as readonly (readonly string[])[];
  return columns.map(plainName);
}

function plainName(name: string): string {
  return name.replaceAll(/[\s_]/g, '').toLowerCase();
}

function countLineBreaks(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

function tooLong(limit: string): ExceptionsRead {
  return {
    state: 'unreadable',
    problem: `${EXCEPTIONS_NAME} is longer than ${limit} and was not read; what it said last holds on. Shorten it.`,
  };
}

function malformed(what: string): ExceptionsRead {
  return {
    state: 'malformed',
    problem: `${EXCEPTIONS_NAME} ${what}; until then nobody is excepted.`,
  };
}
