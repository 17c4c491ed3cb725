import type { BuildOptions } from 'esbuild';
import { NEVER_LOADED } from '../../lib/packaging/bundle.ts';

/** How sources are bundled that Node runs as modules: no process pays for TypeScript, nor for hundreds of files. */
export const NODE_BUNDLE = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  outExtension: { '.js': '.mjs' },
  external: [...NEVER_LOADED],
  // Packages in CommonJS ask for what an ES module does not have.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
} satisfies BuildOptions;
