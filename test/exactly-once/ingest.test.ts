import { describe, expect, it } from '@jest/globals';
import type { Azurite } from '../support/azurite.ts';
import type { Contents } from '../support/contents.ts';
import { killAt } from '../support/crash-points.ts';
import { setDayAfter } from '../support/day-after.ts';
import type { FirstDay } from '../support/day-after.ts';
import { createGate } from '../support/gate.ts';
import type { ProductProcess } from '../support/product-process.ts';
import type { Remains } from '../support/remains.ts';
import { isMarked, openStage, stepsOf } from '../support/stage.ts';
import type { Stage } from '../support/stage.ts';
import type { Fate } from '../support/watched-line.ts';

const SIX = { trigger: 'schedule', now: '2026-11-20T06:00:00Z' } as const;
const NINE = { trigger: 'ingest', now: '2026-11-20T09:20:00Z' } as const;
const NEXT_INGEST = { trigger: 'ingest', now: '2026-11-21T05:20:00Z' } as const;
const NEXT_SIX = { trigger: 'schedule', now: '2026-11-21T06:00:00Z' } as const;
const NO_MAILBOX = { endpoint: 'sendMail', kind: 'noMailbox' } as const;

let azurite: Azurite;
let stage: Stage;
let product: ProductProcess;
let firstDay: FirstDay;

setDayAfter((parts) => {
  ({ azurite, stage, product, firstDay } = parts);
});

describe('the ingest timer', () => {
  it('sends the digest that failed at six', async () => {
    stage.tenant.addFault({ ...NO_MAILBOX, times: 1 });
    const failed = await stage.perform(product, SIX);

    const taken = await stage.perform(product, NINE);

    expect(failed?.code).toBe('mail_rejected');
    expect(taken?.outcome).toBe('sent');
    expect((await stage.mails()).map(isMarked)).toEqual([false, false]);
    expect((await stage.mails())[1]?.subject).not.toContain('On demand');
  });

  it('sends one that a killed process left, and says that it may be a duplicate', async () => {
    await killAt(stage, { label: 'POST users/sendMail', count: 1, moment: 'before' }, SIX);

    const taken = await stage.perform(product, NINE);

    expect(taken?.outcome).toBe('sent');
    expect((await stage.mails()).map(isMarked)).toEqual([false, true]);
  });

  it('leaves alone what another process holds', async () => {
    const arrived = createGate();
    const letGo = createGate();
    const slow = await stage.borrow();
    const sending = stage.perform(slow, SIX, async (asked, moment): Promise<Fate> => {
      if (moment === 'after' || !asked.url.endsWith('/sendMail')) return 'pass';
      arrived.open();
      await letGo.opened;
      return 'pass';
    });
    await arrived.opened;

    const taken = await stage.perform(product, NINE);

    expect(taken).not.toHaveProperty('outcome');
    expect(taken).not.toHaveProperty('code');
    expect(await stage.mails()).toHaveLength(1);
    letGo.open();
    expect((await sending)?.outcome).toBe('sent');
  });

  it('has nothing to send where the digest is sent', async () => {
    await stage.perform(product, SIX);

    const taken = await stage.perform(product, NINE);

    expect(taken).not.toHaveProperty('outcome');
    expect(await stage.mails()).toHaveLength(2);
  });

  it('begins no digest that nobody began', async () => {
    const taken = await stage.perform(product, NINE);

    expect(taken).not.toHaveProperty('outcome');
    expect(await stepsOf(stage)).toEqual(['sent']);
  });

  it('updates the ledger also where the digest fails again', async () => {
    stage.tenant.addFault(NO_MAILBOX);
    await stage.perform(product, SIX);

    const taken = await stage.perform(product, NINE);

    expect(taken?.code).toBe('mail_rejected');
    expect(taken?.events).toContainEqual(expect.objectContaining({ event: 'ledger.moved' }));
  });

  it('does not send late what the next occurrence has superseded', async () => {
    stage.tenant.addFault({ ...NO_MAILBOX, times: 2 });
    await stage.perform(product, SIX);
    await stage.perform(product, NINE);

    const next = await stage.perform(product, NEXT_SIX);
    const after = await stage.perform(product, { ...NINE, now: '2026-11-21T09:20:00Z' });

    expect(next?.outcome).toBe('sent');
    expect(after).not.toHaveProperty('outcome');
    expect(await stepsOf(stage)).toEqual(['sent', 'report-built', 'sent']);
    expect(await stage.mails()).toHaveLength(2);
  });
});

