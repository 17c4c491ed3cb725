import { stringify } from 'csv-stringify/sync';
import type { Report } from '../../report/report.ts';
import type { Settings } from '../../settings/fields.ts';
import { csvFiles } from './csv-files.ts';
import type { CsvFile } from './csv-files.ts';

/** A CSV file in memory, or what is known of one that is too long to be mailed. */
export interface CollectedFile {
  readonly name: string;
  readonly rows: number;
  /** The bytes of the content; of a file without content, those that were written before it was given up. */
  readonly bytes: number;
  /** Absent beyond MAX_CONTENT_BYTES. */
  readonly content?: Buffer;
}

/** A CSV file that is written while its rows pass by. Nothing waits: a row is in memory or dropped at once. */
interface OpenCsv {
  write(row: readonly string[]): void;
  /** Bytes of all rows so far. */
  bytes(): number;
  /** True once the content is beyond the cap and was given up. */
  isFull(): boolean;
  close(): CollectedFile;
}

/**
 * These files shrink to a seventh in an archive, and a request of 4 MB takes less than 3 MB of it: a longer file
 * could not be mailed, so none is kept and memory stays bounded.
 */
const MAX_CONTENT_BYTES = 20 * 1024 * 1024;

/** After so many rows the length of the whole is known well enough to give up a file that is far too long. */
const SAMPLE_ROWS = 2_000;
const CERTAINLY_TOO_LONG = 1.25;

/** Rows are written together: one after another, each would cost a turn of a stream and a buffer of its own. */
const BLOCK_ROWS = 200;

/** How a file is written. */
export interface CsvOptions {
  /** CSV_DELIMITER. @default comma */
  readonly delimiter?: Settings['csvDelimiter'] | undefined;
  readonly maxContentBytes?: number | undefined;
}

const DELIMITERS: Readonly<Record<Settings['csvDelimiter'], string>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
};

/** Writes a whole file. */
export async function collectCsv(file: CsvFile, options: CsvOptions = {}): Promise<CollectedFile> {
  const { maxContentBytes = MAX_CONTENT_BYTES } = options;
  const { name, columns, rowCount } = file;
  const csv = openCsv(name, columns, options);
  let rows = 0;
  for (const row of file.rows()) {
    csv.write(row);
    rows += 1;
    if (csv.isFull()) break;
    if (rows !== SAMPLE_ROWS) continue;
    const expectedBytes = (csv.bytes() / rows) * rowCount;
    if (expectedBytes <= maxContentBytes * CERTAINLY_TOO_LONG) continue;
    return { name, rows: rowCount, bytes: csv.bytes() };
  }
  return { ...csv.close(), rows: rowCount };
}

/**
 * Opens a file: UTF-8 with byte order mark, CRLF, every cell quoted, cells that a spreadsheet would take for
 * a formula led by an apostrophe. Rows beyond the cap are counted and not kept.
 */
export function openCsv(
  name: string,
  columns: readonly string[],
  { delimiter = 'comma', maxContentBytes = MAX_CONTENT_BYTES }: CsvOptions = {},
): OpenCsv {
  const writeWith = (records: readonly (readonly string[])[], isHeader: boolean): string =>
    stringify([...records], {
      header: isHeader,
      delimiter: DELIMITERS[delimiter],
      columns: [...columns],
      bom: isHeader,
      record_delimiter: 'windows',
      quote_record_delimiter: true,
      quoted_string: true,
      quoted_empty: false,
      escape_formulas: true,
    });
  const blocks: Buffer[] = [];
  let waiting: (readonly string[])[] = [];
  let bytes = 0;
  let rows = 0;
  const isFull = (): boolean => bytes > maxContentBytes;
  const add = (text: string): void => {
    const block = Buffer.from(text);
    bytes += block.length;
    if (isFull()) blocks.length = 0;
    else blocks.push(block);
  };
  const writeBlock = (): void => {
    let text = '';
    let odd: (readonly string[])[] = [];
    for (const row of waiting) {
      if (!row.every(isPlain)) {
        odd.push(row);
        continue;
      }
      if (odd.length > 0) text += writeWith(odd, false);
      odd = [];
      text += `${row.map(quoted).join(DELIMITERS[delimiter])}\r\n`;
    }
    add(odd.length > 0 ? text + writeWith(odd, false) : text);
    waiting = [];
  };
  // By itself: its byte order mark would make a text of two bytes a character of all that follows.
  add(writeWith([], true));
  return {
    isFull,
    bytes() {
      if (waiting.length > 0) writeBlock();
      return bytes;
    },
    write(row) {
      rows += 1;
      if (isFull()) return;
      waiting.push(row);
      if (waiting.length === BLOCK_ROWS) writeBlock();
    },
    close() {
      if (waiting.length > 0) writeBlock();
      return { name, rows, bytes, ...(isFull() ? {} : { content: Buffer.concat(blocks) }) };
    },
  };
}

/** What csv-stringify takes for the beginning of a formula. */
const FORMULA_BEGINS = '=+-@\t\r＝＋－＠';

/** True for what csv-stringify would neither double nor take for a formula: in nearly all rows every cell. */
function isPlain(text: string): boolean {
  return text === '' || (!text.includes('"') && !FORMULA_BEGINS.includes(text[0]!));
}

function quoted(text: string): string {
  return text === '' ? '' : `"${text}"`;
}

/** A file of a report at its full length, also where it is too long to be mailed; undefined for any other name. */
export async function collectWhole(
  report: Report,
  name: string,
  { delimiter }: Pick<CsvOptions, 'delimiter'> = {},
): Promise<CollectedFile | undefined> {
  const file = csvFiles(report).find((one) => one.name === name);
  return file && collectCsv(file, { delimiter, maxContentBytes: Number.MAX_SAFE_INTEGER });
}
