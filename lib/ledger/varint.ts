import { lengthened } from '../sources/people-index.ts';

/** Whole numbers up to 2^53 take eight bytes at most, seven bits a byte. */
const MAX_BYTES = 8;
const MAX_INT = 2 ** 31 - 1;

/** Writes whole numbers from 0 to 2^53 in as few bytes as they need, seven bits a byte, low ones first. */
export class ByteWriter {
  #bytes = new Uint8Array(1024);
  #length = 0;

  write(value: number): void {
    if (this.#length + MAX_BYTES > this.#bytes.length) {
      this.#bytes = lengthened(this.#bytes, this.#bytes.length * 2);
    }
    let rest = value;
    while (rest > MAX_INT) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    // Nearly all numbers fit into 31 bits, where shifting is far quicker than dividing.
    let bits = rest | 0;
    for (; bits > 0x7f; bits >>= 7) this.#bytes[this.#length++] = (bits & 0x7f) | 0x80;
    this.#bytes[this.#length++] = bits;
  }

  toBuffer(): Buffer {
    return Buffer.from(this.#bytes.buffer, 0, this.#length);
  }
}

/** Reads what ByteWriter wrote; throws RangeError where the bytes end too early or a number is too long. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  read(): number {
    const first = this.#bytes[this.#at++];
    if (first === undefined) throw new RangeError('A number is cut short.');
    return first < 0x80 ? first : this.#readLong(first & 0x7f);
  }

  #readLong(low: number): number {
    let value = low;
    let scale = 0x80;
    for (let length = 2; length <= MAX_BYTES; length += 1, scale *= 0x80) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError('A number is cut short.');
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (!Number.isSafeInteger(value)) break;
        return value;
      }
    }
    throw new RangeError('A number is too long.');
  }
}
