import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startAzurite } from '../support/azurite.ts';
import type { Azurite } from '../support/azurite.ts';
import { borrowProduct } from '../support/product-process.ts';
import type { ProductProcess } from '../support/product-process.ts';
import { openStage, stepsOf } from '../support/stage.ts';
import type { Stage, StageJob } from '../support/stage.ts';

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

/** Plays the jobs one after another and gives their outcomes. */
async function playAll(stage: Stage, jobs: readonly StageJob[]) {
  const outcomes: (string | undefined)[] = [];
  for (const job of jobs) outcomes.push((await stage.perform(product, job))?.outcome);
  return outcomes;
}

async function withStage(
  settings: Readonly<Record<string, string>>,
  work: (stage: Stage) => Promise<void>,
): Promise<void> {
  const stage = await openStage({ azurite, settings, contents: new Map() });
  try {
    await work(stage);
  } finally {
    await stage.close();
  }
}

const scheduled = (now: string, isPastDue = false) =>
  ({ trigger: 'schedule', now, isPastDue }) as const;

describe('the digest of an occurrence', () => {
  it('is sent once, however often the timer comes', () =>
    withStage({}, async (stage) => {
      const outcomes = await playAll(stage, [
        scheduled('2026-11-20T06:00:00Z'),
        scheduled('2026-11-20T06:00:30Z', true),
        scheduled('2026-11-21T05:59:59Z', true),
      ]);

      expect(outcomes).toEqual(['sent', 'already-done', 'already-done']);
      expect(await stage.mails()).toHaveLength(1);
    }));

  it('is still yesterday’s where the timer is late until after midnight', () =>
    withStage({}, async (stage) => {
      const outcomes = await playAll(stage, [
        scheduled('2026-11-20T00:10:00Z', true),
        scheduled('2026-11-20T06:00:00Z'),
      ]);

      expect(outcomes).toEqual(['sent', 'sent']);
      const claims = [...(await stage.contents()).keys()].filter((name) =>
        name.endsWith('claim.json'),
      );
      expect(claims).toEqual([
        expect.stringContaining('2026-11-19T06-00-00.000Z'),
        expect.stringContaining('2026-11-20T06-00-00.000Z'),
      ]);
      const [first, second] = await stage.mails();
      expect(first?.messageId).not.toBe(second?.messageId);
    }));

  it('is that of the instant for which the timer came a little early', () =>
    withStage({}, async (stage) => {
      const outcomes = await playAll(stage, [
        scheduled('2026-11-20T06:00:00Z'),
        scheduled('2026-11-21T05:59:58.700Z'),
        scheduled('2026-11-21T06:00:01Z', true),
        scheduled('2026-11-22T05:59:30Z'),
      ]);

      expect(outcomes).toEqual(['sent', 'sent', 'already-done', 'already-done']);
    }));

  it('is one of two where the schedule names two instants a day', () =>
    withStage({ REPORT_SCHEDULE: '0 0 6,18 * * *' }, async (stage) => {
      const outcomes = await playAll(stage, [
        scheduled('2026-11-20T06:00:00Z'),
        scheduled('2026-11-20T18:00:00Z'),
        scheduled('2026-11-20T18:01:00Z', true),
        scheduled('2026-11-21T06:00:00Z'),
      ]);

      expect(outcomes).toEqual(['sent', 'sent', 'already-done', 'sent']);
      const ids = (await stage.mails()).map(({ messageId }) => messageId);
      expect(new Set(ids).size).toBe(3);
    }));

  it('has the Message-Id also where the mail goes as JSON', () =>
    withStage({ SAVE_TO_SENT_ITEMS: 'false' }, async (stage) => {
      stage.tenant.addFault({ endpoint: 'sendMail', kind: 'acceptThenReset', times: 1 });

      await playAll(stage, [
        scheduled('2026-11-20T06:00:00Z'),
        scheduled('2026-11-20T06:01:00Z', true),
      ]);

      const bodies = stage.tenant.mails.map(({ body }) => body as { readonly message: object });
      const [first, second] = bodies.map(({ message }) => message as Record<string, unknown>);
      expect(bodies).toHaveLength(2);
      expect(first?.['internetMessageId']).toMatch(/^<[0-9a-f]{32}@mfa-gap-mailer\.invalid>$/);
      expect(second?.['internetMessageId']).toBe(first?.['internetMessageId']);
      expect(second?.['attachments']).toEqual(first?.['attachments']);
      expect(JSON.stringify(first?.['body'])).not.toContain('earlier attempt to send it');
      expect(JSON.stringify(second?.['body'])).toContain('earlier attempt to send it');
    }));
});

describe('a digest that is not needed', () => {
  // A long look back, so that nobody moves for having rested a day.
  const quiet = {
    SEND_WHEN: 'changes',
    DAYS_TO_CHECK_LOGS: '20',
    // One that is not ready makes a mail every day.
    BREAK_GLASS_ACCOUNTS: '',
  };

  it('is final: replays and the ingest timer do nothing', () =>
    withStage(quiet, async (stage) => {
      const outcomes = await playAll(stage, [
        scheduled('2026-11-23T06:00:00Z'),
        scheduled('2026-11-24T06:00:00Z'),
        scheduled('2026-11-24T06:01:00Z', true),
        { trigger: 'ingest', now: '2026-11-24T09:20:00Z' },
      ]);

      expect(outcomes).toEqual(['sent', 'not-needed', 'already-done', undefined]);
      expect(await stepsOf(stage)).toEqual(['sent', 'not-needed']);
      expect(await stage.mails()).toHaveLength(1);
    }));

  it('makes its lifecycle valid', () =>
    withStage(quiet, async (stage) => {
      await playAll(stage, [scheduled('2026-11-23T06:00:00Z')]);
      const before = await stage.contents();

      await playAll(stage, [scheduled('2026-11-24T06:00:00Z')]);

      const name = [...before.keys()].findLast((each) => each.startsWith('lifecycle/')) ?? '';
      expect((await stage.contents()).get(name)).not.toEqual(before.get(name));
    }));

  it('is told from one that is, day by day', () =>
    withStage(quiet, async (stage) => {
      const days = ['19', '20', '21', '22', '23', '24'];

      const outcomes = await playAll(
        stage,
        days.map((day) => scheduled(`2026-11-${day}T06:00:00Z`)),
      );

      const mails = await stage.mails();
      // On these days the story of the tenant moves nobody, or somebody.
      const needed = ['sent', 'not-needed', 'sent', 'sent', 'not-needed', 'not-needed'];
      expect(outcomes).toEqual(needed);
      expect(mails).toHaveLength(3);
      expect(await stepsOf(stage)).toEqual(outcomes);
    }));
});
