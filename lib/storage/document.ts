import { isAscii } from 'node:buffer';
import { promisify } from 'node:util';
import { constants as zlib, gunzip, gunzipSync, gzip } from 'node:zlib';
import { hasCode } from '../errors.ts';
import { MAX_BLOB_BYTES } from './store.ts';
import type { Store } from './store.ts';

export type Fields = Readonly<Record<string, unknown>>;

/**
 * One kind of versioned JSON document, stored as `{ kind, version, ...fields }`; gzip where a name ends in `.gz`. What
 * `write` makes of a content, `parse` makes into it again.
 */
export interface DocumentFormat<Content> {
  readonly kind: string;
  /** The version that is written, a whole number from 1; that and every older one can be read. */
  readonly version: number;
  /** Takes what it knows from the fields, ignores the others, and throws where they break what the kind promises. */
  parse(fields: Fields, version: number): Content;
  write(content: Content): object & Unenveloped;
  /** The latest instant that the content was written at or knows of: whatever is later than now is wrong. */
  latestAt?(content: Content): number;
  /** False where the content is that of another name. @default every name will do */
  isNamed?(content: Content, name: string): boolean;
}

/** The fields of a content leave those of the envelope alone. */
interface Unenveloped {
  readonly kind?: never;
  readonly version?: never;
}

/** A document as it stood at one etag. */
export type StoredDocument<Content> =
  | { readonly unreadable: false; readonly content: Content; readonly etag: string }
  | { readonly unreadable: true; readonly reason: UnreadableReason; readonly etag: string };

export type UnreadableReason =
  | 'longer than 256 MB'
  | 'not gzip'
  | 'not JSON'
  | 'another kind'
  | 'a newer version'
  | 'unexpected content'
  | 'from the future';

/** Two machines may each be five minutes away from Graph's time, and one reads what the other wrote. */
export const FUTURE_TOLERANCE_MS = 10 * 60_000;

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Nearly all of a long document is base64, which hard work makes hardly smaller: 2 % for twice the time. */
const COMPRESSION_LEVEL = 3;

/** A document is unpacked in one piece where its length is said and plausible, and in pieces of such lengths if not. */
const [MIN_BYTES_AT_ONCE, MAX_BYTES_AT_ONCE] = [64 * 1024, 16 * 1024 * 1024];

/**
 * Reads the document of a name; `undefined` where there is none. One that cannot be read is a value like any other, and
 * so is one that knows of instants after `now`, which a clock that was wrong has written.
 */
export async function readDocument<Content>(
  store: Store,
  name: string,
  format: DocumentFormat<Content>,
  now: Date,
): Promise<StoredDocument<Content> | undefined> {
  const blob = await store.get(name);
  if (blob === undefined) return undefined;
  const { bytes, etag } = blob;
  const decoded =
    bytes === undefined ? unreadable('longer than 256 MB') : await decode(name, bytes, format);
  if (decoded.unreadable) return { ...decoded, etag };
  const isFuture = isAfter(format.latestAt?.(decoded.content), now);
  return { ...(isFuture ? unreadable('from the future') : decoded), etag };
}

/** True for an instant that lies further ahead than clocks differ. */
export function isAfter(instant: number | undefined, now: Date): boolean {
  return instant !== undefined && instant > now.getTime() + FUTURE_TOLERANCE_MS;
}

interface Overwriting {
  /** What readDocument or writeDocument last gave for this name; `undefined`: there was none. */
  readonly previous: StoredDocument<unknown> | undefined;
  /** Dates the copy of an unreadable document. */
  readonly now: Date;
}

/**
 * Writes the document over exactly the previous one and returns it as it now stands; throws `state_conflict` when
 * something else stands there by now. The bytes of an unreadable previous document are set aside first.
 */
export async function writeDocument<Content>(
  store: Store,
  name: string,
  format: DocumentFormat<Content>,
  content: Content,
  { previous, now }: Overwriting,
): Promise<StoredDocument<Content>> {
  const { kind, version } = format;
  const json = Buffer.from(JSON.stringify({ kind, version, ...format.write(content) }));
  const bytes = name.endsWith('.gz') ? await compress(json, { level: COMPRESSION_LEVEL }) : json;
  if (previous?.unreadable === true) await setAside(store, name, now);
  const condition =
    previous === undefined ? { ifAbsent: true as const } : { ifMatch: previous.etag };
  return { unreadable: false, content, etag: await store.put(name, bytes, condition) };
}

