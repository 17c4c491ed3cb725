import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

import { assertStoredName } from './stored-name.ts';

/** The name of every file below the folder, in ascending order; what begins with a dot is the store's own. */
export async function readNames(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep))
    .filter((segments) => segments.every((segment) => !segment.startsWith('.')))
    .map((segments) => segments.map(decodeSegment).join('/'))
    .sort((one, other) => (one < other ? -1 : 1));
}

/** A stored name as the parts of a path; characters that a file system may refuse are percent-encoded. */
export function toSegments(name: string): readonly string[] {
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
