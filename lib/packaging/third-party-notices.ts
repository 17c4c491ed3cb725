import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The licence texts of everything in the bundles, beside them. */
export const NOTICES_PATH = 'dist/THIRD-PARTY-NOTICES.txt';

/** Files of a package that its licence asks to be passed on. */
const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/** For a package that names this licence and ships no text of it. https://spdx.org/licenses/MIT.html */
const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
}

/**
 * The notices for bundles that were made from `inputs`, the files that esbuild names: for each package its name,
 * version, licence and texts, in the order of the names. A package without a text that could be passed on is an error,
 * so that none is handed out by oversight.
 */
export async function thirdPartyNotices(root: string, inputs: readonly string[]): Promise<string> {
  const folders = new Set(inputs.flatMap(packageFolder));
  const notices = await Promise.all([...folders].toSorted().map((path) => notice(root, path)));
  const opening = 'mfa-gap-mailer contains the following software, under the licences given.';
  return `${[opening, ...new Set(notices)].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** The innermost package folder of an input; none for a file of the product itself. */
function packageFolder(input: string): string[] {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.slice(0, 1) ?? [];
}

async function notice(root: string, path: string): Promise<string> {
  const folder = join(root, path);
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
  const names = (await readdir(folder)).filter((name) => LICENCE_FILE.test(name)).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const heading = `${manifest.name} ${manifest.version} (${manifest.license ?? 'licence as below'})`;
  if (texts.length === 0) texts.push(textOf(manifest));
  return [heading, ...texts.map((text) => text.replaceAll('\r\n', '\n').trim())].join('\n\n');
}

function textOf({ name, version, license, author }: Manifest): string {
  const holder = typeof author === 'string' ? author : author?.name;
  if (license !== 'MIT' || holder === undefined) {
    throw new Error(
      `${name} ${version} is in the bundle, but has no licence text (${license ?? 'no licence'}). Leave it out, or add its text to lib/packaging/third-party-notices.ts.`,
    );
  }
  return `Copyright (c) ${holder}\n\n${MIT}`;
}
