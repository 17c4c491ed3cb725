const FIRST_CAPACITY = 1024;
const NOBODY = -1;
const WORDS = 4;

/**
 * Numbers the people by object id, so that counts can live in typed arrays. Ids compare without case. GUIDs are
 * found by their bytes: a text fresh from a page would have to be hashed and compared as a text every time.
 */
export class PeopleIndex {
  readonly #ids: string[] = [];
  /** The bytes of each id by its number, high ones first; zeros where it is no GUID. */
  #words = new Uint32Array(FIRST_CAPACITY * WORDS);
  /** Numbers of GUIDs by hash, in an open table twice as long as the list at least. */
  #places = new Int32Array(FIRST_CAPACITY * 2).fill(NOBODY);
  /** Numbers of ids that are no GUID. */
  readonly #others = new Map<string, number>();

  get size(): number {
    return this.#ids.length;
  }

  /** The number of this id; a new one where it was not known. */
  add(id: string): number {
    const known = this.find(id);
    if (known !== undefined) return known;
    const number = this.#ids.length;
    if ((number + 1) * WORDS > this.#words.length) this.#grow();
    this.#ids.push(id);
    if (readGuid(id)) {
      this.#words.set(guid, number * WORDS);
      this.#places[this.#findPlace()] = number;
    } else this.#others.set(id.toLowerCase(), number);
    return number;
  }

  find(id: string): number | undefined {
    return readGuid(id) ? this.#findGuid() : this.#others.get(id.toLowerCase());
  }

  /** The number of the GUID that stands in these bytes; undefined where it is not known, or none. */
  findIn(bytes: Uint8Array, from: number): number | undefined {
    return readGuidIn(bytes, from) ? this.#findGuid() : undefined;
  }

  idOf(number: number): string {
    const id = this.#ids[number];
    if (id === undefined) throw new RangeError(`No person has the number ${number}.`);
    return id;
  }

  /** Whether an id can be kept as sixteen bytes. */
  isGuid(number: number): boolean {
    for (let word = 0; word < WORDS; word += 1) {
      if (this.#words[number * WORDS + word] !== 0) return true;
    }
    return false;
  }

  /** What orders most people: the first four bytes of a GUID; an id that is none is not before any. */
  leadingWord(number: number): number {
    return this.isGuid(number) ? (this.#words[number * WORDS] ?? 0) : 0xffffffff;
  }

  /** The order of two GUIDs by their bytes. */
  compareGuids(a: number, b: number): number {
    const words = this.#words;
    for (let word = 0; word < WORDS; word += 1) {
      const order = words[a * WORDS + word]! - words[b * WORDS + word]!;
      if (order !== 0) return order;
    }
    return 0;
  }

  writeGuid(number: number, bytes: Buffer, at: number): void {
    for (let word = 0; word < WORDS; word += 1) {
      bytes.writeUInt32BE(this.#words[number * WORDS + word]!, at + word * 4);
    }
  }

  #findGuid(): number | undefined {
    const number = this.#places[this.#findPlace()];
    return number === NOBODY ? undefined : number;
  }

  /** Where the GUID that was read last is kept, or would be. */
  #findPlace(): number {
    const [places, words] = [this.#places, this.#words];
    const [a, b, c, d] = [guid[0]!, guid[1]!, guid[2]!, guid[3]!];
    const mixed =
      Math.imul(a ^ Math.imul(d, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(b ^ c, 0xc2b2ae35);
    const mask = places.length - 1;
    for (let place = (mixed ^ (mixed >>> 15)) & mask; ; place = (place + 1) & mask) {
      const number = places[place]!;
      if (number === NOBODY) return place;
      const at = number * WORDS;
      if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) {
        return place;
      }
    }
  }

  #grow(): void {
    this.#words = lengthened(this.#words, this.#words.length * 2);
    this.#places = lengthened(this.#places, this.#places.length * 2).fill(NOBODY);
    const wanted = guid.slice();
    for (let number = 0; number < this.#ids.length; number += 1) {
      if (!this.isGuid(number)) continue;
      guid.set(this.#words.subarray(number * WORDS, (number + 1) * WORDS));
      this.#places[this.#findPlace()] = number;
    }
    guid.set(wanted);
  }
}

/** The GUID that was read last, so that reading one makes nothing that has to be collected. */
const guid = new Uint32Array(WORDS);

const NO_DIGIT = 0xff;
const DIGITS = new Uint8Array(128).fill(NO_DIGIT);
for (let value = 0; value < 16; value += 1) {
  const digit = value.toString(16);
  DIGITS[digit.charCodeAt(0)] = value;
  DIGITS[digit.toUpperCase().charCodeAt(0)] = value;
}
const DASH = 45;

/** Reads an id into `guid`; false where it is none, or the one of zeros, which means nobody. */
function readGuid(id: string): boolean {
  if (id.length !== 36) return false;
  let at = 0;
  for (let word = 0; word < WORDS; word += 1) {
    let value = 0;
    for (let digit = 0; digit < 8; digit += 1) {
      if ((at === 8 || at === 13 || at === 18 || at === 23) && id.charCodeAt(at++) !== DASH) {
        return false;
      }
      const read = DIGITS[id.charCodeAt(at++)] ?? NO_DIGIT;
      if (read === NO_DIGIT) return false;
      value = (value << 4) | read;
    }
    guid[word] = value;
  }
  return (guid[0]! | guid[1]! | guid[2]! | guid[3]!) !== 0;
}

/** Reads the 36 characters of an id that stand in bytes; false where they are none. */
function readGuidIn(bytes: Uint8Array, from: number): boolean {
  let at = from;
  for (let word = 0; word < WORDS; word += 1) {
    let value = 0;
    for (let digit = 0; digit < 8; digit += 1) {
      const place = at - from;
      if ((place === 8 || place === 13 || place === 18 || place === 23) && bytes[at++] !== DASH) {
        return false;
      }
      const read = DIGITS[bytes[at++]!] ?? NO_DIGIT;
      if (read === NO_DIGIT) return false;
      value = (value << 4) | read;
    }
    guid[word] = value;
  }
  return (guid[0]! | guid[1]! | guid[2]! | guid[3]!) !== 0;
}

type TypedArray = Int32Array | Uint8Array | Uint32Array | Float64Array;

/**
 * A longer array with the same beginning, zeros after it. The old one is empty at once: left to be collected, arrays
 * outgrown would add up to more than those in use.
 */
export function lengthened<List extends TypedArray>(list: List, length: number): List {
  const { buffer, BYTES_PER_ELEMENT: bytes, constructor } = list;
  const longer = (buffer as ArrayBuffer).transfer(length * bytes);
  return new (constructor as new (memory: ArrayBuffer) => List)(longer);
}

/** Gives up the memory of an array that nobody will read again. */
export function emptied<List extends TypedArray>(list: List): List {
  return lengthened(list, 0);
}
