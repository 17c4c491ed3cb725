import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it that are not there; gives the outermost that was made. Throws the system's error. Node's
 * own way never ends where the folder above is there and none can be made in it, such as /proc.
 */
export function makeFolder(path: string, mode?: number): string | undefined {
  const folder = resolve(path);
  try {
    return makeOne(folder, mode);
  } catch (error) {
    if (!hasErrno(error, 'ENOENT') || dirname(folder) === folder) throw error;
  }
  const outermost = makeFolder(dirname(folder), mode);
  const own = makeOne(folder, mode);
  return outermost ?? own;
}

/** Undefined where it is there, also where somebody else was quicker. */
function makeOne(folder: string, mode: number | undefined): string | undefined {
  try {
    mkdirSync(folder, { mode });
    return folder;
  } catch (error) {
    if (hasErrno(error, 'EEXIST') && statSync(folder).isDirectory()) return undefined;
    throw error;
  }
}

function hasErrno(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException).code === code;
}