type Decoded<Content> =
  | { readonly unreadable: false; readonly content: Content }
  | { readonly unreadable: true; readonly reason: UnreadableReason };

async function decode<Content>(
  name: string,
  bytes: Buffer,
  format: DocumentFormat<Content>,
): Promise<Decoded<Content>> {
  const json = name.endsWith('.gz') ? await unpack(bytes) : bytes;
  if (!Buffer.isBuffer(json)) return unreadable(json);
  const fields = toFields(json);
  if (fields === undefined) return unreadable('not JSON');
  const { kind, version, ...content } = fields;
  if (kind !== format.kind) return unreadable('another kind');
  if (!isVersion(version)) return unreadable('unexpected content');
  if (version > format.version) return unreadable('a newer version');
  try {
    const parsed = format.parse(content, version);
    const isNamed = format.isNamed?.(parsed, name) ?? true;
    return isNamed ? { unreadable: false, content: parsed } : unreadable('unexpected content');
  } catch {
    // What is wrong with it may quote a person, and a reason is shown and logged.
    return unreadable('unexpected content');
  }
}

/** The last four bytes say how long it was; one more, so that the end is seen in the same piece. */
async function unpack(bytes: Buffer): Promise<Buffer | UnreadableReason> {
  const length = bytes.length < 4 ? 0 : bytes.readUInt32LE(bytes.length - 4);
  if (length < MIN_BYTES_AT_ONCE) {
    const short = unpackShort(bytes, length);
    if (short !== undefined) return short;
  }
  const chunkSize = Math.min(Math.max(length + 1, MIN_BYTES_AT_ONCE), MAX_BYTES_AT_ONCE);
  try {
    return await decompress(bytes, { chunkSize, maxOutputLength: MAX_BLOB_BYTES });
  } catch (error) {
    const isTooLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    return isTooLong ? 'longer than 256 MB' : 'not gzip';
  }
}

/**
 * A short document, at once: handing it to a thread takes ten times as long as unpacking it. Undefined where it is longer
 * than it says, or cannot be unpacked.
 */
function unpackShort(bytes: Buffer, length: number): Buffer | undefined {
  try {
    const chunkSize = Math.max(length + 1, zlib.Z_MIN_CHUNK);
    return gunzipSync(bytes, { chunkSize, maxOutputLength: MIN_BYTES_AT_ONCE });
  } catch {
    return undefined;
  }
}

function unreadable(reason: UnreadableReason): Decoded<never> {
  return { unreadable: true, reason };
}

function toFields(bytes: Buffer): Fields | undefined {
  try {
    // A long document has no names in it; without them, its text is its bytes.
    const text = isAscii(bytes)
      ? bytes.toString('latin1')
      : new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return undefined;
  }
}

function isVersion(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1;
}

/**
 * Copies the bytes of a name to `set-aside/NAME-TIME`, where nothing overwrites them, and returns that name;
 * `undefined` when there is nothing to copy, or more than any document of ours has. The name itself stays as it is.
 */
export async function setAside(store: Store, name: string, now: Date): Promise<string | undefined> {
  const blob = await store.get(name);
  if (blob?.bytes === undefined) return undefined;
  const time = timeOf(now);
  for (let copy = 1; ; copy++) {
    const aside = `set-aside/${name}-${time}${copy === 1 ? '' : `-${copy}`}`;
    try {
      await store.put(aside, blob.bytes, { ifAbsent: true });
      return aside;
    } catch (error) {
      if (!hasCode(error, 'state_conflict')) throw error;
      if ((await store.get(aside))?.bytes?.equals(blob.bytes)) return aside;
    }
  }
}

/** Sets a document aside and takes its name away: it belongs to a time that has not come. */
export async function moveAside(store: Store, name: string, now: Date): Promise<void> {
  await setAside(store, name, now);
  await store.delete(name);
}

/** The names with this prefix whose bytes were set aside after an instant (ISO); `''` is before all of them. */
export async function* listSetAside(
  store: Store,
  prefix: string,
  after: string,
): AsyncGenerator<string> {
  const since = after === '' ? '' : timeOf(new Date(after));
  for await (const aside of store.list(`set-aside/${prefix}`)) {
    const [, name, time = ''] = COPY.exec(aside) ?? [];
    if (name !== undefined && time > since) yield name;
  }
}

const COPY = /^set-aside\/(.+)-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z)(?:-\d+)?$/;

function timeOf(instant: Date): string {
  return instant.toISOString().replaceAll(':', '-');
}
