import { execFile } from 'node:child_process';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bundleFunctions } from '../../lib/packaging/bundle.ts';
import { writePackage, zipPackage } from '../../lib/packaging/package.ts';
import { copyRepository } from '../support/repository-copy.ts';

const MAX_PACKAGE_BYTES = 5 * 1024 * 1024;
const FILES = [
  'LICENSE',
  'THIRD-PARTY-NOTICES.txt',
  'functions.cjs',
  'host.json',
  'late.cjs',
  'package.json',
];

interface Built {
  readonly root: string;
  readonly zip: Buffer;
}

/** As `npm run package` does it. */
async function buildByScripts(): Promise<Built> {
  const root = await copyRepository();
  const zip = join(root, 'package.zip');
  const run = (script: string, ...args: readonly string[]) =>
    promisify(execFile)(process.execPath, [join(root, script), ...args], {
      cwd: tmpdir(),
      // What Node keeps of files in a folder of their own is never found again.
      env: { ...process.env, NODE_COMPILE_CACHE: '', TZ: 'Pacific/Auckland' },
    });
  await run('lib/packaging/bundle.ts');
  await run('lib/packaging/package.ts', '--zip', zip);
  return { root, zip: await readFile(zip) };
}

async function buildElsewhere(): Promise<Built> {
  process.env['TZ'] = 'America/Los_Angeles';
  const root = await copyRepository();
  await bundleFunctions(root);
  await writePackage(root);
  return { root, zip: await zipPackage(root) };
}

const read = ({ root }: Built, name: string) => readFile(join(root, 'dist/package', name));

let one: Built;
let other: Built;
beforeAll(async () => {
  [one, other] = await Promise.all([buildByScripts(), buildElsewhere()]);
});
afterAll(async () => {
  await Promise.all([one, other].map(({ root }) => rm(root, { recursive: true })));
});

describe('the package folder', () => {
  it('holds the bundles, their licences and what the host reads, and nothing else', async () => {
    const names = await readdir(join(one.root, 'dist/package'));

    expect(names.sort()).toEqual(FILES);
  });

  it('needs no installation', async () => {
    const manifest = JSON.parse((await read(one, 'package.json')).toString()) as object;

    expect(manifest).toMatchObject({ main: 'functions.cjs', engines: { node: '>=22' } });
    expect(Object.keys(manifest).filter((key) => /dependencies|scripts|type/i.test(key))).toEqual(
      [],
    );
  });

  it('is below 5 MB', async () => {
    const names = await readdir(join(one.root, 'dist/package'));
    const sizes = await Promise.all(
      names.map(async (name) => (await stat(join(one.root, 'dist/package', name))).size),
    );

    expect(sizes.reduce((sum, bytes) => sum + bytes)).toBeLessThan(MAX_PACKAGE_BYTES);
  });

  it('has the mail as a compiled template and none of MJML', async () => {
    const bundles = await Promise.all([read(one, 'functions.cjs'), read(one, 'late.cjs')]);

    expect(bundles.join('')).not.toContain('mjml');
    expect(bundles.join('')).toContain('CRC-64 is not in the bundle');
    expect(bundles.join('')).toContain('prefers-color-scheme: dark');
  });

  it.each(FILES)('has the same bytes in %s when built elsewhere', async (name) => {
    expect((await read(one, name)).equals(await read(other, name))).toBe(true);
  });
});

describe('the notices', () => {
  it('S19: name every package that the source maps name, with a licence text each', async () => {
    const maps = await Promise.all(
      ['functions.cjs.map', 'late.cjs.map'].map((name) =>
        readFile(join(one.root, 'dist', name), 'utf8'),
      ),
    );
    const sources = maps.flatMap((map) => (JSON.parse(map) as { sources: string[] }).sources);
    const folders = new Set(
      sources.flatMap((path) => /node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []),
    );
    const [, ...notices] = (await read(one, 'THIRD-PARTY-NOTICES.txt')).toString().split(/^-+$/m);
    const named = new Map(notices.map((text) => [/^\s*(\S+) /.exec(text)?.[1] ?? '', text]));

    expect(folders.size).toBeGreaterThan(20);
    for (const folder of folders) {
      expect(named.get(folder.slice('node_modules/'.length))).toMatch(
        /permission is hereby granted|permission to use, copy|redistribution and use|Apache License|MIT-0/i,
      );
    }
  });
});

describe('the triggers', () => {
  it('are a fraction of what they import late, so that the host waits for little', async () => {
    const [triggers, late] = await Promise.all([read(one, 'functions.cjs'), read(one, 'late.cjs')]);

    expect(triggers.length).toBeLessThan(late.length / 5);
  });
});

describe('the ZIP archive', () => {
  it('holds what azd would send, in order', () => {
    // Each entry of the central directory: a signature, 42 more bytes, the name.
    const [, ...entries] = one.zip.toString('latin1').split('PK\u0001\u0002');
    const names = entries.map((entry) => entry.slice(42).replace(/PK.*$/s, ''));

    expect(names).toEqual(FILES);
  });

  it('has the same bytes when made in another folder and another time zone', () => {
    expect(one.zip.equals(other.zip)).toBe(true);
  });
});
