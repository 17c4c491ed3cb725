import { emptied } from '../sources/people-index.ts';

const FIRST_CAPACITY = 1 << 10;
const MAX_LOAD = 0.6;

/**
 * The ids of sign-ins already counted, as 64-bit fingerprints in an open hash table: about 13 bytes an id. Two
 * of a million ids share a fingerprint with a chance of one in forty million.
 */
export class SeenIds {
  #size = 0;
  /** The two halves of each fingerprint side by side, so that looking one up goes to memory once. */
  #prints = new Uint32Array(FIRST_CAPACITY * 2);

  /** True when the id was not there before. */
  add(id: string): boolean {
    fingerprint(id);
    // Zero marks an empty place, so no fingerprint may be all zero.
    if (!this.#insert(print[0]!, print[1]! || 1)) return false;
    this.#size += 1;
    if (this.#size * 2 > this.#prints.length * MAX_LOAD) this.#grow();
    return true;
  }

  /** Gives up its memory; it must not be used after this. */
  release(): void {
    this.#prints = emptied(this.#prints);
  }

  #insert(high: number, low: number): boolean {
    const prints = this.#prints;
    const mask = prints.length - 1;
    for (let at = ((high ^ low) << 1) & mask; ; at = (at + 2) & mask) {
      if (prints[at] === 0) {
        prints[at] = low;
        prints[at + 1] = high;
        return true;
      }
      if (prints[at] === low && prints[at + 1] === high) return false;
    }
  }

  #grow(): void {
    const prints = this.#prints;
    this.#prints = new Uint32Array(prints.length * 2);
    for (let at = 0; at < prints.length; at += 2) {
      if (prints[at] !== 0) this.#insert(prints[at + 1]!, prints[at]!);
    }
    emptied(prints);
  }
}

const [HIGH_SEED, HIGH_MULTIPLIER] = [0x811c9dc5, 0x01000193];
const [LOW_SEED, LOW_MULTIPLIER] = [0x9747b28c, 0x5bd1e995];

/** The two halves of the fingerprint that was worked out last, unsigned 32 bits each. */
const print = new Uint32Array(2);

/** FNV-1a with a multiplier of choice and a final mix, twice at once. */
function fingerprint(id: string): void {
  let [high, low] = [HIGH_SEED, LOW_SEED];
  for (let at = 0; at < id.length; at += 1) {
    const code = id.charCodeAt(at);
    high = Math.imul(high ^ code, HIGH_MULTIPLIER);
    high ^= high >>> 15;
    low = Math.imul(low ^ code, LOW_MULTIPLIER);
    low ^= low >>> 15;
  }
  print[0] = mixed(high);
  print[1] = mixed(low);
}

function mixed(bits: number): number {
  let hash = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
