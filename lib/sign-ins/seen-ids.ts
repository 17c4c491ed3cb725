import { emptied } from '../sources/people-index.ts';

const FIRST_CAPACITY = 1 << 10;
const MAX_LOAD = 0.6;

/**
 * The ids of sign-ins already counted, as 64-bit fingerprints in an open hash table: about 13 bytes an id. Two
 * of a million ids share a fingerprint with a chance of one in forty million.
 */
export class SeenIds {
  #size = 0;
  #high = new Uint32Array(FIRST_CAPACITY);
  #low = new Uint32Array(FIRST_CAPACITY);

  /** True when the id was not there before. */
  add(id: string): boolean {
    const high = fingerprint(id, 0x811c9dc5, 0x01000193);
    // Zero marks an empty place, so no fingerprint may be all zero.
    const low = fingerprint(id, 0x9747b28c, 0x5bd1e995) || 1;
    if (!this.#insert(high, low)) return false;
    this.#size += 1;
    if (this.#size > this.#high.length * MAX_LOAD) this.#grow();
    return true;
  }

  /** Gives up its memory; it must not be used after this. */
  release(): void {
    this.#high = emptied(this.#high);
    this.#low = emptied(this.#low);
  }

  #insert(high: number, low: number): boolean {
    const mask = this.#high.length - 1;
    for (let place = (high ^ low) & mask; ; place = (place + 1) & mask) {
      if (this.#low[place] === 0) {
        this.#high[place] = high;
        this.#low[place] = low;
        return true;
      }
      if (this.#high[place] === high && this.#low[place] === low) return false;
    }
  }

  #grow(): void {
    const [high, low] = [this.#high, this.#low];
    this.#high = new Uint32Array(high.length * 2);
    this.#low = new Uint32Array(low.length * 2);
    for (let place = 0; place < low.length; place += 1) {
      if (low[place] !== 0) this.#insert(high[place] ?? 0, low[place] ?? 0);
    }
    emptied(high);
    emptied(low);
  }
}

/** FNV-1a with a multiplier of choice and a final mix, unsigned 32 bits. */
function fingerprint(id: string, seed: number, multiplier: number): number {
  let hash = seed;
  for (let at = 0; at < id.length; at += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(at), multiplier);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
