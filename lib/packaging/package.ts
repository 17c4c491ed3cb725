import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ZipFile } from 'yazl';
import { LATE_PATH, TRIGGERS_PATH } from './bundle.ts';
import { NOTICES_PATH } from './third-party-notices.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The folder that is deployed. */
export const PACKAGE_PATH = 'dist/package';

/** Writes the package folder anew from the bundles: a function app that needs no installation. */
export async function writePackage(root: string): Promise<void> {
  const folder = join(root, PACKAGE_PATH);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const path of [TRIGGERS_PATH, LATE_PATH, 'host.json', 'LICENSE', NOTICES_PATH]) {
    await cp(join(root, path), join(folder, basename(path)));
  }
  const { name, version, description, license } = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  ) as Record<string, string>;
  const manifest = {
    name,
    version,
    description,
    license,
    private: true,
    main: basename(TRIGGERS_PATH),
    engines: { node: '>=22' },
  };
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

/** The package folder as a ZIP archive whose bytes depend on its files alone. */
export async function zipPackage(root: string): Promise<Buffer> {
  const folder = join(root, PACKAGE_PATH);
  const archive = new ZipFile();
  for (const name of (await readdir(folder)).toSorted()) {
    archive.addBuffer(await readFile(join(folder, name)), name, {
      // In ZIP a time is local, so midnight of the machine is the same bytes in every time zone.
      mtime: new Date(1980, 0, 1),
      forceDosTimestamp: true,
      mode: 0o100644,
    });
  }
  archive.end();
  return buffer(archive.outputStream);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { zip: { type: 'string' } } });
  await writePackage(ROOT);
  console.log(`Package folder: ${PACKAGE_PATH}`);
  if (values.zip !== undefined) {
    await writeFile(values.zip, await zipPackage(ROOT));
    console.log(`ZIP archive: ${values.zip}`);
  }
}
