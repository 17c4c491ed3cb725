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
