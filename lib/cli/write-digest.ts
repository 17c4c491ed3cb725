import { join } from 'node:path';
import { collectWhole } from '../digest/csv/write-csv.ts';
import type { RunSummary } from '../run/make-digest.ts';
import type { SentMail } from '../simulation/graph/mail.ts';
import type { OutputFolder } from './output-folder.ts';
import { countOf } from './terminal.ts';

/** A file that was left for a person. */
export interface WrittenFile {
  readonly path: string;
  readonly about: string;
}

/** The page to look at first. */
export const DIGEST_PAGE = 'digest.html';

/** Writes the digest as HTML and text, and every file that belongs to it; returns them in the order to read them. */
export async function writeDigest(
  { report, composition }: RunSummary,
  folder: OutputFolder,
): Promise<readonly WrittenFile[]> {
  const written: WrittenFile[] = [];
  function write(name: string, content: string | Buffer, about: string): void {
    folder.write(name, content);
    written.push({ path: join(folder.path, name), about });
  }
  if (report === undefined || composition === undefined) return written;
  write(DIGEST_PAGE, composition.digest.html, 'open it in a browser');
  write('digest.txt', composition.digest.text, 'the same as plain text');
  for (const { name, rows, ...file } of composition.files) {
    const about = countOf(rows, 'row');
    const content = file.content ?? (await collectWhole(report, name))?.content;
    if (content !== undefined) write(name, content, about);
    else written.push({ path: name, about: `${about}, too long to be kept: not written` });
  }
  return written;
}

/** Writes mails as the tenant took them, the last as `digest` and those before it by their number. */
export function writeMails(
  mails: readonly SentMail[],
  folder: OutputFolder,
): readonly WrittenFile[] {
  const written: WrittenFile[] = [];
  for (const [index, { contentType, body }] of mails.entries()) {
    const stem = index === mails.length - 1 ? 'digest' : `day-${index + 1}`;
    const name = `${stem}.${contentType.startsWith('text') ? 'eml' : 'json'}`;
    folder.write(name, typeof body === 'string' ? body : JSON.stringify(body));
    if (stem === 'digest')
      written.push({ path: join(folder.path, name), about: 'the mail, for a mail program' });
  }
  return written;
}

/** The files as aligned lines. */
export function listFiles(files: readonly WrittenFile[]): string {
  const width = Math.max(...files.map(({ path }) => path.length));
  return files.map(({ path, about }) => `  ${path.padEnd(width)}  ${about}`).join('\n');
}
