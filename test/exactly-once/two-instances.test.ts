import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startAzurite } from '../support/azurite.ts';
import type { Azurite } from '../support/azurite.ts';
import { createGate } from '../support/gate.ts';
import { labelOf } from '../support/request-label.ts';
import { isMarked, openStage } from '../support/stage.ts';
import type { Stage } from '../support/stage.ts';
import type { Fate, Watcher } from '../support/watched-line.ts';

const MORNING = { trigger: 'schedule', now: '2026-11-20T06:00:00Z' } as const;

/** Who signs in every day, as an emergency account. */
const USED_DAILY = { BREAK_GLASS_ACCOUNTS: 'rafael.montoya@contoso.example' };

let azurite: Azurite;
let stage: Stage;

beforeAll(async () => {
  azurite = await startAzurite();
});

afterAll(() => azurite.close());

async function withStage(
  work: () => Promise<void>,
  settings: Readonly<Record<string, string>> = {},
): Promise<void> {
  stage = await openStage({ azurite, contents: new Map(), settings });
  try {
    await work();
  } finally {
    await stage.close();
  }
}

/** Stops a process short of a request until it is let go, or killed there. */
function stopAt(label: string) {
  const arrived = createGate();
  const letGo = createGate();
  const watch: Watcher = async (asked, moment): Promise<Fate> => {
    if (moment === 'after' || labelOf(asked) !== label) return 'pass';
    arrived.open();
    await letGo.opened;
    return 'pass';
  };
  return { watch, arrived, letGo };
}

/** Tells when a process has found the claim held, and looks again. */
function seeWaiting() {
  const isWaiting = createGate();
  let attempts = 0;
  const watch: Watcher = (asked, moment) => {
    if (moment === 'before' && labelOf(asked) === 'PUT holds/runs/claim acquire') attempts += 1;
    if (attempts === 3) isWaiting.open();
    return 'pass';
  };
  return { watch, isWaiting };
}

describe('two instances of the same occurrence', () => {
  it('send one mail when they start at once', () =>
    withStage(async () => {
      const products = await Promise.all([stage.borrow(), stage.borrow()]);

      const answers = await Promise.all(products.map((each) => stage.perform(each, MORNING)));

      const outcomes = answers.map((answer) => answer?.outcome);
      expect(new Set(outcomes)).toEqual(new Set(['sent', 'already-done']));
      expect(await stage.mails()).toHaveLength(1);
    }));

  it('send one mail where the second finds the first at it, and waits', () =>
    withStage(async () => {
      const first = stopAt('POST users/sendMail');
      const second = seeWaiting();
      const firstAnswer = stage.perform(await stage.borrow(), MORNING, first.watch);
      await first.arrived.opened;
      const secondAnswer = stage.perform(await stage.borrow(), MORNING, second.watch);
      await second.isWaiting.opened;

      first.letGo.open();

      expect((await firstAnswer)?.outcome).toBe('sent');
      expect((await secondAnswer)?.outcome).toBe('already-done');
      expect((await stage.mails()).map(isMarked)).toEqual([false]);
    }));

  it.each([
    { label: 'PUT runs/digest.json.gz', isMarkedAs: false },
    { label: 'PUT runs/claim.json sending', isMarkedAs: false },
    { label: 'POST users/sendMail', isMarkedAs: true },
  ])(
    'send one mail where the first is killed at $label while the second waits',
    ({ label, isMarkedAs }) =>
      withStage(async () => {
        const first = stopAt(label);
        const second = seeWaiting();
        const killed = await stage.start();
        const firstAnswer = stage.perform(killed, MORNING, first.watch);
        await first.arrived.opened;
        const secondAnswer = stage.perform(await stage.borrow(), MORNING, second.watch);
        await second.isWaiting.opened;

        killed.kill();
        await firstAnswer;
        await stage.endLeases();

        expect((await secondAnswer)?.outcome).toBe('sent');
        expect((await stage.mails()).map(isMarked)).toEqual([isMarkedAs]);
      }),
  );
});

describe('two ingest timers at once', () => {
  it('both end well, and tell of the use of an emergency account once', () =>
    withStage(async () => {
      const products = await Promise.all([stage.borrow(), stage.borrow()]);

      const answers = await Promise.all(
        products.map((each) =>
          stage.perform(each, { trigger: 'ingest', now: '2026-11-20T09:20:00Z' }),
        ),
      );

      const events = answers.flatMap((answer) => answer?.events ?? []);
      expect(answers.map((answer) => answer?.code)).toEqual([undefined, undefined]);
      expect(events.filter(({ event }) => event === 'emergency-account.used')).toHaveLength(1);
    }, USED_DAILY));
});
