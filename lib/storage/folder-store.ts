import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MailerError } from '../errors.ts';
import { cleanUpIfInterrupted } from '../leftovers.ts';
import { tryFolderLock } from './folder-lock.ts';
import type { FolderLock } from './folder-lock.ts';
import { LEASE_MS, acquireRenewedLease } from './lease.ts';
import { isSystemError, onFolder } from './storage-error.ts';
import { assertCondition, assertStoredName, MAX_BLOB_BYTES } from './store.ts';
import type { Store, StoredBlob } from './store.ts';

interface FolderStoreOptions {
  /** Dates the beats of locks; processes that share a folder must share the time. */
  readonly now: () => Date;
  /** @default 60_000 */
  readonly leaseMs?: number | undefined;
}

const WRITE_LOCK_TRIES = 1_000;
const WRITE_LOCK_PAUSE_MS = 10;

/**
 * A store in a folder of this machine, one file a name, that several processes may share. Files whose name begins with a
 * dot are its own.
 */
export function createFolderStore(folder: string, options: FolderStoreOptions): Store {
  const { now, leaseMs = LEASE_MS } = options;
  const pathOf = (name: string) => join(folder, ...toSegments(name));

  let writing: Promise<unknown> = Promise.resolve();

  // One after the other in this process, so that only other processes are waited for by asking again.
  function writeAlone<Result>(write: () => Promise<Result>): Promise<Result> {
    const written = writing.then(() => writeLocked(folder, now, write));
    writing = written.catch(() => undefined);
    return written;
  }

  return {
    description: 'folder',

    async get(name, maxBytes = MAX_BLOB_BYTES) {
      const path = pathOf(name);
      return onFolder(() => readBlob(path, maxBytes));
    },

    async put(name, bytes, condition) {
      const path = pathOf(name);
      return onFolder(() =>
        writeAlone(async () => {
          if (condition !== 'always') {
            assertCondition(condition, (await readBlob(path, MAX_BLOB_BYTES))?.etag);
          }
          await mkdir(dirname(path), { recursive: true, mode: 0o700 });
          return await replaceFile(path, bytes, join(folder, `.new-${process.pid}`));
        }),
      );
    },

    async *list(prefix) {
      yield* (await onFolder(() => readNames(folder, prefix))).filter((name) =>
        name.startsWith(prefix),
      );
    },

    async delete(name) {
      const path = pathOf(name);
      await onFolder(() => writeAlone(() => rm(path, { force: true })));
    },

    async acquireLease(name) {
      const lockFolder = join(folder, '.holds', ...toSegments(name));
      let lock: FolderLock | undefined;
      return acquireRenewedLease({
        durationMs: leaseMs,
        async acquire() {
          lock = await onFolder(() => tryFolderLock(lockFolder, { now, staleMs: leaseMs }));
          return lock !== undefined;
        },
        renew: async () => (await lock?.renew()) ?? false,
        release: async () => lock?.release(),
      });
    },
  };
}

async function writeLocked<Result>(
  folder: string,
  now: () => Date,
  write: () => Promise<Result>,
): Promise<Result> {
  for (let tries = 0; tries < WRITE_LOCK_TRIES; tries++) {
    const lock = await tryFolderLock(join(folder, '.write'), { now, staleMs: LEASE_MS });
    if (lock === undefined) {
      await sleep(WRITE_LOCK_PAUSE_MS);
      continue;
    }
    try {
      return await write();
    } finally {
      await lock.release();
    }
  }
  const explanation = {
    what: 'Another process keeps writing to the state folder.',
    todo: 'End it and run again.',
  };
  throw new MailerError('state_unreachable', explanation);
}

async function readBlob(path: string, maxBytes: number): Promise<StoredBlob | undefined> {
  try {
    return await withFile(path, 'r', async (file) => {
      const stat = await file.stat({ bigint: true });
      if (stat.size > maxBytes) return { bytes: undefined, etag: toEtag(undefined, stat) };
      const bytes = await file.readFile();
      return { bytes, etag: toEtag(bytes, await file.stat({ bigint: true })) };
    });
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR', 'EISDIR')) return undefined;
    throw error;
  }
}

async function replaceFile(path: string, bytes: Buffer, draft: string): Promise<string> {
  const forget = cleanUpIfInterrupted(() => rmSync(draft, { force: true }));
  try {
    const etag = await withFile(draft, 'w', async (file) => {
      await file.writeFile(bytes);
      await file.sync();
      return toEtag(bytes, await file.stat({ bigint: true }));
    });
    await rename(draft, path);
    return etag;
  } finally {
    forget();
  }
}

async function withFile<Result>(
  path: string,
  flags: 'r' | 'w',
  use: (file: FileHandle) => Promise<Result>,
): Promise<Result> {
  const file = await open(path, flags, 0o600);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

// The file's identity tells two writes of the same bytes apart; the hash tells writes within one tick apart.
function toEtag(bytes: Buffer | undefined, { ino, mtimeNs, size }: BigIntStats): string {
  if (bytes === undefined) return `${ino}-${mtimeNs}-${size}`;
  const hash = createHash('sha256').update(bytes).digest('base64url');
  return `${ino}-${mtimeNs}-${hash}`;
}

/**
 * The name of every file that can have this prefix, in ascending order; what begins with a dot is the store's own. Where
 * the prefix names folders, only what is in the last of them is looked at.
 */
async function readNames(folder: string, prefix: string): Promise<readonly string[]> {
  const segments = prefix.split('/').slice(0, -1);
  const within = segments.length === 0 ? folder : join(folder, ...toSegments(segments.join('/')));
  const entries = await readEntries(within).catch(async (error: unknown) => {
    if (within === folder || !isSystemError(error, 'ENOENT', 'ENOTDIR')) throw error;
    // Nothing has such a name, unless the folder itself is not there.
    await readdir(folder);
    return [];
  });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep))
    .filter((segments) => segments.every((segment) => !segment.startsWith('.')))
    .map((segments) => segments.map(decodeSegment).join('/'))
    .sort((one, other) => (one < other ? -1 : 1));
}

function readEntries(folder: string) {
  return readdir(folder, { recursive: true, withFileTypes: true });
}

/** A stored name as the parts of a path; characters that a file system may refuse are percent-encoded. */
function toSegments(name: string): readonly string[] {
  assertStoredName(name);
  return name.split('/').map(encodeSegment);
}

function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(/^\.|\*/g, (char) => (char === '.' ? '%2E' : '%2A'));
}

// A file that a person put there may have a percent sign of its own.
function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
