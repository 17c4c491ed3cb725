import type { PeopleIndex } from '../sources/people-index.ts';
import type { TallyCursor } from './tally-cursor.ts';

const NOBODY = -1;

/**
 * The people in the order of their ids, which is the order of a tally's, so that a day is gone through once beside
 * them instead of looking for each of its people somewhere in memory.
 */
export class SortedPeople {
  readonly #people: PeopleIndex;
  readonly #numbers: Uint32Array;
  readonly #guids: Buffer;

  constructor(people: PeopleIndex) {
    this.#people = people;
    const all = Uint32Array.from({ length: people.size }, (_, number) => number);
    const guids = all.filter((number) => people.isGuid(number));
    this.#numbers = guids.sort((a, b) => people.compareGuids(a, b));
    this.#guids = Buffer.allocUnsafe(guids.length * 16);
    guids.forEach((number, place) => people.writeGuid(number, this.#guids, place * 16));
  }

  /** The number of everybody whom a tally lists, -1 for strangers. */
  numbersOf({ guids, otherIds, people: listed }: TallyCursor): Int32Array {
    const numbers = new Int32Array(listed).fill(NOBODY);
    const guidCount = listed - otherIds.length;
    let place = 0;
    for (let person = 0; person < guidCount && place < this.#numbers.length;) {
      const order = this.#compare(place, guids, person * 16);
      if (order === 0) numbers[person] = this.#numbers[place] ?? NOBODY;
      if (order <= 0) place += 1;
      if (order >= 0) person += 1;
    }
    for (const [index, id] of otherIds.entries()) {
      numbers[guidCount + index] = this.#people.find(id) ?? NOBODY;
    }
    return numbers;
  }

  #compare(place: number, bytes: Buffer, at: number): number {
    for (let word = 0; word < 16; word += 4) {
      const order = this.#guids.readUInt32BE(place * 16 + word) - bytes.readUInt32BE(at + word);
      if (order !== 0) return order;
    }
    return 0;
  }
}
