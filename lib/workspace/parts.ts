import { MAX_PARTS } from '../sign-ins/query.ts';

/** One of `count` parts of all people, by how their ids begin; `index` is 0 to count - 1. */
export interface Part {
  readonly index: number;
  readonly count: number;
}

const HEX = Array.from('0123456789abcdef');
const BEGINNINGS = [HEX, HEX.flatMap((first) => HEX.map((second) => first + second))] as const;

/** What a query says of its part: ids that begin with one of these, or, the rest, with none of them. */
export interface Beginnings {
  readonly width: number;
  readonly prefixes: readonly string[];
  readonly isRest: boolean;
}

/**
 * How a part is told. The last part is all that no other part is, so that parts are disjoint and complete whatever ids
 * look like.
 */
export function beginningsOf({ index, count }: Part): Beginnings {
  const isPart =
    Number.isInteger(count) &&
    count >= 1 &&
    count <= MAX_PARTS &&
    Number.isInteger(index) &&
    index >= 0 &&
    index < count;
  if (!isPart) throw new RangeError(`People are read in 1 to ${MAX_PARTS} parts.`);
  const width = widthOf(count);
  const all = BEGINNINGS[width - 1] ?? HEX;
  const isRest = index === count - 1;
  const prefixes = all.filter((prefix) => (partOf(prefix, count) === index) !== isRest);
  return { width, prefixes, isRest };
}

/** Tells whether an object id, lower case, belongs to a part. */
export function belongingTo(part: Part): (person: string) => boolean {
  const { width, prefixes, isRest } = beginningsOf(part);
  const beginnings = new Set(prefixes);
  return (person) => beginnings.has(person.slice(0, width)) !== isRest;
}

/** How many digits tell the parts apart. */
function widthOf(count: number): 1 | 2 {
  return count <= HEX.length ? 1 : 2;
}

/** The part of all ids that begin like this; what is no hex digit is in the last. */
function partOf(beginning: string, count: number): number {
  const width = widthOf(count);
  const isHex = beginning.length === width && /^[0-9a-f]+$/.test(beginning);
  return isHex ? Math.floor((Number.parseInt(beginning, 16) * count) / 16 ** width) : count - 1;
}
