/** Who asked for MFA at a sign-in: bits 1, 2, 4 and 8 of a mask, in this order; 0 is not said. */
export const ASKERS = ['application', 'policy', 'security-defaults', 'per-user'] as const;

export type Asker = (typeof ASKERS)[number];

/** The askers of a mask. */
export function askersOf(mask: number): readonly Asker[] {
  return ASKERS.filter((_, bit) => (mask & (1 << bit)) > 0);
}
