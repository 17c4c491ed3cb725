const cleanUps = new Set<() => void>();

/**
 * Says what would be left behind if the process ended now: half-written files, a lock. Returns what to call once there
 * is nothing left to take away. It must be synchronous, because nothing waits for a process that is told to end.
 */
export function cleanUpIfInterrupted(cleanUp: () => void): () => void {
  cleanUps.add(cleanUp);
  return () => {
    cleanUps.delete(cleanUp);
  };
}

/** A file operation that is under way would make anew what is taken away. */
const SETTLING_MS = 50;

/**
 * Takes everything away that would be left behind, what came last first. Nothing else runs in this process meanwhile, so
 * end it right after.
 */
export function cleanUpNow(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SETTLING_MS);
  for (const cleanUp of [...cleanUps].reverse()) {
    try {
      cleanUp();
    } catch {
      // What cannot be taken away must not keep the rest.
    }
  }
  cleanUps.clear();
}
