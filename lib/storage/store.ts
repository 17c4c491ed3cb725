import { MailerError } from '../errors.ts';

/**
 * Where the memory is kept: named blobs with an etag each. Every method throws a MailerError whose code is
 * `state_unreachable` or `state_denied` when the storage cannot be used; names are those of `stored-name.ts`.
 */
export interface Store {
  /** What a log line may call it: no path, no account and nothing secret. */
  readonly description: string;
  /** The blob as it stands; `undefined` where there is none. */
  get(name: string): Promise<StoredBlob | undefined>;
  /** Replaces the whole blob and returns its new etag; throws `state_conflict` when the condition fails. */
  put(name: string, bytes: Buffer, condition: WriteCondition): Promise<string>;
  /** Every name that begins with the prefix, in ascending order, without those that holds use. */
  list(prefix: string): AsyncIterable<string>;
  /** Removes the blob; none there is as good. */
  delete(name: string): Promise<void>;
  /**
   * Takes what only one process may have at a time; `undefined` while somebody else has it. It lasts a minute,
   * is renewed by itself until released, and ends by itself when the process dies, so release it in `finally`.
   */
  hold(name: string): Promise<Hold | undefined>;
}

export interface StoredBlob {
  readonly bytes: Buffer;
  /** Changes with every write of the name, also with one of the same bytes. */
  readonly etag: string;
}

export type WriteCondition = { readonly ifMatch: string } | { readonly ifAbsent: true } | 'always';

export interface Hold {
  /** Aborted, with a `state_conflict` as its reason, once the hold is lost or can no longer be proved. */
  readonly signal: AbortSignal;
  /** Gives the hold up; never throws, since what cannot be given up runs out. */
  release(): Promise<void>;
}

const LONGEST_NAME = 900;

/**
 * Throws a RangeError unless the name can be kept by every store and stays inside it: segments parted by `/`,
 * none of them empty, `.`, `..` or ending in a dot, no backslash and no control character.
 */
export function assertStoredName(name: string): void {
  const isPlain = !/[\\\p{Cc}\p{Cs}]/u.test(name) && name.length <= LONGEST_NAME;
  if (isPlain && name.split('/').every(isSegment)) return;
  throw new RangeError('A stored name is made of plain segments parted by slashes.');
}

function isSegment(segment: string): boolean {
  return segment !== '' && !segment.endsWith('.');
}

/** A store that lasts as long as the process: a run without memory works on it as on any other. */
export function createVolatileStore(): Store {
  const blobs = new Map<string, StoredBlob>();
  let writes = 0;
  return {
    description: 'no memory',
    get: async (name) => blobs.get(name),
    async put(name, bytes, condition) {
      const etag = blobs.get(name)?.etag;
      const isMet =
        condition === 'always' ||
        ('ifAbsent' in condition ? etag === undefined : etag === condition.ifMatch);
      if (!isMet) {
        throw new MailerError(
          'state_conflict',
          'Something else was written to the memory meanwhile.',
        );
      }
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
    hold: async () => ({ signal: new AbortController().signal, release: async () => undefined }),
  };
}
