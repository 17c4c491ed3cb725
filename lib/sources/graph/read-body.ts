import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** A whole body. Once released it must not be read any more; one that is never released is collected. */
export interface Body {
  readonly bytes: Buffer;
  readonly release: () => void;
}

const decompress = promisify(gunzip);

const FIRST_BYTES = 512 * 1024;

/** A longer buffer is not kept: one odd answer must not cost memory for the rest of a run. */
const MOST_KEPT_BYTES = 4 * 1024 * 1024;

/**
 * Reads bodies into buffers that are used again. A new one for each page would stand around by the dozen, outside the
 * heap, until the next collection.
 */
export class BodyReader {
  readonly #spare: Buffer[] = [];

  /** Unpacks what came compressed; rejects where the body is cut short or damaged. */
  async read(incoming: IncomingMessage): Promise<Body> {
    const { buffer, length } = await this.#collect(incoming);
    const release = () => {
      if (buffer.length <= MOST_KEPT_BYTES) this.#spare.push(buffer);
    };
    const bytes = buffer.subarray(0, length);
    if (incoming.headers['content-encoding'] !== 'gzip') return { bytes, release };
    try {
      return { bytes: await decompress(bytes), release: () => undefined };
    } finally {
      release();
    }
  }

  #collect(incoming: IncomingMessage): Promise<Collected> {
    return new Promise((resolve, reject) => {
      let buffer = this.#spare.pop() ?? Buffer.allocUnsafeSlow(FIRST_BYTES);
      let length = 0;
      incoming.on('data', (chunk: Buffer) => {
        const needed = length + chunk.length;
        if (needed > buffer.length) {
          const longer = Buffer.allocUnsafeSlow(Math.max(needed, buffer.length * 2));
          buffer.copy(longer, 0, 0, length);
          buffer = longer;
        }
        chunk.copy(buffer, length);
        length = needed;
      });
      finished(incoming, (error) => {
        if (error) reject(error);
        else if (incoming.complete) resolve({ buffer, length });
        else reject(new Error('body cut short'));
      });
    });
  }
}

interface Collected {
  readonly buffer: Buffer;
  readonly length: number;
}
