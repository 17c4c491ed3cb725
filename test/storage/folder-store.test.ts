import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createFolderStore } from '../../lib/storage/folder-store.ts';
import type { Store } from '../../lib/storage/store.ts';

const startedAt = new Date('2026-11-21T06:00:00Z');
const bytes = Buffer.from('{"some":"bytes"}');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'folder-store-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function openAt(at: Date, leaseMs?: number) {
  return createFolderStore(folder, { now: () => at, leaseMs });
}

function minutesLater(minutes: number): Date {
  return new Date(startedAt.getTime() + minutes * 60_000);
}

async function modeOf(...path: readonly string[]): Promise<string> {
  return ((await stat(join(folder, ...path))).mode & 0o777).toString(8);
}

/** A lock of the store as another process would have left it. */
async function leaveTicket(
  lock: string,
  holder: { pid: number; host: string } | null,
): Promise<void> {
  await mkdir(join(folder, lock), { recursive: true });
  await writeFile(join(folder, lock, '7'), JSON.stringify(holder));
}

/** The id of a process that has ended. */
function deadPid(): number {
  const script = 'process.stdout.write(String(process.pid))';
  return Number(execFileSync(process.execPath, ['-e', script]));
}

describe('createFolderStore', () => {
  it('lets nobody else read what it keeps', async () => {
    await openAt(startedAt).put('ledger/2026-11-20.json', bytes, 'always');

    const modes = [await modeOf('ledger'), await modeOf('ledger', '2026-11-20.json')];

    expect(modes).toEqual(['700', '600']);
  });

  it('reads and lists a file that a person put there', async () => {
    await writeFile(join(folder, 'exceptions.csv'), bytes);
    await writeFile(join(folder, '100% mine.txt'), bytes);
    await writeFile(join(folder, '.DS_Store'), bytes);
    const store = openAt(startedAt);

    const names: string[] = [];
    for await (const name of store.list('')) names.push(name);

    expect(names).toEqual(['100% mine.txt', 'exceptions.csv']);
    expect((await store.get('exceptions.csv'))?.bytes).toEqual(bytes);
  });

  it('lists nothing where no folder of the prefix is, unless its own is missing', async () => {
    await writeFile(join(folder, 'file'), bytes);
    const missing = createFolderStore(join(folder, 'missing'), { now: () => startedAt });
    const namesOf = async (store: Store, prefix: string) => {
      const names: string[] = [];
      for await (const name of store.list(prefix)) names.push(name);
      return names;
    };

    expect(await namesOf(openAt(startedAt), 'ledger/2026')).toEqual([]);
    expect(await namesOf(openAt(startedAt), 'file/2026')).toEqual([]);
    for (const prefix of ['', 'ledger/2026']) {
      await expect(namesOf(missing, prefix)).rejects.toMatchObject({ code: 'state_unreachable' });
    }
  });

  it('leaves the old file whole until the new one is', async () => {
    const store = openAt(startedAt);
    await store.put('claim', bytes, 'always');
    await mkdir(join(folder, `.new-${process.pid}`));

    const write = store.put('claim', Buffer.from('other'), 'always');

    await expect(write).rejects.toMatchObject({ code: 'state_unreachable' });
    expect(await readFile(join(folder, 'claim'))).toEqual(bytes);
  });

  it('goes on after a failed write', async () => {
    const store = openAt(startedAt);
    await mkdir(join(folder, 'taken', 'below'), { recursive: true });

    const failed = store.put('taken', bytes, 'always');

    await expect(failed).rejects.toMatchObject({ code: 'state_unreachable' });
    await expect(store.put('free', bytes, 'always')).resolves.toEqual(expect.any(String));
  });

  it('names no path when the folder cannot be used', async () => {
    await writeFile(join(folder, 'file'), bytes);
    const store = createFolderStore(join(folder, 'file'), { now: () => startedAt });

    const error: unknown = await store
      .put('claim', bytes, 'always')
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: 'state_unreachable', facts: { systemCode: 'ENOTDIR' } });
    expect((error as Error).message).toContain('STATE_LOCATION');
    expect((error as Error).message).not.toContain(folder);
  });

  it.each([
    ['has ended', () => ({ pid: deadPid(), host: hostname() }), 0, true],
    ['lives', () => ({ pid: process.pid, host: hostname() }), 0, false],
    [
      'lives but has not beaten for a minute',
      () => ({ pid: process.pid, host: hostname() }),
      2,
      true,
    ],
    ['is on another machine', () => ({ pid: deadPid(), host: 'elsewhere' }), 0, false],
    ['was on another machine', () => ({ pid: deadPid(), host: 'elsewhere' }), 2, true],
    [
      'beat on another machine under a clock that was ahead',
      () => ({ pid: deadPid(), host: 'elsewhere' }),
      -2,
      true,
    ],
    [
      'lives and beat under a clock that was ahead',
      () => ({ pid: process.pid, host: hostname() }),
      -2,
      false,
    ],
    ['is not named', () => null, 0, false],
    ['was not named', () => null, 2, true],
  ])('takes a lease or not when its holder %s', async (_what, holder, minutes, isTaken) => {
    await leaveTicket('.holds/ledger', holder());
    const { mtime } = await stat(join(folder, '.holds/ledger/7'));

    const lease = await openAt(new Date(mtime.getTime() + minutes * 60_000)).acquireLease('ledger');

    expect(lease !== undefined).toBe(isTaken);
    await lease?.release();
  });

  it('writes on after a process that was killed while it wrote', async () => {
    await leaveTicket('.write', { pid: deadPid(), host: hostname() });
    const store = openAt(new Date());

    await store.put('claim', bytes, { ifAbsent: true });

    expect((await store.get('claim'))?.bytes).toEqual(bytes);
  });

  it('says when a lease was lost to another', async () => {
    const lease = await openAt(startedAt, 60_000).acquireLease('ledger');
    const slow = await openAt(minutesLater(2), 300).acquireLease('ledger');

    const other = await openAt(minutesLater(4)).acquireLease('ledger');
    await once(slow!.signal, 'abort');

    expect(slow?.signal.reason).toMatchObject({ code: 'state_conflict' });
    expect(other?.signal.aborted).toBe(false);
    await Promise.all([lease?.release(), other?.release()]);
  });

  it('leaves the lease of its successor alone when it is released late', async () => {
    const slow = await openAt(startedAt).acquireLease('ledger');
    const successor = await openAt(minutesLater(2)).acquireLease('ledger');

    await slow?.release();

    expect(await openAt(minutesLater(2)).acquireLease('ledger')).toBeUndefined();
    await successor?.release();
  });

  it('keeps one file a lock, however often it is taken', async () => {
    for (let round = 0; round < 20; round++)
      await (await openAt(startedAt).acquireLease('ledger'))?.release();

    const files = execFileSync('ls', [join(folder, '.holds', 'ledger')]).toString();

    expect(files).toBe('20\n');
  });

  it('gives no bytes of a file that is longer than was asked for, and writes over it all the same', async () => {
    const store = openAt(startedAt);
    await store.put('claim', bytes, 'always');

    const long = await store.get('claim', bytes.length - 1);
    await store.put('claim', bytes, { ifMatch: (await store.get('claim', bytes.length))!.etag });

    expect(long?.bytes).toBeUndefined();
    expect((await store.get('claim'))?.bytes).toEqual(bytes);
  });

  it('has nothing under a name below a file', async () => {
    const store = openAt(startedAt);
    await store.put('claim', bytes, 'always');

    expect(await store.get('claim/below')).toBeUndefined();
  });
});
