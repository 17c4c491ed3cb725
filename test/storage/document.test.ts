import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  listSetAside,
  moveAside,
  readDocument,
  setAside,
  writeDocument,
} from '../../lib/storage/document.ts';
import type { DocumentFormat } from '../../lib/storage/document.ts';
import { createFolderStore } from '../../lib/storage/folder-store.ts';
import type { Store } from '../../lib/storage/store.ts';
import { anyText } from '../support/any-text.ts';
import { packedBlanks } from '../support/packed-blanks.ts';

interface Sample {
  readonly label: string;
  readonly counts: readonly number[];
}

const format: DocumentFormat<Sample> = {
  kind: 'sample',
  version: 2,
  parse({ label, counts }, version) {
    if (version === 1) return { label: 'from before labels', counts: counts as number[] };
    if (typeof label !== 'string') throw new TypeError(`${String(label)} is no label.`);
    return { label, counts: counts as number[] };
  },
  write: (content) => content,
};

const now = new Date('2026-11-21T06:00:00.123Z');
const sample: Sample = { label: 'one', counts: [1, 2] };

let root: string;
let places = 0;
let store: Store;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'documents-'));
});

beforeEach(() => {
  store = createFolderStore(join(root, String(places++)), { now: () => now });
});

afterAll(async () => {
  await rm(root, { recursive: true });
});

