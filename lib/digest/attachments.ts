import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { MAX_MIME_BYTES, MAX_REQUEST_BYTES } from '../entra/limits.ts';
import type { Settings } from '../settings/fields.ts';
import { FILE_NAMES, isWorkbook } from './csv/file-names.ts';
import type { CollectedFile } from './csv/write-csv.ts';

/** A file as it goes with the mail. */
export interface AttachedFile {
  /** The file's own name, or that of the ZIP archive it is in. */
  readonly name: string;
  /** The file's own name in any case. */
  readonly csvName: string;
  readonly contentType: string;
  readonly rows: number;
  readonly isZipped: boolean;
  readonly content: Buffer;
}

/** A file that does not go with the mail; `because` is a clause. */
export interface LeftOutFile {
  readonly name: string;
  readonly rows: number;
  readonly because: string;
}

/** What goes with the mail, and in which of the two forms that sendMail takes. */
export interface AttachmentPlan {
  readonly attached: readonly AttachedFile[];
  readonly leftOut: readonly LeftOutFile[];
  readonly format: MailFormat;
}

export type MailFormat = 'mime' | 'json';

/** The settings that decide what is attached and in which form, under their own names. */
export interface AttachmentOptions extends Pick<
  Settings,
  'attachCsv' | 'attachWorkbook' | 'saveToSentItems' | 'requestDeliveryReceipt' | 'emailFrom'
> {
  /** The instant written into the archives, ISO. */
  readonly generatedAt: string;
}

/** How long a message may be before its request is too long for Graph. MIME text goes into the request as base64. */
const MAX_MESSAGE_BYTES = { mime: MAX_MIME_BYTES, json: MAX_REQUEST_BYTES } as const;

/** Kept free for what is not a file: both bodies below 100,000 bytes each, headers and recipients. */
const RESERVED_BYTES = { mime: 340_000, json: 250_000 } as const;
const BOUNDARY_BYTES = 512;

/** First out: the longest and the one that most can do without. The workbook, which has them all, goes last. */
const LEAVING_ORDER: readonly string[] = [
  FILE_NAMES.overview,
  FILE_NAMES.signInLog,
  FILE_NAMES.scripts,
  FILE_NAMES.phoneOnly,
  FILE_NAMES.excepted,
  FILE_NAMES.changes,
  FILE_NAMES.unknown,
  FILE_NAMES.notCapable,
  FILE_NAMES.missing,
  FILE_NAMES.impact,
  FILE_NAMES.stopped,
];

/**
 * Fits the files into one request: as they are; else zipped, the overview first and then the largest, until
 * they fit; else the same as JSON, which encodes once where MIME encodes twice; else files are left out. A list of
 * nobody is not attached.
 */
export async function planAttachments(
  collected: readonly CollectedFile[],
  options: AttachmentOptions,
): Promise<AttachmentPlan> {
  const files = collected.filter(isWorthOpening);
  const formats: readonly MailFormat[] = canBeMime(options) ? ['mime', 'json'] : ['json'];
  const [format = 'json'] = formats;
  const isWanted = ({ name }: CollectedFile) =>
    isWorkbook(name) ? options.attachWorkbook : options.attachCsv;
  const wanted = files.filter(isWanted);
  const switchedOff =
    wanted.length === 0 ? files.map(leaveOut('attachments are switched off')) : [];
  const tooLong = wanted
    .filter((file) => file.content === undefined)
    .map(leaveOut('it is too long to be mailed'));
  let kept = wanted.filter(hasContent).map(asAttachment);
  for (const name of inZippingOrder(kept)) {
    if (fits(kept, format)) break;
    const index = kept.findIndex(({ csvName }) => csvName === name);
    const file = kept[index];
    if (file !== undefined) kept = kept.with(index, await zip(file, options));
  }
  const leaving = kept.toSorted(byLeavingOrder);
  const count = leaving.findIndex((_, index) =>
    formats.some((candidate) => fits(leaving.slice(index), candidate)),
  );
  const left = leaving.slice(0, count === -1 ? leaving.length : count);
  const attached = kept.filter((file) => !left.includes(file));
  return {
    attached,
    leftOut: [...switchedOff, ...tooLong, ...left.map(leaveOut('the mail would be too large'))],
    format: formats.find((candidate) => fits(attached, candidate)) ?? format,
  };
}

/** False for a list of nobody; the overview says by itself that nobody is in scope. */
export function isWorthOpening({ name, rows }: CollectedFile): boolean {
  return rows > 0 || name === FILE_NAMES.overview;
}

/**
 * MIME cannot say that the mail is not to be kept, nor ask for a receipt on behalf of a mailbox that is given
 * as an object id, because that takes a header with an address.
 */
function canBeMime({
  saveToSentItems,
  requestDeliveryReceipt,
  emailFrom,
}: AttachmentOptions): boolean {
  return saveToSentItems && (!requestDeliveryReceipt || emailFrom.includes('@'));
}

const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

type FileInMemory = CollectedFile & { readonly content: Buffer };

function hasContent(file: CollectedFile): file is FileInMemory {
  return file.content !== undefined;
}

function asAttachment({ name, rows, content }: FileInMemory): AttachedFile {
  const contentType = isWorkbook(name) ? WORKBOOK_TYPE : 'text/csv';
  return { name, csvName: name, contentType, rows, isZipped: false, content };
}

function leaveOut(because: string): (file: CollectedFile | AttachedFile) => LeftOutFile {
  return (file) => ({
    name: 'csvName' in file ? file.csvName : file.name,
    rows: file.rows,
    because,
  });
}

function byLeavingOrder(a: AttachedFile, b: AttachedFile): number {
  const placeOf = ({ csvName }: AttachedFile) =>
    isWorkbook(csvName) ? LEAVING_ORDER.length : LEAVING_ORDER.indexOf(csvName);
  return placeOf(a) - placeOf(b);
}

function inZippingOrder(files: readonly AttachedFile[]): readonly string[] {
  return files
    .filter(({ csvName }) => !isWorkbook(csvName))
    .toSorted(
      (a, b) =>
        Number(b.csvName === FILE_NAMES.overview) - Number(a.csvName === FILE_NAMES.overview) ||
        b.content.length - a.content.length,
    )
    .map(({ csvName }) => csvName);
}

function fits(files: readonly AttachedFile[], format: MailFormat): boolean {
  const encoded = files.map(({ content }) => BOUNDARY_BYTES + base64Length(content.length, format));
  const total = encoded.reduce((sum, bytes) => sum + bytes, 0);
  return RESERVED_BYTES[format] + total < MAX_MESSAGE_BYTES[format];
}

/** Base64; in MIME in lines of 76 characters and CRLF. */
function base64Length(bytes: number, format: MailFormat): number {
  const length = Math.ceil(bytes / 3) * 4;
  return format === 'json' ? length : Math.ceil(length / 76) * 78;
}

async function zip(file: AttachedFile, { generatedAt }: AttachmentOptions): Promise<AttachedFile> {
  const archive = new ZipFile();
  archive.addBuffer(file.content, file.csvName, { mtime: new Date(generatedAt), mode: 0o644 });
  archive.end();
  return {
    ...file,
    name: `${file.csvName}.zip`,
    contentType: 'application/zip',
    isZipped: true,
    content: await buffer(archive.outputStream),
  };
}
