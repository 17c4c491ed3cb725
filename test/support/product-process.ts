import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Azurite } from './azurite.ts';
import { NODE_BUNDLE } from './node-bundle.ts';
import type { RunAnswer, RunJob } from './run-child.ts';
import { openWatchedLine } from './watched-line.ts';
import type { WatchedRequest, Watcher } from './watched-line.ts';

/** Where a job is done. */
export interface Place {
  /** The origin of the tenant. */
  readonly graph: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A real process of the product, with a line of its own to the storage and one to Graph. */
export interface ProductProcess {
  /** Undefined where the process died over it. */
  perform(job: Omit<RunJob, 'environment'>, place: Place): Promise<RunAnswer | undefined>;
  kill(): void;
  /** Lets it come to its end, where it is not dead yet, and closes its lines. */
  end(): Promise<void>;
}

const CHILD = fileURLToPath(new URL('run-child.ts', import.meta.url));
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/run-child', import.meta.url));
let bundled: Promise<string> | undefined;

/**
 * The sources in a few files, because hundreds of processes load them. Where they lie is told by what is in them, so that
 * what Node compiled of them is found again by the next run of the tests.
 */
async function bundleChild(): Promise<string> {
  const { outputFiles } = await build({
    ...NODE_BUNDLE,
    entryPoints: [CHILD],
    outdir: CACHE,
    write: false,
    splitting: true,
    logLevel: 'warning',
  });
  const hash = createHash('sha256');
  for (const { contents } of outputFiles) hash.update(contents);
  const folder = join(CACHE, hash.digest('hex').slice(0, 16));
  if (!existsSync(folder)) {
    await mkdir(CACHE, { recursive: true });
    const draft = await mkdtemp(`${folder}-`);
    for (const { path, contents } of outputFiles)
      await writeFile(join(draft, basename(path)), contents);
    // Another worker may have been quicker.
    await rename(draft, folder).catch(() => rm(draft, { recursive: true }));
  }
  return join(folder, 'run-child.mjs');
}

export async function startProduct(azurite: Azurite, watch: Watcher): Promise<ProductProcess> {
  let place: Place = { graph: '', environment: {} };
  const storageOrigin = new URL(azurite.blobServiceUri).origin;
  const graph = await openWatchedLine(() => place.graph, identify);
  const storage = await openWatchedLine(() => storageOrigin, watch);
  const child = spawn(process.execPath, [await (bundled ??= bundleChild())], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      // The credential reads them once for the whole process.
      IDENTITY_ENDPOINT: `${graph.origin}/msi/token`,
      IDENTITY_HEADER: 'of no tenant yet',
    },
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, 'exit');
  // A process that was killed takes no more jobs.
  child.stdin.on('error', () => undefined);

  function identify(asked: WatchedRequest, moment: 'before' | 'after') {
    if ('x-identity-header' in asked.headers) {
      asked.headers['x-identity-header'] = place.environment['IDENTITY_HEADER'];
    }
    return watch(asked, moment);
  }

  return {
    async perform(job, newPlace) {
      place = newPlace;
      const environment = {
        AzureWebJobsStorage: azurite.connectionString.replace(storageOrigin, storage.origin),
        ...place.environment,
        GRAPH_ENDPOINT: graph.origin,
      };
      child.stdin.write(`${JSON.stringify({ ...job, environment } satisfies RunJob)}\n`);
      const { value, done } = await answers.next();
      return done === true ? undefined : (JSON.parse(value) as RunAnswer);
    },
    kill: () => child.kill('SIGKILL'),
    async end() {
      child.stdin.end();
      await ended;
      graph.close();
      storage.close();
    },
  };
}
