import { isAscii } from 'node:buffer';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { hasCode } from '../errors.ts';
import type { Store } from './store.ts';

/** One kind of versioned JSON document, stored as `{ kind, version, ...content }`; gzip where a name ends in `.gz`. */
export interface DocumentFormat<Content> {
  readonly kind: string;
  /** The version that is written, a whole number from 1; that and every older one can be read. */
  readonly version: number;
  /** Takes what it knows from the fields, ignores the others, and throws when it cannot be made whole. */
  parse(fields: Readonly<Record<string, unknown>>, version: number): Content;
}

/** A document as it stood at one etag. */
export type StoredDocument<Content> =
  | { readonly unreadable: false; readonly content: Content; readonly etag: string }
  | { readonly unreadable: true; readonly reason: UnreadableReason; readonly etag: string };

export type UnreadableReason =
  'not gzip' | 'not JSON' | 'another kind' | 'a newer version' | 'unexpected content';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Nearly all of a long document is base64, which hard work makes hardly smaller: 2 % for twice the time. */
const COMPRESSION_LEVEL = 3;

/** A document is unpacked in one piece where its length is said and plausible, and in pieces of such lengths if not. */
const [LEAST_BYTES_AT_ONCE, MOST_BYTES_AT_ONCE] = [64 * 1024, 16 * 1024 * 1024];

/** Reads the document of a name; `undefined` where there is none. One that cannot be read is a value like any other. */
export async function readDocument<Content>(
  store: Store,
  name: string,
  format: DocumentFormat<Content>,
): Promise<StoredDocument<Content> | undefined> {
  const blob = await store.get(name);
  if (blob === undefined) return undefined;
  return { ...(await decode(name, blob.bytes, format)), etag: blob.etag };
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
export async function writeDocument<Content extends object & Unenveloped>(
  store: Store,
  name: string,
  { kind, version }: DocumentFormat<Content>,
  content: Content,
  { previous, now }: Overwriting,
): Promise<StoredDocument<Content>> {
  const json = Buffer.from(JSON.stringify({ kind, version, ...content }));
  const bytes = name.endsWith('.gz') ? await compress(json, { level: COMPRESSION_LEVEL }) : json;
  if (previous?.unreadable === true) await setAside(store, name, now);
  const condition =
    previous === undefined ? { ifAbsent: true as const } : { ifMatch: previous.etag };
  return { unreadable: false, content, etag: await store.put(name, bytes, condition) };
}

/** Content leaves the fields of the envelope alone. */
interface Unenveloped {
  readonly kind?: never;
  readonly version?: never;
}

type Decoded<Content> =
  | { readonly unreadable: false; readonly content: Content }
  | { readonly unreadable: true; readonly reason: UnreadableReason };

async function decode<Content>(
  name: string,
  bytes: Buffer,
  format: DocumentFormat<Content>,
): Promise<Decoded<Content>> {
  const json = name.endsWith('.gz') ? await unpack(bytes).catch(() => undefined) : bytes;
  if (json === undefined) return unreadable('not gzip');
  const fields = toFields(json);
  if (fields === undefined) return unreadable('not JSON');
  const { kind, version, ...content } = fields;
  if (kind !== format.kind) return unreadable('another kind');
  if (!isVersion(version)) return unreadable('unexpected content');
  if (version > format.version) return unreadable('a newer version');
  try {
    return { unreadable: false, content: format.parse(content, version) };
  } catch {
    // What is wrong with it may quote a person, and a reason is shown and logged.
    return unreadable('unexpected content');
  }
}

/** The last four bytes say how long it was; one more, so that the end is seen in the same piece. */
function unpack(bytes: Buffer): Promise<Buffer> {
  const length = bytes.length < 4 ? 0 : bytes.readUInt32LE(bytes.length - 4);
  const chunkSize = Math.min(Math.max(length + 1, LEAST_BYTES_AT_ONCE), MOST_BYTES_AT_ONCE);
  return decompress(bytes, { chunkSize });
}

function unreadable(reason: UnreadableReason): Decoded<never> {
  return { unreadable: true, reason };
}

function toFields(bytes: Buffer): Record<string, unknown> | undefined {
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
 * `undefined` when there is nothing to copy. The name itself stays as it is.
 */
export async function setAside(store: Store, name: string, now: Date): Promise<string | undefined> {
  const blob = await store.get(name);
  if (blob === undefined) return undefined;
  const time = timeOf(now);
  for (let copy = 1; ; copy++) {
    const aside = `set-aside/${name}-${time}${copy === 1 ? '' : `-${copy}`}`;
    try {
      await store.put(aside, blob.bytes, { ifAbsent: true });
      return aside;
    } catch (error) {
      if (!hasCode(error, 'state_conflict')) throw error;
      if ((await store.get(aside))?.bytes.equals(blob.bytes)) return aside;
    }
  }
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
