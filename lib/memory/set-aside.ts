import { hasCode } from '../errors.ts';
import type { Store } from './store.ts';

/**
 * Copies the bytes of a name to `set-aside/NAME-TIME`, where nothing overwrites them, and returns that name;
 * `undefined` when there is nothing to copy. The name itself stays as it is.
 */
export async function setAside(store: Store, name: string, now: Date): Promise<string | undefined> {
  const blob = await store.get(name);
  if (blob === undefined) return undefined;
  const time = timeOf(now);
  for (let copy = 1; ; copy++) {
    const aside = `set-aside/${name}-${time}${copy === 1 ? '' : `-${copy}`}`;
    try {
      await store.put(aside, blob.bytes, { ifAbsent: true });
      return aside;
    } catch (error) {
      if (!hasCode(error, 'state_conflict')) throw error;
      if ((await store.get(aside))?.bytes.equals(blob.bytes)) return aside;
    }
  }
}

/** The names with this prefix whose bytes were set aside after an instant (ISO); `''` is before all of them. */
export async function* listSetAside(
  store: Store,
  prefix: string,
  after: string,
): AsyncGenerator<string> {
  const since = after === '' ? '' : timeOf(new Date(after));
  for await (const aside of store.list(`set-aside/${prefix}`)) {
    const [, name, time = ''] = COPY.exec(aside) ?? [];
    if (name !== undefined && time > since) yield name;
  }
}

const COPY = /^set-aside\/(.+)-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z)(?:-\d+)?$/;

function timeOf(instant: Date): string {
  return instant.toISOString().replaceAll(':', '-');
}
