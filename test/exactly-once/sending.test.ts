import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../lib/simulation/tenant-server.ts';
import { startAzurite } from '../support/azurite.ts';
import type { Azurite } from '../support/azurite.ts';
import { borrowProduct } from '../support/product-process.ts';
import type { ProductProcess } from '../support/product-process.ts';
import { labelOf } from '../support/request-label.ts';
import { isMarked, openStage, stepsOf } from '../support/stage.ts';

const MORNING = { trigger: 'schedule', now: '2026-11-20T06:00:00Z' } as const;
const LATER = { trigger: 'schedule', now: '2026-11-20T06:02:00Z', isPastDue: true } as const;

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

/** Runs twice, the first time with a fault on sendMail, and says what came of it. */
async function runTwice(fault: Fault) {
  const stage = await openStage({ azurite, contents: new Map() });
  try {
    stage.tenant.addFault(fault);
    const first = await stage.perform(product, MORNING);
    const [left] = await stepsOf(stage);
    const second = await stage.perform(product, LATER);
    return { first, left, second, steps: await stepsOf(stage), mails: await stage.mails() };
  } finally {
    await stage.close();
  }
}

describe('a run whose mail Graph may have taken', () => {
  it.each([
    { what: 'a 504', fault: { kind: 'status', status: 504 }, arrived: 1 },
    { what: 'a reset', fault: { kind: 'reset' }, arrived: 1 },
    { what: 'a reset after Graph took it', fault: { kind: 'acceptThenReset' }, arrived: 2 },
  ] as const)(
    'fails after $what, and is repeated with a word of it',
    async ({ fault, arrived }) => {
      const { first, left, second, steps, mails } = await runTwice({
        endpoint: 'sendMail',
        times: 1,
        ...fault,
      });

      expect(first?.code).toBe('mail_uncertain');
      expect(first?.events.at(-1)).toMatchObject({ level: 'error', event: 'run.failed' });
      expect(left).toBe('sending');
      expect(second?.outcome).toBe('sent');
      expect(steps).toEqual(['sent']);
      expect(mails.map(isMarked)).toEqual(arrived === 2 ? [false, true] : [true]);
      expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1);
      expect(new Set(mails.map(({ files }) => JSON.stringify(files))).size).toBe(1);
    },
  );
});

describe('a run whose mail Graph has not taken', () => {
  it('sends it again by itself after 429', async () => {
    const fault = {
      endpoint: 'sendMail',
      kind: 'throttled',
      retryAfterSeconds: 1,
      times: 2,
    } as const;

    const { first, second, mails } = await runTwice(fault);

    expect(first?.outcome).toBe('sent');
    expect(second?.outcome).toBe('already-done');
    expect(mails.map(isMarked)).toEqual([false]);
  });

  it.each([
    { what: 'a mailbox that is not there', fault: { kind: 'noMailbox' } },
    {
      what: 'a missing permission',
      fault: { kind: 'status', status: 403, code: 'ErrorAccessDenied' },
    },
    { what: 'a message that is too large', fault: { kind: 'status', status: 413 } },
  ] as const)('fails over $what, and the next attempt is no duplicate', async ({ fault }) => {
    const { first, left, second, mails } = await runTwice({
      endpoint: 'sendMail',
      times: 1,
      ...fault,
    });

    expect(first?.code).toBe('mail_rejected');
    expect(left).toBe('report-built');
    expect(second?.outcome).toBe('sent');
    expect(mails.map(isMarked)).toEqual([false]);
  });

  it('sends what was built, though the tenant has changed since', async () => {
    const stage = await openStage({ azurite, contents: new Map() });
    try {
      stage.tenant.addFault({ endpoint: 'sendMail', kind: 'noMailbox', times: 1 });
      const asked: string[] = [];
      await stage.perform(product, MORNING);

      const late = { ...LATER, now: '2026-11-21T05:00:00Z' };
      await stage.perform(product, late, (request, moment) => {
        if (moment === 'before') asked.push(labelOf(request));
        return 'pass';
      });

      expect(asked).toContain('POST users/sendMail');
      expect(asked).not.toContain('GET reports/authenticationMethods/userRegistrationDetails');
      expect((await stage.mails())[0]?.text).toContain('20 Nov 2026');
    } finally {
      await stage.close();
    }
  });
});

describe('an answer of the storage that is lost', () => {
  it.each([
    'PUT runs/claim.json claimed',
    'PUT runs/digest.json.gz',
    'PUT runs/claim.json report-built',
    'PUT runs/claim.json sending',
    'PUT runs/claim.json sent',
    'PUT lifecycle.json.gz',
    'PUT holds/runs/claim acquire',
  ])('does not disturb the run: %s', async (label) => {
    const stage = await openStage({ azurite, contents: new Map() });
    try {
      let lost = 0;
      const answer = await stage.perform(product, MORNING, (asked, moment) => {
        const isLost = moment === 'before' && labelOf(asked) === label && lost++ === 0;
        return isLost ? 'lose' : 'pass';
      });

      expect(lost).toBeGreaterThan(0);
      expect(answer?.outcome).toBe('sent');
      expect((await stage.mails()).map(isMarked)).toEqual([false]);
      expect(await stepsOf(stage)).toEqual(['sent']);
    } finally {
      await stage.close();
    }
  });
});
