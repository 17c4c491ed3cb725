import { MailerError } from '../errors.ts';
import type { Store, StoredBlob } from './store.ts';

/** A store that lasts as long as the process: a run without memory works on it as on any other. */
export function createVolatileStore(): Store {
  const blobs = new Map<string, StoredBlob>();
  let writes = 0;
  return {
    description: 'no memory',
    get: async (name) => blobs.get(name),
    async put(name, bytes, condition) {
      const etag = blobs.get(name)?.etag;
      const isMet =
        condition === 'always' ||
        ('ifAbsent' in condition ? etag === undefined : etag === condition.ifMatch);
      if (!isMet) {
        throw new MailerError(
          'state_conflict',
          'Something else was written to the memory meanwhile.',
        );
      }
      writes += 1;
      blobs.set(name, { bytes, etag: String(writes) });
      return String(writes);
    },
    async *list(prefix) {
      yield* [...blobs.keys()].filter((name) => name.startsWith(prefix)).sort();
    },
    async delete(name) {
      blobs.delete(name);
    },
    hold: async () => ({ signal: new AbortController().signal, release: async () => undefined }),
  };
}
