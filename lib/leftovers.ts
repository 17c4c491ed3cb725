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

/** Takes everything away that would be left behind, what came last first. */
export function cleanUpNow(): void {
  for (const cleanUp of [...cleanUps].reverse()) {
    try {
      cleanUp();
    } catch {
      // What cannot be taken away must not keep the rest.
    }
  }
  cleanUps.clear();
}
