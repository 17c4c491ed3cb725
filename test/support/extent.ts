/**
 * How much is looked at of what no test can look at in full: random histories, the places of a document, the properties
 * of a row, the faults of a source. `npm run test:quick` takes a sample of it, every time the same; all else is tested as
 * ever.
 */
export const isSample = process.env['TEST_EXTENT'] === 'sample';

/** One of so many is in a sample; a prime, so that a list of a few values at each of many places has all of them. */
const SAMPLED = 13;

/** How often a property is tried. */
export function runsOf(all: number): number {
  return isSample ? Math.ceil(all / SAMPLED) : all;
}

/** The items of a list that are looked at. */
export function extentOf<Item>(list: readonly Item[]): readonly Item[] {
  return isSample ? list.filter((_, place) => place % SAMPLED === 0) : list;
}
