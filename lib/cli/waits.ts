/** A shorter wait is over before it is read. */
const MIN_SPAN_MS = 1_000;

/** Why a run waits, for a person who watches; undefined where it is not worth a word. */
export function describeWait(code: string, waitMs: number): string | undefined {
  if (waitMs < MIN_SPAN_MS) return undefined;
  if (code === 'paced') return 'waiting for Graph’s limit of report requests';
  if (code === 'graph_throttled') return 'Graph asked to wait';
  return 'Graph did not answer, trying again';
}

/** "12 s", "3 min 05 s", "2 h 10 min". */
export function describeDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1_000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
