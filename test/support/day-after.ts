import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { startAzurite } from './azurite.ts';
import type { Azurite } from './azurite.ts';
import { borrowProduct } from './product-process.ts';
import type { ProductProcess } from './product-process.ts';
import { openStage } from './stage.ts';
import type { Stage, StageOptions } from './stage.ts';

export interface DayAfter {
  readonly azurite: Azurite;
  readonly stage: Stage;
  readonly product: ProductProcess;
  /** What every test begins with. */
  readonly firstDay: FirstDay;
}

export type FirstDay = Required<Pick<StageOptions, 'contents' | 'mails'>>;

let firstDay: Promise<FirstDay> | undefined;

/**
 * Puts every test of a file on the day after its first digest, on a stage of its own; `take` is given the parts. The
 * first day is played once for all files of a worker and its end copied, and the process is one for all tests of a file,
 * as the host's is for all invocations: starting and warming up is what takes long.
 */
export function setDayAfter(take: (parts: DayAfter) => void): void {
  let azurite: Azurite;
  let product: ProductProcess;
  let stage: Stage;

  beforeAll(async () => {
    azurite = await startAzurite();
    product = await borrowProduct(azurite);
  });

  afterAll(async () => {
    await product.giveBack();
    await azurite.close();
  });

  beforeEach(async () => {
    const found = await (firstDay ??= playFirstDay(azurite, product));
    stage = await openStage({ azurite, ...found });
    take({ azurite, stage, product, firstDay: found });
  });

  afterEach(() => stage.close());
}

async function playFirstDay(azurite: Azurite, product: ProductProcess): Promise<FirstDay> {
  const first = await openStage({ azurite, contents: new Map() });
  await first.perform(product, { trigger: 'schedule', now: '2026-11-19T06:00:00Z' });
  const played = { contents: await first.contents(), mails: await first.mails() };
  await first.close();
  return played;
}