function toBytes(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

const packed = gzipSync(toBytes({ kind: 'sample', version: 2, ...sample }));

const unreadables: readonly (readonly [string, string, Buffer, string])[] = [
  ['something else than gzip', 'sample.json.gz', toBytes({ kind: 'sample' }), 'not gzip'],
  ['a cut gzip', 'sample.json.gz', packed.subarray(0, -9), 'not gzip'],
  ['an empty gzip name', 'sample.json.gz', Buffer.alloc(0), 'not gzip'],
  ['gzip of no JSON', 'sample.json.gz', gzipSync('{'), 'not JSON'],
  ['gzip under a plain name', 'sample.json', packed, 'not JSON'],
  ['nothing', 'sample.json', Buffer.alloc(0), 'not JSON'],
  ['a cut JSON', 'sample.json', Buffer.from('{"kind":"sample"'), 'not JSON'],
  [
    'no UTF-8',
    'sample.json',
    Buffer.from('{"kind":"sample","label":"\xe9"}', 'latin1'),
    'not JSON',
  ],
  ['null', 'sample.json', toBytes(null), 'another kind'],
  ['an array', 'sample.json', toBytes([sample]), 'another kind'],
  [
    'another kind',
    'sample.json',
    toBytes({ kind: 'claim', version: 2, ...sample }),
    'another kind',
  ],
  ['a newer version', 'sample.json', toBytes({ kind: 'sample', version: 3 }), 'a newer version'],
  ['no version', 'sample.json', toBytes({ kind: 'sample', ...sample }), 'unexpected content'],
  [
    'content that does not parse',
    'sample.json',
    toBytes({ kind: 'sample', version: 2, label: 7 }),
    'unexpected content',
  ],
];

describe('readDocument', () => {
  it('has nothing where nothing was written', async () => {
    expect(await readDocument(store, 'sample.json', format, now)).toBeUndefined();
  });

  it.each(['sample.json', 'sample.json.gz'])('reads from %s what was written', async (name) => {
    await fc.assert(
      fc.asyncProperty(anyText(), fc.array(fc.integer()), async (label, counts) => {
        const previous = await readDocument(store, name, format, now);

        const written = await writeDocument(
          store,
          name,
          format,
          { label, counts },
          { previous, now },
        );

        expect(await readDocument(store, name, format, now)).toEqual(written);
      }),
      { numRuns: 30 },
    );
  });

  it('ignores fields that it does not know', async () => {
    const grown = { kind: 'sample', version: 2, ...sample, grown: true };
    await store.put('sample.json', toBytes(grown), 'always');

    const read = await readDocument(store, 'sample.json', format, now);

    expect(read).toMatchObject({ unreadable: false, content: sample });
  });

  it('reads an older version as its format does', async () => {
    await store.put('sample.json', toBytes({ kind: 'sample', version: 1, counts: [3] }), 'always');

    const read = await readDocument(store, 'sample.json', format, now);

    expect(read).toMatchObject({ content: { label: 'from before labels', counts: [3] } });
  });

  it.each(unreadables)(
    'says that %s cannot be read, and why',
    async (_what, name, bytes, reason) => {
      const etag = await store.put(name, bytes, 'always');

      const read = await readDocument(store, name, format, now);

      expect(read).toEqual({ unreadable: true, reason, etag });
    },
  );
});

describe('a document from the future', () => {
  const dated: DocumentFormat<Sample> = { ...format, latestAt: ({ counts }) => counts[0] ?? 0 };
  const aheadBy = (minutes: number) => ({
    ...sample,
    counts: [now.getTime() + minutes * 60_000],
  });
  const over = { previous: undefined, now };

  it.each([
    [9, false],
    [11, true],
  ])('cannot be read where it knows of an instant %d minutes ahead: %j', async (minutes, isOdd) => {
    await writeDocument(store, 'sample.json', dated, aheadBy(minutes), over);

    expect(await readDocument(store, 'sample.json', dated, now)).toMatchObject(
      isOdd ? { unreadable: true, reason: 'from the future' } : { unreadable: false },
    );
  });

  it('is set aside, and its name taken away, where that belongs to a day that has not come', async () => {
    await writeDocument(store, 'sample.json', dated, aheadBy(60), over);

    await moveAside(store, 'sample.json', now);

    const aside = await store.get('set-aside/sample.json-2026-11-21T06-00-00.123Z');
    expect(aside?.bytes?.toString()).toContain('"kind":"sample"');
    expect(await store.get('sample.json')).toBeUndefined();
  });
});

describe('a document that belongs under another name', () => {
  it('cannot be read', async () => {
    const named = { ...format, isNamed: ({ label }: Sample, name: string) => name.includes(label) };
    await writeDocument(store, 'two.json', named, sample, { previous: undefined, now });

    const read = await readDocument(store, 'two.json', named, now);

    expect(read).toMatchObject({ unreadable: true, reason: 'unexpected content' });
  });
});

describe('a document of more than 256 MB', () => {
  it('is not unpacked, and is set aside as it lies there', async () => {
    const bomb = packedBlanks(257);
    const etag = await store.put('sample.json.gz', bomb, 'always');

    const previous = await readDocument(store, 'sample.json.gz', format, now);
    await writeDocument(store, 'sample.json.gz', format, sample, { previous, now });

    const aside = await store.get('set-aside/sample.json.gz-2026-11-21T06-00-00.123Z');
    expect(previous).toEqual({ unreadable: true, reason: 'longer than 256 MB', etag });
    expect(aside?.bytes?.equals(bomb)).toBe(true);
  });
});

describe('writeDocument', () => {
  it('writes kind and version first, and packs what ends in .gz', async () => {
    const over = { previous: undefined, now };

    await writeDocument(store, 'sample.json', format, sample, over);
    await writeDocument(store, 'sample.json.gz', format, sample, over);

    const expected = '{"kind":"sample","version":2,"label":"one","counts":[1,2]}';
    expect((await store.get('sample.json'))?.bytes?.toString()).toBe(expected);
    expect(gunzipSync((await store.get('sample.json.gz'))!.bytes!).toString()).toBe(expected);
  });

  it('writes over what it returned before', async () => {
    const over = { previous: undefined, now };
    const previous = await writeDocument(store, 'sample.json', format, sample, over);

    const next = { label: 'two', counts: [] };
    await writeDocument(store, 'sample.json', format, next, { previous, now });

    expect(await readDocument(store, 'sample.json', format, now)).toMatchObject({ content: next });
  });

  it('refuses to write over what its caller has not seen', async () => {
    const over = { previous: undefined, now };
    const seen = await writeDocument(store, 'sample.json', format, sample, over);
    const unseen = Buffer.from('not a document');
    await store.put('sample.json', unseen, 'always');

    const writes = [undefined, seen].map((previous) =>
      writeDocument(store, 'sample.json', format, sample, { previous, now }),
    );

    for (const outcome of await Promise.allSettled(writes))
      expect(outcome).toMatchObject({ reason: { code: 'state_conflict' } });
    expect((await store.get('sample.json'))?.bytes).toEqual(unseen);
  });

  it.each(unreadables)('keeps the bytes of %s aside when it writes', async (_what, name, bytes) => {
    await store.put(name, bytes, 'always');
    const previous = await readDocument(store, name, format, now);

    await writeDocument(store, name, format, sample, { previous, now });

    const aside = await store.get(`set-aside/${name}-2026-11-21T06-00-00.123Z`);
    expect(aside?.bytes).toEqual(bytes);
    expect(await readDocument(store, name, format, now)).toMatchObject({ content: sample });
  });

  it('does not write when the bytes cannot be kept', async () => {
    const bytes = Buffer.from('not a document');
    await store.put('sample.json', bytes, 'always');
    const previous = await readDocument(store, 'sample.json', format, now);
    const full: Store = {
      ...store,
      put: (name, ...rest) =>
        name.startsWith('set-aside/')
          ? Promise.reject(new Error('Full.'))
          : store.put(name, ...rest),
    };

    const write = writeDocument(full, 'sample.json', format, sample, { previous, now });

    await expect(write).rejects.toThrow('Full.');
    expect((await store.get('sample.json'))?.bytes).toEqual(bytes);
  });
});

describe('setAside', () => {
  it('has nothing to keep where nothing is', async () => {
    expect(await setAside(store, 'sample.json', now)).toBeUndefined();
  });

  it('keeps other bytes of one instant apart, and the same bytes once', async () => {
    const asides: (string | undefined)[] = [];
    for (const text of ['first', 'second', 'second']) {
      await store.put('sample.json', Buffer.from(text), 'always');

      asides.push(await setAside(store, 'sample.json', now));
    }

    const aside = 'set-aside/sample.json-2026-11-21T06-00-00.123Z';
    expect(asides).toEqual([aside, `${aside}-2`, `${aside}-2`]);
    expect((await store.get(aside))?.bytes?.toString()).toBe('first');
    expect((await store.get(`${aside}-2`))?.bytes?.toString()).toBe('second');
  });
});

describe('listSetAside', () => {
  const minuteLater = new Date(now.getTime() + 60_000);
  async function listAll(prefix: string, after: string): Promise<readonly string[]> {
    const names: string[] = [];
    for await (const name of listSetAside(store, prefix, after)) names.push(name);
    return names;
  }

  it('names what was set aside after an instant, each copy of it', async () => {
    for (const name of ['ledger/days/2026-11-19.json.gz', 'ledger/tail.json.gz', 'other.json']) {
      await store.put(name, Buffer.from('damage'), { ifAbsent: true });
    }
    await setAside(store, 'ledger/days/2026-11-19.json.gz', now);
    await setAside(store, 'ledger/tail.json.gz', minuteLater);
    await store.put('ledger/tail.json.gz', Buffer.from('more damage'), 'always');
    await setAside(store, 'ledger/tail.json.gz', minuteLater);
    await setAside(store, 'other.json', minuteLater);

    expect(await listAll('ledger/', '')).toEqual([
      'ledger/days/2026-11-19.json.gz',
      'ledger/tail.json.gz',
      'ledger/tail.json.gz',
    ]);
    expect(await listAll('ledger/', now.toISOString())).toEqual([
      'ledger/tail.json.gz',
      'ledger/tail.json.gz',
    ]);
    expect(await listAll('ledger/', minuteLater.toISOString())).toEqual([]);
  });
});
