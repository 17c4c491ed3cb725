import { assertCondition, MAX_BLOB_BYTES } from './store.ts';
import type { Store } from './store.ts';

/**
 * A store as it stands, on which a run works as on any other, and which records nothing of it: what is written and deleted
 * ends with the run. Leases are real, so that it still waits for others.
 */
export function createUnrecordedStore(store: Store): Store {
  /** What this run wrote; undefined where it deleted. */
  const changed = new Map<string, { readonly bytes: Buffer; readonly etag: string } | undefined>();
  let writes = 0;

  const unrecorded: Store = {
    description: store.description,
    async get(name, maxBytes = MAX_BLOB_BYTES) {
      if (!changed.has(name)) return store.get(name, maxBytes);
      const blob = changed.get(name);
      return blob && { ...blob, bytes: blob.bytes.length > maxBytes ? undefined : blob.bytes };
    },
    async put(name, bytes, condition) {
      if (condition !== 'always') assertCondition(condition, (await unrecorded.get(name))?.etag);
      writes += 1;
      const etag = `unrecorded-${writes}`;
      changed.set(name, { bytes, etag });
      return etag;
    },
    async *list(prefix) {
      const names = new Set<string>();
      for await (const name of store.list(prefix)) names.add(name);
      for (const [name, blob] of changed) {
        if (blob === undefined) names.delete(name);
        else if (name.startsWith(prefix)) names.add(name);
      }
      yield* [...names].sort((one, other) => (one < other ? -1 : 1));
    },
    async delete(name) {
      changed.set(name, undefined);
    },
    acquireLease: (name) => store.acquireLease(name),
  };
  return unrecorded;
}
