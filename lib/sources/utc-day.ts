export const DAY_MS = 86_400_000;

/** The UTC day of an instant in milliseconds since 1970, YYYY-MM-DD. */
export function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
