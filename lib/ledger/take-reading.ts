import { absorb } from './absorb.ts';
import { isWhole } from './day-document.ts';
import type { DayContent } from './day-document.ts';
import type { KnownDays } from './known-days.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import type { SignInLedger } from './sign-in-ledger.ts';

export interface TakeOptions {
  readonly ledger: SignInLedger;
  readonly writer: LedgerWriter;
  readonly known: KnownDays;
  /** Set where Graph broke its order after the same reading had been taken, so that it was read again. */
  readonly isRepeated: boolean;
}

/** Takes a reading into its day; what the ledger may not keep, or this run may not write, is known to this run. */
export async function takeReading(read: DayContent, options: TakeOptions): Promise<void> {
  const { ledger, writer, known, isRepeated } = options;
  const isWrong = isRepeated && !isWhole(read);
  if (isWrong) known.distrust(read.day);
  const day = await writer.changeDay(read.day, (content) =>
    isWrong ? content && distrusted(content) : absorb(content, read),
  );
  if (day !== undefined) known.note(day);
  if (day === undefined || isWrong) known.add(read, await ledger.day(read.day));
}

function distrusted(day: DayContent): DayContent {
  return { ...day, interactive: false, nonInteractive: false };
}
