import { stringify } from 'csv-stringify/sync';
import { columnsOf, delimiterOf } from './read-exceptions.ts';
import type { ExceptionLine } from './read-exceptions.ts';

const HEADER = 'person,reason,approved by,expires\r\n';

/**
 * The register with one line more; what stands in it stays as it is, byte by byte. `register` is one that
 * `parseExceptions` can read, or undefined where there is none yet.
 */
export function withException(
  register: Buffer | undefined,
  { person, reason, approvedBy, expires }: Omit<ExceptionLine, 'line'>,
): Buffer {
  const text = register?.toString('utf8') ?? HEADER;
  const values: Readonly<Record<string, string>> = {
    person,
    reason,
    approvedby: approvedBy,
    expires,
  };
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const added = stringify([columnsOf(text).map((column) => values[column] ?? '')], {
    delimiter: delimiterOf(text),
    record_delimiter: lineBreak,
  });
  const isEnded = /[\r\n]$/.test(text);
  return Buffer.from(`${text}${isEnded ? '' : lineBreak}${added}`);
}
