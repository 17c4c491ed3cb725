import { readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { BuildOptions, Plugin } from 'esbuild';
import { NOTICES_PATH, thirdPartyNotices } from './third-party-notices.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The triggers, in a repository; `main` of package.json names it. */
export const TRIGGERS_PATH = 'dist/functions.cjs';

/** What the triggers import late. Compiling it takes longer than all else that the host waits for. */
export const LATE_PATH = 'dist/late.cjs';

/** What the client libraries load only for what the product never does: open a browser, list blobs as Arrow. */
export const NEVER_LOADED = ['open', 'apache-arrow'];

/**
 * Bundles all triggers of a repository, and what they import late, into two CommonJS files with their source maps,
 * and writes beside them the licences of what is in them.
 * The same sources give the same bytes wherever the repository lies, so the maps of a commit fit what was deployed.
 * Throws where a module would be in both.
 */
export async function bundleFunctions(root: string): Promise<void> {
  const names = (await readdir(join(root, 'functions'))).filter((name) => name.endsWith('.ts'));
  const triggers = names.toSorted().map((name) => `./functions/${name}`);
  const late = new Set<string>();
  const early = await bundle(root, TRIGGERS_PATH, triggers, [
    leaveOut(join(root, 'functions'), late),
  ]);
  const later = await bundle(root, LATE_PATH, [...late].toSorted());
  refuseTwins(early, later);
  await writeFile(join(root, NOTICES_PATH), await thirdPartyNotices(root, [...early, ...later]));
}

/**
 * A module that is in both bundles is there twice, with two classes of one name: an error that one of them throws is then
 * none of those that the other expects. So the triggers import all of the product late.
 */
function refuseTwins(early: readonly string[], later: readonly string[]): void {
  const twins = early.filter((module) => later.includes(module));
  if (twins.length === 0) return;
  throw new Error(
    `${twins.join(', ')} would be in ${TRIGGERS_PATH} and in ${LATE_PATH}: import it late in functions/.`,
  );
}

/** Points the late imports of a folder's files at the second bundle, and gathers them. */
function leaveOut(folder: string, late: Set<string>): Plugin {
  return {
    name: 'late-imports',
    setup(esbuild) {
      esbuild.onResolve({ filter: /^\.\.\// }, ({ kind, path, importer }) => {
        if (kind !== 'dynamic-import' || dirname(importer) !== folder) return undefined;
        late.add(path.slice(1));
        return { path: './late.cjs', external: true };
      });
    },
  };
}

/** WebAssembly of the storage clients for checksums beside those of TLS, which the product never asks for. */
const CHECKSUMS = '@azure/storage-common/dist/esm/crc64.js';

/** Leaves nothing of the checksums but an error: they would be 86 kB of the bundle. */
function leaveOutChecksums(): Plugin {
  return {
    name: 'leave-out-checksums',
    setup(esbuild) {
      const filter = new RegExp(`[\\\\/]${CHECKSUMS.replaceAll('/', '[\\\\/]')}$`);
      const contents = "export default function () { throw Error('CRC-64 is not in the bundle'); }";
      esbuild.onLoad({ filter }, () => ({ contents }));
    },
  };
}

/** Gives the files that are in the bundle. */
async function bundle(
  root: string,
  outfile: string,
  modules: readonly string[],
  plugins: NonNullable<BuildOptions['plugins']> = [],
): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    stdin: {
      contents: modules.map((path) => `export * from '${path}';`).join('\n'),
      resolveDir: root,
      sourcefile: `${outfile}.ts`,
    },
    outfile,
    plugins: [...plugins, leaveOutChecksums()],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    // CommonJS throughout: a late import is a late require.
    supported: { 'dynamic-import': false },
    minify: true,
    // Function names are what a stack trace in the host's log is read by.
    keepNames: true,
    sourcemap: 'external',
    external: ['@azure/functions-core', ...NEVER_LOADED],
    // import.meta is empty in CommonJS, so nothing that relies on it may get in.
    logOverride: { 'empty-import-meta': 'error' },
    logLevel: 'warning',
    metafile: true,
  });
  // Only what left bytes behind: the rest of what was read is in nobody's hands.
  return Object.values(metafile.outputs).flatMap((output) =>
    Object.entries(output.inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([input]) => input),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleFunctions(ROOT);
