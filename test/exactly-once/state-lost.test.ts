import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startAzurite } from '../support/azurite.ts';
import type { Azurite } from '../support/azurite.ts';
import { borrowProduct } from '../support/product-process.ts';
import type { ProductProcess } from '../support/product-process.ts';
import { openStage } from '../support/stage.ts';
import type { StageJob, StageOptions } from '../support/stage.ts';
import type { Watcher } from '../support/watched-line.ts';

const SIX = { trigger: 'schedule', now: '2026-11-20T06:00:00Z' } as const;

let azurite: Azurite;
let product: ProductProcess;

beforeAll(async () => {
  azurite = await startAzurite();
  product = await borrowProduct(azurite);
});

afterAll(async () => {
  await product.giveBack();
  await azurite.close();
});

async function runOn(options: Omit<StageOptions, 'azurite'>, watch?: Watcher, job: StageJob = SIX) {
  const stage = await openStage({ azurite, ...options });
  try {
    const answer = await stage.perform(product, job, watch);
    const [mail] = await stage.mails();
    const text = mail?.text.replaceAll(/\s+/g, ' ') ?? '';
    const events = answer?.events.filter(({ event }) => event === 'memory.lost') ?? [];
    return { outcome: answer?.outcome ?? answer?.code, mail, text, events };
  } finally {
    await stage.close();
  }
}

const isStorage = (url: string) => url.startsWith('/inventedaccount');
const LOST = [
  {
    what: 'a container that is forbidden',
    options: {},
    watch: ({ url }) => (isStorage(url) ? 403 : 'pass'),
    says: 'the storage refused the container',
  },
  {
    what: 'a container that may be read and not written',
    options: { contents: new Map() },
    watch: ({ url, method }) =>
      isStorage(url) && method !== 'GET' && !url.includes('restype=container') ? 403 : 'pass',
    says: 'the storage refused the container',
  },
  {
    what: 'a container that is missing',
    options: {},
    watch: ({ url }) => (isStorage(url) ? 404 : 'pass'),
    says: 'the storage of the container',
  },
  {
    what: 'no storage setting',
    options: { settings: { AzureWebJobsStorage: '' } },
    watch: undefined,
    says: 'no storage account is set for the memory',
  },
  {
    what: 'a storage setting that means nothing',
    options: { settings: { AzureWebJobsStorage: 'AccountName=somebody' } },
    watch: undefined,
    says: 'azureWebJobsStorage is not a connection string',
  },
] as const satisfies readonly {
  readonly what: string;
  readonly options: Omit<StageOptions, 'azurite'>;
  readonly watch: Watcher | undefined;
  readonly says: string;
}[];

describe.each(['schedule', 'on-demand'] as const)(
  'a run (%s) whose stored state is lost',
  (trigger) => {
    it.each(LOST)('sends a digest that says so: $what', async ({ options, watch, says }) => {
      const { outcome, mail, text, events } = await runOn(options, watch, { ...SIX, trigger });

      expect(outcome).toBe('sent');
      expect(mail?.subject).not.toContain('PARTIAL');
      expect(text).toContain('What changed is not known, because ');
      expect(text.toLowerCase()).toContain(says.toLowerCase());
      expect(text).toContain('a day may bring this mail more than once');
      expect(mail?.html).toContain('What changed is not known, because ');
      expect(text).not.toContain('This is the first report');
      expect(events.length).toBeGreaterThan(0);
      expect(events[0]).toMatchObject({ level: 'error' });
    });
  },
);

describe('a run without stored state on purpose', () => {
  it('has no banner and no log event', async () => {
    const { outcome, text, events } = await runOn({ settings: { STATE_LOCATION: 'none' } });

    expect(outcome).toBe('sent');
    expect(text).not.toContain('not known, because');
    expect(text).not.toContain('more than once');
    expect(events).toEqual([]);
  });
});

describe('two runs of one occurrence without stored state', () => {
  it('send twice, with the Message-Id that tells a duplicate', async () => {
    const first = await runOn({ settings: { STATE_LOCATION: 'none' } });
    const second = await runOn({}, ({ url }) => (isStorage(url) ? 403 : 'pass'));

    expect(first.mail?.messageId).toMatch(/^<[0-9a-f]{32}@/);
    expect(second.mail?.messageId).toBe(first.mail?.messageId);
  });
});

describe('the register of exceptions', () => {
  it('is said to be unknown where the stored state is lost', async () => {
    const { text } = await runOn({}, ({ url }) => (isStorage(url) ? 403 : 'pass'));

    expect(text).toContain('exceptions.csv could not be read, so nobody counts as excepted.');
  });
});

describe('a storage that fails under way', () => {
  it.each(['/ledger/', '/lifecycle/'])(
    'degrades the digest, which is still sent once: %s',
    async (part) => {
      const stage = await openStage({ azurite, contents: new Map() });
      try {
        await stage.perform(product, { ...SIX, now: '2026-11-19T06:00:00Z' });
        let rolls = 0;
        // The first look at the lifecycle is the roll forward, which is no part of the report.
        const isFailing = (url: string) =>
          url.includes(part) && (part === '/ledger/' || rolls++ > 0);

        const answer = await stage.perform(product, SIX, ({ url, method }, moment) =>
          moment === 'before' && method === 'GET' && isFailing(url) ? 403 : 'pass',
        );
        const replay = await stage.perform(product, { ...SIX, isPastDue: true });
        const next = await stage.perform(product, { ...SIX, now: '2026-11-21T06:00:00Z' });

        const [, lost, after] = await stage.mails();
        expect([answer?.outcome, replay?.outcome, next?.outcome]).toEqual([
          'sent',
          'already-done',
          'sent',
        ]);
        expect(lost?.text).toContain('What changed is not known, because');
        expect(after?.text.replaceAll(/\s+/g, ' ')).toContain('since 19 Nov');
      } finally {
        await stage.close();
      }
    },
  );
});
