import { beforeEach, describe, expect, it } from '@jest/globals';
import { createVolatileStore } from '../../lib/storage/store.ts';
import type { Store } from '../../lib/storage/store.ts';
import { createUnrecordedStore } from '../../lib/storage/unrecorded-store.ts';

const [one, two] = [Buffer.from('one'), Buffer.from('two')];

let store: Store;
let unrecorded: Store;

beforeEach(async () => {
  store = createVolatileStore();
  await store.put('day/1', one, 'always');
  await store.put('day/2', one, 'always');
  unrecorded = createUnrecordedStore(store);
});

async function contentsOf(read: Store): Promise<Readonly<Record<string, string>>> {
  const contents: Record<string, string> = {};
  for await (const name of read.list('')) {
    contents[name] = String((await read.get(name))?.bytes);
  }
  return contents;
}

describe('createUnrecordedStore', () => {
  it('shows what is written and deleted, and leaves the store as it is', async () => {
    await unrecorded.put('day/1', two, 'always');
    await unrecorded.put('day/0', two, { ifAbsent: true });
    await unrecorded.delete('day/2');

    expect(await contentsOf(unrecorded)).toEqual({ 'day/0': 'two', 'day/1': 'two' });
    expect(await contentsOf(store)).toEqual({ 'day/1': 'one', 'day/2': 'one' });
  });

  it('heeds conditions, also of what the store holds and of what was deleted', async () => {
    const { etag } = (await unrecorded.get('day/1'))!;
    await unrecorded.put('day/1', two, { ifMatch: etag });
    await unrecorded.delete('day/2');

    await expect(unrecorded.put('day/1', one, { ifMatch: etag })).rejects.toMatchObject({
      code: 'state_conflict',
    });
    await expect(unrecorded.put('day/1', one, { ifAbsent: true })).rejects.toMatchObject({
      code: 'state_conflict',
    });
    await expect(unrecorded.put('day/2', one, { ifAbsent: true })).resolves.toEqual(
      expect.any(String),
    );
  });

  it('lists under a prefix in ascending order', async () => {
    await unrecorded.put('day/10', two, 'always');
    await unrecorded.put('tail', two, 'always');
    const names: string[] = [];
    for await (const name of unrecorded.list('day/')) names.push(name);

    expect(names).toEqual(['day/1', 'day/10', 'day/2']);
  });

  it('gives no bytes of what is longer than was asked for', async () => {
    await unrecorded.put('day/1', two, 'always');

    expect((await unrecorded.get('day/1', 2))?.bytes).toBeUndefined();
    expect((await unrecorded.get('day/2', 2))?.bytes).toBeUndefined();
  });
});
