import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Azurite } from './azurite.ts';
import { NODE_BUNDLE } from './node-bundle.ts';
import type { RunAnswer, RunJob } from './run-child.ts';
import { openWatchedLine } from './watched-line.ts';
import type { WatchedLine, WatchedRequest, Watcher } from './watched-line.ts';

/** Where a job is done. */
export interface Place {
  /** The origin of the tenant. */
  readonly graph: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A real process of the product, with a line of its own to the storage and one to Graph. */
export interface ProductProcess {
  /** Undefined where the process died over it. Every request comes to the watcher, if there is one. */
  perform(
    job: Omit<RunJob, 'environment'>,
    place: Place,
    watch?: Watcher,
  ): Promise<RunAnswer | undefined>;
  kill(): void;
  /** Leaves it to whoever needs one next; where it died, or is still at a job, its end is waited for. */
  giveBack(): Promise<void>;
}

/** What outlives the users of a process. */
interface Started {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  readonly answers: AsyncIterator<string>;
  readonly ended: Promise<unknown>;
  readonly graph: WatchedLine;
  readonly storage: WatchedLine;
  /** Where the lines lead at the moment, and who watches them. */
  use: { readonly place: Place; readonly storageOrigin: string; readonly watch: Watcher };
}

const PASS: Watcher = () => 'pass';
const CHILD = fileURLToPath(new URL('run-child.ts', import.meta.url));
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/run-child', import.meta.url));
let bundled: Promise<string> | undefined;
/** Those that wait for their next user, as warm as a host's process; the last used is the warmest. */
const idle: Started[] = [];

/**
 * The sources in a few files, because dozens of processes load them. Where they lie is told by what is in them, so that
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

/** One that served others before, where there is one: starting and warming up is what takes long. */
export async function borrowProduct(azurite: Azurite): Promise<ProductProcess> {
  return lend(idle.pop() ?? (await start()), azurite);
}

/** One that has done nothing yet. */
export async function startProduct(azurite: Azurite): Promise<ProductProcess> {
  return lend(await start(), azurite);
}

function lend(started: Started, azurite: Azurite): ProductProcess {
  const { child, answers, ended, graph, storage } = started;
  const storageOrigin = new URL(azurite.blobServiceUri).origin;
  let isIdle = true;
  return {
    async perform(job, place, watch) {
      isIdle = false;
      started.use = { place, storageOrigin, watch: watch ?? PASS };
      // What nobody watches goes straight, all but the token: a process reads once where that comes from.
      const storageLine = watch === undefined ? storageOrigin : storage.origin;
      const environment = {
        AzureWebJobsStorage: azurite.connectionString.replace(storageOrigin, storageLine),
        ...place.environment,
        GRAPH_ENDPOINT: watch === undefined ? place.graph : graph.origin,
      };
      child.stdin.write(`${JSON.stringify({ ...job, environment } satisfies RunJob)}\n`);
      const { value, done } = await answers.next();
      if (done === true) return undefined;
      isIdle = true;
      return JSON.parse(value) as RunAnswer;
    },
    kill() {
      isIdle = false;
      child.kill('SIGKILL');
    },
    async giveBack() {
      if (isIdle) {
        idle.push(started);
        return;
      }
      child.kill('SIGKILL');
      await ended;
      graph.close();
      storage.close();
    },
  };
}

async function start(): Promise<Started> {
  const graph = await openWatchedLine(() => started.use.place.graph, identify);
  const storage = await openWatchedLine(() => started.use.storageOrigin, watch);
  const child = spawn(process.execPath, [await (bundled ??= bundleChild())], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      IDENTITY_ENDPOINT: `${graph.origin}/msi/token`,
      IDENTITY_HEADER: 'of no tenant yet',
    },
  });
  // It keeps nobody from ending, and ends with the process that started it.
  child.unref();
  for (const pipe of [child.stdin, child.stdout]) (pipe as Socket).unref();
  // A process that was killed takes no more jobs.
  child.stdin.on('error', () => undefined);
  const started: Started = {
    child,
    answers: createInterface({ input: child.stdout })[Symbol.asyncIterator](),
    ended: once(child, 'exit'),
    graph,
    storage,
    use: { place: { graph: '', environment: {} }, storageOrigin: '', watch: PASS },
  };
  return started;

  function watch(asked: WatchedRequest, moment: 'before' | 'after') {
    return started.use.watch(asked, moment);
  }

  function identify(asked: WatchedRequest, moment: 'before' | 'after') {
    if ('x-identity-header' in asked.headers) {
      asked.headers['x-identity-header'] = started.use.place.environment['IDENTITY_HEADER'];
    }
    return watch(asked, moment);
  }
}
