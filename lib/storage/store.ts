import { MailerError } from '../errors.ts';
import type { Explanation } from '../errors.ts';

/**
 * Where the stored state is kept: named blobs with an etag each. Every method throws a MailerError whose code is
 * `state_unreachable` or `state_denied` when the storage cannot be used; names are those of `stored-name.ts`.
 */
export interface Store {
  /** What a log line may call it: no path, no account and nothing secret. */
  readonly description: string;
  /**
   * The blob as it stands; `undefined` where there is none. One that is longer than `maxBytes` (MAX_BLOB_BYTES by
   * default) comes without its bytes.
   */
  get(name: string, maxBytes?: number): Promise<StoredBlob | undefined>;
  /** Replaces the whole blob and returns its new etag; throws `state_conflict` when the condition fails. */
  put(name: string, bytes: Buffer, condition: WriteCondition): Promise<string>;
  /** Every name that begins with the prefix, in ascending order, without those that leases use. */
  list(prefix: string): AsyncIterable<string>;
  /** Removes the blob; none there is as good. */
  delete(name: string): Promise<void>;
  /**
   * Takes what only one process may have at a time; `undefined` while somebody else has it. It lasts a minute,
   * is renewed by itself until released, and ends by itself when the process dies, so release it in `finally`.
   */
  acquireLease(name: string): Promise<Lease | undefined>;
}

/** What a document may be, packed and unpacked: the longest, findings of a million people, are some 100 MB. */
export const MAX_BLOB_BYTES = 256 * 1024 * 1024;

export interface StoredBlob {
  /** Undefined where there are more than were asked for: they were not read. */
  readonly bytes: Buffer | undefined;
  /** Changes with every write of the name, also with one of the same bytes. */
  readonly etag: string;
}

export type WriteCondition = { readonly ifMatch: string } | { readonly ifAbsent: true } | 'always';

export interface Lease {
  /** Aborted, with a `state_conflict` as its reason, once the lease is lost or can no longer be proved. */
  readonly signal: AbortSignal;
  /** Gives the lease up; never throws, since what cannot be given up runs out. */
  release(): Promise<void>;
}

const MAX_NAME_LENGTH = 900;

/**
 * Throws a RangeError unless the name can be kept by every store and stays inside it: segments parted by `/`,
 * none of them empty, `.`, `..` or ending in a dot, no backslash and no control character.
 */
export function assertStoredName(name: string): void {
  const isPlain = !/[\\\p{Cc}\p{Cs}]/u.test(name) && name.length <= MAX_NAME_LENGTH;
  if (isPlain && name.split('/').every(isSegment)) return;
  throw new RangeError('A stored name is made of plain segments parted by slashes.');
}

function isSegment(segment: string): boolean {
  return segment !== '' && !segment.endsWith('.');
}

export const WRITTEN_BY_ANOTHER: Explanation = {
  what: 'A stored document was written by another run.',
  todo: 'Read it again.',
};

/** Throws `state_conflict` unless a write may go over what stands there; `etag` is undefined where nothing does. */
export function assertCondition(condition: WriteCondition, etag: string | undefined): void {
  if (condition === 'always') return;
  const wanted = 'ifMatch' in condition ? condition.ifMatch : undefined;
  if (etag === wanted) return;
  throw new MailerError('state_conflict', WRITTEN_BY_ANOTHER);
}

/** A store that lasts as long as the process: a run without stored state works on it as on any other. */
export function createVolatileStore(): Store {
  const blobs = new Map<string, { readonly bytes: Buffer; readonly etag: string }>();
  let writes = 0;
  return {
    description: 'no memory',
    async get(name, maxBytes = MAX_BLOB_BYTES) {
      const blob = blobs.get(name);
      return blob && { ...blob, bytes: blob.bytes.length > maxBytes ? undefined : blob.bytes };
    },
    async put(name, bytes, condition) {
      const etag = blobs.get(name)?.etag;
      assertCondition(condition, etag);
      writes += 1;
      blobs.set(name, { bytes, etag: String(writes) });
      return String(writes);
    },
    async *list(prefix) {
      yield* [...blobs.keys()].filter((name) => name.startsWith(prefix)).sort();
    },
    async delete(name) {
      blobs.delete(name);
    },
    acquireLease: async () => ({
      signal: new AbortController().signal,
      release: async () => undefined,
    }),
  };
}
