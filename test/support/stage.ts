import { randomUUID } from 'node:crypto';
import { BlobServiceClient } from '@azure/storage-blob';
import type { ContainerClient } from '@azure/storage-blob';
import PostalMime from 'postal-mime';
import { startSimulatedTenant } from '../../lib/simulation/tenant-server.ts';
import type { SimulatedTenant, SimulationOptions } from '../../lib/simulation/tenant-server.ts';
import type { Azurite } from './azurite.ts';
import { fillContainer, readContents } from './contents.ts';
import type { Contents } from './contents.ts';
import { borrowProduct, startProduct } from './product-process.ts';
import type { ProductProcess } from './product-process.ts';
import type { RunAnswer, RunJob } from './run-child.ts';
import type { Watcher } from './watched-line.ts';

export interface StageOptions {
  readonly azurite: Azurite;
  /** What the container holds at the start; without it there is none. */
  readonly contents?: Contents;
  /** What its recipients had before. */
  readonly mails?: readonly ReceivedMail[];
  readonly settings?: Readonly<Record<string, string>>;
  readonly tenant?: SimulationOptions;
}

export type StageJob = Pick<RunJob, 'trigger' | 'now' | 'isPastDue' | 'isRecording'>;

/** A mail as its recipients have it. */
export interface ReceivedMail {
  readonly subject: string;
  readonly messageId: string;
  readonly html: string;
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
}

/** A tenant of its own and a container of its own, on which processes of the product play one after another. */
export interface Stage {
  readonly tenant: SimulatedTenant;
  readonly container: ContainerClient;
  /** A process that belongs to the stage until that closes. */
  borrow(): Promise<ProductProcess>;
  /** The same, but one that has done nothing yet. */
  start(): Promise<ProductProcess>;
  /** Moves the tenant's clock there and gives the job to a process, whose requests come to the watcher, if any. */
  perform(product: ProductProcess, job: StageJob, watch?: Watcher): Promise<RunAnswer | undefined>;
  mails(): Promise<readonly ReceivedMail[]>;
  contents(): Promise<Contents>;
  /**
   * Ends the leases of processes that were killed. It stands for the minute after which a lease runs out by itself,
   * which no test has the time for.
   */
  endLeases(): Promise<void>;
  close(): Promise<void>;
}

/** The line that says that a mail may have come before. */
const DUPLICATE = /it\s+is\s+not\s+known\s+whether\s+an\s+earlier\s+attempt/;

export const LAST_DAY = new Date('2026-11-21T06:00:00Z');

/** Few people, few days: a run makes as few requests as it can. */
const SETTINGS = {
  STATE_LOCATION: 'blob',
  SEND_WHEN: 'always',
  DAYS_TO_CHECK_LOGS: '2',
  LEDGER_OVERLAP_DAYS: '1',
};

export async function openStage({
  azurite,
  contents,
  mails: earlierMails = [],
  settings = {},
  tenant: simulation = {},
}: StageOptions): Promise<Stage> {
  let now = LAST_DAY;
  const story = { lastDay: LAST_DAY };
  const tenant = await startSimulatedTenant({ clock: () => now, people: 0, story, ...simulation });
  const containerName = `stage-${randomUUID()}`;
  const service = BlobServiceClient.fromConnectionString(azurite.connectionString);
  const container = service.getContainerClient(containerName);
  if (contents !== undefined) await fillContainer(container, contents);
  const products: ProductProcess[] = [];
  const received: Promise<ReceivedMail>[] = [];
  const environment = {
    ...tenant.settings,
    ...SETTINGS,
    STATE_CONTAINER: containerName,
    ...settings,
  };

  /** Gives a process back when the stage closes. */
  async function keep(coming: Promise<ProductProcess>): Promise<ProductProcess> {
    const product = await coming;
    products.push(product);
    return product;
  }

  return {
    tenant,
    container,
    borrow: () => keep(borrowProduct(azurite)),
    start: () => keep(startProduct(azurite)),
    perform(product, job, watch) {
      now = new Date(job.now);
      return product.perform(job, { graph: tenant.origin, environment }, watch);
    },
    async mails() {
      for (const { body } of tenant.mails.slice(received.length))
        received.push(receive(String(body)));
      return [...earlierMails, ...(await Promise.all(received))];
    },
    contents: () => readContents(container),
    async endLeases() {
      if (!(await container.exists())) return;
      for await (const { name, properties } of container.listBlobsFlat({ prefix: 'holds/' })) {
        if (properties.leaseState !== 'leased') continue;
        await container.getBlobClient(name).getBlobLeaseClient().breakLease(0);
      }
    },
    async close() {
      await Promise.all(products.map((product) => product.giveBack()));
      await container.deleteIfExists();
      await tenant.close();
    },
  };
}

/** The line stands in both forms of the body, or in neither. */
export function isMarked({ html, text }: ReceivedMail): boolean | 'in one form only' {
  const [inHtml, inText] = [html, text].map((form) => DUPLICATE.test(form));
  return inHtml === inText ? inText === true : 'in one form only';
}

/** How far each occurrence has come, oldest first; `?` where that cannot be read. */
export async function stepsOf(stage: Stage): Promise<readonly string[]> {
  const claims = [...(await stage.contents())].filter(([name]) => /^runs.*claim\.json$/.test(name));
  return claims.map(([, bytes]) => {
    try {
      return (JSON.parse(bytes.toString()) as { readonly step: string }).step;
    } catch {
      return '?';
    }
  });
}

async function receive(mime: string): Promise<ReceivedMail> {
  const mail = await PostalMime.parse(mime);
  return {
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? '',
    html: mail.html ?? '',
    text: mail.text ?? '',
    files: Object.fromEntries(
      mail.attachments.map(({ filename, content }) => [
        filename ?? '',
        Buffer.from(content as ArrayBuffer).toString(),
      ]),
    ),
  };
}
