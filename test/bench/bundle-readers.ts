import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { NODE_BUNDLE } from '../support/node-bundle.ts';

/** Builds the readers as the functions are built, so that none of them pays for TypeScript; gives the folder back. */
export async function bundleReaders(folder: string, names: readonly string[]): Promise<void> {
  const here = fileURLToPath(new URL('.', import.meta.url));
  await build({
    ...NODE_BUNDLE,
    entryPoints: names.map((name) => join(here, `${name}.ts`)),
    outdir: folder,
    logLevel: 'error',
  });
}
