import { cp, mkdtemp, realpath, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const SOURCES = ['functions', 'lib', 'host.json', 'LICENSE', 'package.json'];

/** What a build needs, in a folder of its own, so that tests never write where a person builds. */
export async function copyRepository(): Promise<string> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'repository-'));
  await Promise.all(
    SOURCES.map((name) => cp(join(ROOT, name), join(folder, name), { recursive: true })),
  );
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}
