import { utimesSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { cleanUpIfInterrupted } from '../leftovers.ts';
import { isSystemError } from './storage-error.ts';

export interface FolderLock {
  /** Beats once more; false when the lock has passed to another. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

export interface FolderLockOptions {
  readonly now: () => Date;
  /** A lock whose last beat is older has ended, also when its process seems to live. */
  readonly staleMs: number;
}

/**
 * Takes the lock of a folder of its own, between threads and processes; `undefined` while another has it. The
 * folder holds one numbered file for each holder and the highest number has the lock: its modification time is
 * the last beat, and a released one has the epoch. The highest number is never removed, only outnumbered, so two
 * who find the same dead holder cannot both follow it.
 */
export async function tryFolderLock(
  folder: string,
  { now, staleMs }: FolderLockOptions,
): Promise<FolderLock | undefined> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const before = await readTickets(folder);
  const last = Math.max(0, ...before);
  if (last > 0 && (await isHeld(join(folder, String(last)), now().getTime(), staleMs)))
    return undefined;

  const ticket = last + 1;
  const path = join(folder, String(ticket));
  const isHighest = async () => Math.max(...(await readTickets(folder))) === ticket;
  const beatAt = async (at: Date) => {
    try {
      await utimes(path, at, at);
    } catch (error) {
      if (!isSystemError(error, 'ENOENT')) throw error; // A newer holder removed it.
    }
  };
  try {
    const holder = JSON.stringify({ pid: process.pid, host: hostname() });
    await writeFile(path, holder, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (isSystemError(error, 'EEXIST')) return undefined;
    throw error;
  }
  // A released lock has the epoch, also where nobody can wait for the release.
  const forget = cleanUpIfInterrupted(() => utimesSync(path, 0, 0));
  await beatAt(now());
  // A listing may miss files that come and go under it.
  if (!(await isHighest())) {
    forget();
    await rm(path, { force: true });
    return undefined;
  }
  await Promise.all(before.map((old) => rm(join(folder, String(old)), { force: true })));

  return {
    async renew() {
      await beatAt(now());
      return await isHighest();
    },
    async release() {
      forget();
      await beatAt(new Date(0));
    },
  };
}

async function readTickets(folder: string): Promise<readonly number[]> {
  return (await readdir(folder)).filter((name) => /^[1-9]\d*$/.test(name)).map(Number);
}

const HOLDER = v.object({ pid: v.pipe(v.number(), v.integer(), v.minValue(1)), host: v.string() });

async function isHeld(path: string, nowMs: number, staleMs: number): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(path);
    if (mtimeMs < nowMs - staleMs) return false;
    const holder = v.safeParse(HOLDER, JSON.parse(await readFile(path, 'utf8')));
    // Whose it is cannot be told; it goes stale like any other.
    if (!holder.success) return true;
    // A beat from the future is one of a clock that was wrong: only this machine can say whether it lives.
    if (mtimeMs > nowMs + staleMs && holder.output.host !== hostname()) return false;
    return !isProcessGone(holder.output);
  } catch (error) {
    // Still being written, or removed by a newer holder just now.
    if (error instanceof SyntaxError || isSystemError(error, 'ENOENT')) return true;
    throw error;
  }
}

function isProcessGone(holder: v.InferOutput<typeof HOLDER>): boolean {
  if (holder.host !== hostname()) return false;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return isSystemError(error, 'ESRCH');
  }
}
