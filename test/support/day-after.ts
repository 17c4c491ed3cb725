import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { startAzurite } from './azurite.ts';
import type { Azurite } from './azurite.ts';
import { startProduct } from './product-process.ts';
import type { ProductProcess } from './product-process.ts';
import { openStage } from './stage.ts';
import type { Contents, ReceivedMail, Stage } from './stage.ts';

export interface DayAfter {
  readonly azurite: Azurite;
  readonly stage: Stage;
  readonly product: ProductProcess;
}

/**
 * Puts every test of a file on the day after its first digest, on a stage of its own; `take` is given the parts. The
 * first day is played once and its end copied, and the process is one for all of them, as the host's is for all
 * invocations: starting and warming up is what takes long.
 */
export function setDayAfter(take: (parts: DayAfter) => void): void {
  let azurite: Azurite;
  let product: ProductProcess;
  let stage: Stage;
  let firstDay: { readonly contents: Contents; readonly mails: readonly ReceivedMail[] };

  beforeAll(async () => {
    azurite = await startAzurite();
    product = await startProduct(azurite, () => 'pass');
    const first = await openStage({ azurite, contents: new Map() });
    await first.perform(product, { trigger: 'schedule', now: '2026-11-19T06:00:00Z' });
    firstDay = { contents: await first.contents(), mails: await first.mails() };
    await first.close();
  });

  afterAll(async () => {
    await product.end();
    await azurite.close();
  });

  beforeEach(async () => {
    stage = await openStage({ azurite, ...firstDay });
    take({ azurite, stage, product });
  });

  afterEach(() => stage.close());
}
