import { describe, expect, it } from '@jest/globals';
import type { Azurite } from '../support/azurite.ts';
import type { Contents } from '../support/contents.ts';
import { setDayAfter } from '../support/day-after.ts';
import type { FirstDay } from '../support/day-after.ts';
import type { ProductProcess } from '../support/product-process.ts';
import { inventoryOf } from '../support/remains.ts';
import { openStage } from '../support/stage.ts';
import type { Stage } from '../support/stage.ts';

const NINE = '2026-11-20T09:00:00Z';
const CHANGES = 'Identity_Overview_Changes.csv';

let azurite: Azurite;
let stage: Stage;
let product: ProductProcess;
let firstDay: FirstDay;

setDayAfter((parts) => {
  ({ azurite, stage, product, firstDay } = parts);
});

/** What the scheduled digests live by. */
function scheduledPart(contents: Contents): readonly string[] {
  const isScheduled = (name: string) =>
    /^(runs|lifecycle)\//.test(name) && !name.includes('on-demand');
  return inventoryOf(new Map([...contents].filter(([name]) => isScheduled(name))));
}

describe('a run on demand', () => {
  it.each([
    { trigger: 'on-demand', isRecording: false },
    { trigger: 'on-demand', isRecording: true },
    { trigger: 'preview' },
  ] as const)('changes neither claim nor lifecycle: %j', async (job) => {
    const before = scheduledPart(await stage.contents());

    const answer = await stage.perform(product, { ...job, now: NINE });

    expect(answer?.outcome).toBe(job.trigger === 'preview' ? 'previewed' : 'sent');
    expect(scheduledPart(await stage.contents())).toEqual(before);
  });

  it('says so in its subject', async () => {
    await stage.perform(product, { trigger: 'on-demand', now: NINE });

    expect((await stage.mails()).at(-1)?.subject).toMatch(
      /^On demand – .+ · MFA report · Contoso$/,
    );
  });

  it('says so after PARTIAL', async () => {
    stage.tenant.addFault({ endpoint: 'registrations', kind: 'noConsent' });

    await stage.perform(product, { trigger: 'on-demand', now: NINE });

    expect((await stage.mails()).at(-1)?.subject).toMatch(/^PARTIAL – On demand – /);
  });

  it('is told apart from another by its Message-Id', async () => {
    await stage.perform(product, { trigger: 'on-demand', now: NINE });
    await stage.perform(product, { trigger: 'on-demand', now: NINE });

    const ids = (await stage.mails()).map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(3);
  });

  it.each([false, true])(
    'takes nothing from the next scheduled digest, recorded: %s',
    async (isRecording) => {
      await stage.perform(product, { trigger: 'on-demand', now: NINE, isRecording });

      const next = await stage.perform(product, {
        trigger: 'schedule',
        now: '2026-11-21T06:00:00Z',
      });

      const undisturbed = await openStage({ azurite, ...firstDay });
      await undisturbed.perform(product, { trigger: 'schedule', now: '2026-11-21T06:00:00Z' });
      const [, expected] = await undisturbed.mails();
      expect(next?.outcome).toBe('sent');
      expect((await stage.mails()).at(-1)?.files).toEqual(expected?.files);
      await undisturbed.close();
    },
  );

  it('is remembered by the next one on demand where it is recorded', async () => {
    await stage.perform(product, {
      trigger: 'on-demand',
      now: '2026-11-20T09:00:00Z',
      isRecording: true,
    });
    await stage.perform(product, { trigger: 'on-demand', now: '2026-11-20T10:00:00Z' });

    const [, first, second] = await stage.mails();
    expect(first?.files[CHANGES]?.split('\n').length).toBeGreaterThan(2);
    expect(second?.subject).toBe(first?.subject);
  });

  it('sends while the scheduled digest waits for its retry, and leaves it to that', async () => {
    stage.tenant.addFault({ endpoint: 'sendMail', kind: 'noMailbox', times: 1 });
    await stage.perform(product, { trigger: 'schedule', now: '2026-11-20T06:00:00Z' });

    const demanded = await stage.perform(product, { trigger: 'on-demand', now: NINE });
    const taken = await stage.perform(product, { trigger: 'ingest', now: '2026-11-20T09:20:00Z' });

    expect([demanded?.outcome, taken?.outcome]).toEqual(['sent', 'sent']);
    const subjects = (await stage.mails()).map(({ subject }) => subject.startsWith('On demand'));
    expect(subjects).toEqual([false, true, false]);
  });
});
