import type { RunSummary } from '../run/run-summary.ts';

/** 0 done, 1 finished but something failed, 2 could not run. */
export type ExitCode = 0 | 1 | 2;

/** A report that is not complete is finished, but a source failed. */
export function exitCodeOf({ report }: RunSummary): ExitCode {
  return report?.isPartial === true ? 1 : 0;
}
