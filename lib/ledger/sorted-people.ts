import type { PeopleIndex } from '../sources/people-index.ts';
import { orderBy } from './order-by.ts';
import type { TallyCursor } from './tally-cursor.ts';

const NOBODY = -1;

/**
 * The people in the order of their ids, which is the order of a tally's, so that a day is gone through once beside
 * them instead of looking for each of its people somewhere in memory.
 */
export class SortedPeople {
  readonly #people: PeopleIndex;
  readonly #numbers: Uint32Array;
  /** The ids in this order, four words each, high ones first. */
  readonly #words: Uint32Array;

  constructor(people: PeopleIndex) {
    this.#people = people;
    const leading = (number: number) => people.leadingWord(number);
    const all = orderBy(people.size, leading, (a, b) => people.compareGuids(a, b));
    this.#numbers = all.filter((number) => people.isGuid(number));
    const bytes = Buffer.allocUnsafe(this.#numbers.length * 16);
    this.#numbers.forEach((number, place) => people.writeGuid(number, bytes, place * 16));
    this.#words = toWords(bytes);
  }

  /** The number of everybody whom a tally lists, -1 for strangers. */
  numbersOf({ guids, otherIds, people: listed }: TallyCursor): Int32Array {
    const [known, wanted] = [this.#words, toWords(guids)];
    const numbers = new Int32Array(listed).fill(NOBODY);
    let place = 0;
    let person = 0;
    while (place < known.length && person < wanted.length) {
      let word = 0;
      // The first words nearly always tell them apart.
      while (word < 4 && known[place + word] === wanted[person + word]) word += 1;
      const isBefore = word < 4 && known[place + word]! < wanted[person + word]!;
      if (word === 4) numbers[person / 4] = this.#numbers[place / 4] ?? NOBODY;
      if (word === 4 || isBefore) place += 4;
      if (!isBefore) person += 4;
    }
    const guidCount = listed - otherIds.length;
    for (const [index, id] of otherIds.entries()) {
      numbers[guidCount + index] = this.#people.find(id) ?? NOBODY;
    }
    return numbers;
  }
}

function toWords(bytes: Buffer): Uint32Array {
  const words = new Uint32Array(bytes.length / 4);
  for (let word = 0; word < words.length; word += 1) words[word] = bytes.readUInt32BE(word * 4);
  return words;
}
