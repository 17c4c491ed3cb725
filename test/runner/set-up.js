import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 2 ** 31;

/** Where the machine has memory to spare for files, the tests keep theirs there: the product syncs each that it writes. */
function folderForFiles() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize >= ENOUGH_BYTES) return mkdtempSync(join(MEMORY, 'mfa-gap-tests-'));
  } catch {
    // No such folder, or not ours.
  }
  return mkdtempSync(join(tmpdir(), 'mfa-gap-tests-'));
}

/** Before the first test file: what the workers and all the processes that they start have in their environment. */
export default function setUp() {
  process.env.TMPDIR = folderForFiles();
  // What serves all workers ends with this process.
  process.env.TESTS_PROCESS = String(process.pid);
  // Hundreds of processes compile the same sources.
  process.env.NODE_COMPILE_CACHE ??= join(
    import.meta.dirname,
    '../../node_modules/.cache/compiled',
  );
  const folder = process.env.TMPDIR;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}
