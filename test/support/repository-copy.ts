import { execFile } from 'node:child_process';
import { cp, mkdtemp, realpath, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

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

/** Runs a script of the repository as a process of its own, from another folder. */
export async function runScript(
  root: string,
  [script, ...args]: readonly [string, ...string[]],
  variables: Readonly<Record<string, string>> = {},
): Promise<void> {
  await promisify(execFile)(process.execPath, [join(root, script), ...args], {
    cwd: tmpdir(),
    // What Node keeps of files in a folder of their own is never found again.
    env: { ...process.env, NODE_COMPILE_CACHE: '', ...variables },
  });
}
