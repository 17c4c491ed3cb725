/** A wrong variant of the query: what stands in its text, and what stands there instead. */
export interface Mutant {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export const MUTANTS: readonly Mutant[] = [];

/** Throws RangeError where the query does not have the text exactly once. */
export function mutate(query: string, { name, from, to }: Mutant): string {
  const parts = query.split(from);
  if (parts.length !== 2) throw new RangeError(`"${name}" fits ${parts.length - 1} places.`);
  return parts.join(to);
}
