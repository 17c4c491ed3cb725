import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { collectWhole } from '../digest/csv/write-csv.ts';
import type { RunSummary } from '../run/make-digest.ts';
import type { SentMail } from '../simulation/graph/mail.ts';
import { countOf } from './terminal.ts';

/** A file that was left for a person. */
export interface WrittenFile {
  readonly path: string;
  readonly about: string;
}

/** Writes the digest as HTML and text, and every CSV file, into a folder; returns them in the order to read them. */
export async function writeDigest(
  { report, composition }: RunSummary,
  folder: string,
): Promise<readonly WrittenFile[]> {
  const written: WrittenFile[] = [];
  async function write(name: string, content: string | Buffer, about: string): Promise<void> {
    const path = join(folder, name);
    await writeFile(path, content);
    written.push({ path, about });
  }
  if (report === undefined || composition === undefined) return written;
  await mkdir(folder, { recursive: true });
  await write('digest.html', composition.digest.html, 'open it in a browser');
  await write('digest.txt', composition.digest.text, 'the same as plain text');
  for (const { name, rows, ...file } of composition.files) {
    const about = countOf(rows, 'row');
    const content = file.content ?? (await collectWhole(report, name))?.content;
    if (content !== undefined) await write(name, content, about);
    else written.push({ path: name, about: `${about}, too long to be kept: not written` });
  }
  return written;
}

/** Writes mails as the tenant took them, the last as `digest` and those before it by their number. */
export async function writeMails(
  mails: readonly SentMail[],
  folder: string,
): Promise<readonly WrittenFile[]> {
  const written: WrittenFile[] = [];
  for (const [index, { contentType, body }] of mails.entries()) {
    const name = index === mails.length - 1 ? 'digest' : `day-${index + 1}`;
    const path = join(folder, `${name}.${contentType.startsWith('text') ? 'eml' : 'json'}`);
    await writeFile(path, typeof body === 'string' ? body : JSON.stringify(body));
    if (name === 'digest') written.push({ path, about: 'the mail, for a mail program' });
  }
  return written;
}

/** The files as aligned lines. */
export function listFiles(files: readonly WrittenFile[]): string {
  const width = Math.max(...files.map(({ path }) => path.length));
  return files.map(({ path, about }) => `  ${path.padEnd(width)}  ${about}`).join('\n');
}
