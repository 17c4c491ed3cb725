import { gzipSync } from 'node:zlib';

const MEGABYTE = 1024 * 1024;
const ONE = gzipSync(Buffer.alloc(MEGABYTE, ' '));

/** So many megabytes of blanks as gzip, a thousand times shorter: pieces of gzip behind each other are one. */
export function packedBlanks(megabytes: number): Buffer {
  return Buffer.concat(Array.from({ length: megabytes }, () => ONE));
}