describe('the digest after one that was never delivered', () => {
  it('says so, and counts changes from the last delivered one', async () => {
    stage.tenant.addFault({ ...NO_MAILBOX, times: 1 });
    await stage.perform(product, SIX);

    await stage.perform(product, NEXT_SIX);

    const mail = (await stage.mails()).at(-1);
    expect(plain(mail?.text)).toContain(
      'The digest of 20 Nov 2026, 06:00 UTC could not be delivered. Changes are counted from the last one delivered, 19 Nov.',
    );
    expect(plain(mail?.html)).toContain('could not be delivered');
    const undisturbed = await openStage({ azurite, ...firstDay });
    await undisturbed.perform(product, NEXT_SIX);
    const changes = (await undisturbed.mails()).at(-1)?.files['Identity_Overview_Changes.csv'];
    expect(mail?.files['Identity_Overview_Changes.csv']).toBe(changes);
    await undisturbed.close();
  });

  it('says so also where no digest was delivered yet', async () => {
    const fresh = await openStage({ azurite, contents: new Map() });
    fresh.tenant.addFault({ ...NO_MAILBOX, times: 1 });
    await fresh.perform(product, SIX);

    await fresh.perform(product, NEXT_SIX);

    const [mail] = await fresh.mails();
    expect(plain(mail?.text)).toContain('This is the first report');
    expect(plain(mail?.text)).toContain(
      'The digest of 20 Nov 2026, 06:00 UTC could not be delivered.',
    );
    await fresh.close();
  });

  it('says so once', async () => {
    stage.tenant.addFault({ ...NO_MAILBOX, times: 1 });
    await stage.perform(product, SIX);
    await stage.perform(product, NEXT_SIX);

    await stage.perform(product, { ...NEXT_SIX, now: '2026-11-22T06:00:00Z' });

    expect((await stage.mails()).at(-1)?.text).not.toContain('could not be delivered');
  });
});

describe('a lifecycle that was not applied', () => {
  let left: Promise<Remains | undefined> | undefined;
  const killOnce = () =>
    (left ??= killAt(stage, { label: 'PUT runs/claim.json sent', count: 1, moment: 'after' }, SIX));

  it.each([
    { who: 'the ingest timer', job: NINE },
    { who: 'a run on demand', job: { ...NINE, trigger: 'on-demand' } },
    { who: 'the next digest', job: NEXT_SIX },
  ] as const)('is applied by $who', async ({ job }) => {
    const before = lifecycleIn(firstDay.contents);
    const remains = await killOnce();
    const after = await openStage({ azurite, ...remains });

    const answer = await after.perform(product, job);

    expect(lifecycleIn(remains?.contents)).toEqual(before);
    expect(answer).not.toHaveProperty('code');
    expect(lifecycleIn(await after.contents())).not.toEqual(before);
    const last = (await after.mails()).at(-1);
    expect(job.trigger === 'ingest' || /since 20 Nov\b/.test(plain(last?.text))).toBe(true);
    await after.close();
  });

  it('lets the stored report go when the next one has been sent', async () => {
    const storedIn = async () =>
      [...(await stage.contents()).keys()].filter((name) => name.endsWith('digest.json.gz'));
    await stage.perform(product, SIX);
    const first = await storedIn();

    await stage.perform(product, NEXT_INGEST);
    const kept = await storedIn();
    await stage.perform(product, NEXT_SIX);

    expect(first).toEqual([expect.stringContaining('/2026-11-20T06-00-00.000Z/')]);
    expect(kept).toEqual(first);
    expect(await storedIn()).toEqual([expect.stringContaining('/2026-11-21T06-00-00.000Z/')]);
  });
});

/** The lines of a text joined again. */
function plain(text = ''): string {
  return text.replaceAll(/\s+/g, ' ');
}

function lifecycleIn(contents: Contents = new Map()): Buffer | undefined {
  // Beside it lies the one before.
  return [...contents].find(([name]) => /^lifecycle\/[0-9a-f-]{36}\.json/.test(name))?.[1];
}
