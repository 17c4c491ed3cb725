import { mkdtempSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { SettingsError } from '../errors.ts';
import { cleanUpIfInterrupted } from '../leftovers.ts';
import { makeFolder } from '../make-folder.ts';

/** A folder into which a command leaves files, all of them or none. */
export interface OutputFolder {
  readonly path: string;
  /** A place beside the files that is gone when the folder is closed. */
  readonly workshop: string;
  /** Keeps a file for the end. */
  write(name: string, content: string | Uint8Array): void;
  /** Puts every file where it belongs. */
  publish(): void;
  /** Takes the workshop away, and what was made for files that never came. */
  close(): void;
}

/**
 * Makes the folder and sees that it can be written to, before anything is read that would be lost. Throws a
 * SettingsError with one sentence where it cannot.
 */
export function openOutputFolder(path: string, option = '--out'): OutputFolder {
  let made: string | undefined;
  let workshop: string;
  try {
    made = makeFolder(path);
    workshop = mkdtempSync(join(path, '.unfinished-'));
  } catch (error) {
    removeEmpty(path, made);
    throw new SettingsError([{ setting: option, problem: problemOf(error) }]);
  }
  const drafts: string[] = [];
  let isPublished = false;
  // Everything here is synchronous, so that an interruption comes before a step or after it.
  const close = () => {
    rmSync(workshop, { recursive: true, force: true });
    if (!isPublished) removeEmpty(path, made);
    forget();
  };
  const forget = cleanUpIfInterrupted(close);

  return {
    path,
    workshop,
    write(name, content) {
      writeFileSync(join(workshop, name), content);
      drafts.push(name);
    },
    publish() {
      isPublished = true;
      for (const name of drafts) renameSync(join(workshop, name), join(path, name));
    },
    close,
  };
}

/** Takes folders away from the inner to the outermost that was made, as far as nothing is in them. */
function removeEmpty(path: string, outermost: string | undefined): void {
  if (outermost === undefined) return;
  try {
    for (let folder = resolve(path); ; folder = dirname(folder)) {
      rmdirSync(folder);
      if (folder === resolve(outermost)) return;
    }
  } catch {
    // Somebody else has put something there.
  }
}

const PROBLEMS: Readonly<Record<string, string>> = {
  EEXIST: 'names a file; give a folder.',
  ENOTDIR: 'leads through a file; give a folder.',
  EACCES: 'names a folder that you may not write to.',
  EPERM: 'names a folder that you may not write to.',
  EROFS: 'names a folder on a disk that cannot be written to.',
  ENOSPC: 'names a folder on a disk that is full.',
};

function problemOf(error: unknown): string {
  const { code = 'no code' } = error as { readonly code?: string };
  return PROBLEMS[code] ?? `names a folder that cannot be made or written to (${code}).`;
}
