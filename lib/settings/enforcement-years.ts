/**
 * The years in which Microsoft began to enforce MFA for the applications of the table. Kept apart from the
 * table itself, which belongs to the sources, so that settings depend on nothing.
 */
export const ENFORCEMENT_YEARS: readonly number[] = [2024, 2025];
