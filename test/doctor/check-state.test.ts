import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkState } from '../../lib/doctor/check-surroundings.ts';
import { openStore } from '../../lib/storage/open-store.ts';
import type { Store } from '../../lib/storage/store.ts';
import { aCheckContext, NOW, theFinding } from './a-check-context.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'check-state-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('checkState', () => {
  it('writes to the stored state and leaves nothing behind', async () => {
    const store = await openFolder();

    const finding = await theFinding(
      checkState(aCheckContext({ state: { store, status: 'kept' } })),
    );

    expect(finding).toMatchObject({ level: 'ok', facts: { memory: 'kept' } });
    expect(finding.what).toContain('(folder)');
    expect((await readdir(folder)).filter((name) => !name.startsWith('.'))).toEqual([]);
  });

  it('says what to do about a folder that can be read and not written to', async () => {
    const store = await openFolder();
    // Stands where the store locks the folder; permissions would not keep root out.
    await writeFile(join(folder, '.write'), '');

    const finding = await theFinding(
      checkState(aCheckContext({ state: { store, status: 'kept' } })),
    );

    expect(finding).toMatchObject({ level: 'problem', facts: { memory: 'kept' } });
    expect(finding.todo).toContain('STATE_LOCATION');
    expect(JSON.stringify(finding)).not.toContain(folder);
  });

  it('passes on why the stored state was lost, and what to do', async () => {
    const failure = {
      what: 'The storage refused the container state (403).',
      todo: 'Give the identity the role.',
    };

    const finding = await theFinding(
      checkState(aCheckContext({ state: { status: 'lost', failure } })),
    );

    expect(finding).toEqual({
      check: 'memory',
      level: 'problem',
      what: 'The storage refused the container state (403).',
      todo: 'Give the identity the role.',
      facts: { memory: 'lost' },
    });
  });

  it('says what goes without stored state, where none is wanted', async () => {
    const finding = await theFinding(checkState(aCheckContext({ state: { status: 'none' } })));

    expect(finding).toMatchObject({ level: 'ok', facts: { memory: 'none' } });
    expect(finding.what).toContain('one a day is not promised');
  });
});

async function openFolder(): Promise<Store> {
  const store = await openStore({ kind: 'folder', path: folder }, {}, { now: () => NOW });
  if (store === undefined) throw new Error('There is no store.');
  return store;
}
