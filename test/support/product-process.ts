import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Azurite } from './azurite.ts';
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

export async function startProduct(azurite: Azurite, watch: Watcher): Promise<ProductProcess> {
  let place: Place = { graph: '', environment: {} };
  const storageOrigin = new URL(azurite.blobServiceUri).origin;
  const graph = await openWatchedLine(() => place.graph, identify);
  const storage = await openWatchedLine(() => storageOrigin, watch);
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CHILD], {
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
