import { lengthened } from '../sources/people-index.ts';

/** Different people, by their numbers. */
export class PeopleSet {
  size = 0;
  #has = new Uint8Array(1024);

  add(person: number): void {
    if (person >= this.#has.length) {
      this.#has = lengthened(this.#has, Math.max(person + 1, this.#has.length * 2));
    }
    if (this.#has[person] === 1) return;
    this.#has[person] = 1;
    this.size += 1;
  }
}
