import type { NextRuns } from '../ledger/catch-up.ts';
import { foldLedger } from '../ledger/fold-ledger.ts';
import { forgetAbsent } from '../ledger/forget-absent.ts';
import { moveLedger } from '../ledger/move-ledger.ts';
import { coverSignIns } from '../ledger/sign-in-coverage.ts';
import type { SignInCoverage } from '../ledger/sign-in-coverage.ts';
import type { SignInUse } from '../ledger/use.ts';
import type { ObserveOptions } from './observe.ts';
import { windowStart } from '../report/activity.ts';
import type { Settings } from '../settings/fields.ts';
import { nextOccurrences } from '../settings/occurrences.ts';
import { applicationsOfYears } from '../sources/applications.ts';
import { PeopleIndex } from '../sources/people-index.ts';
import { dayOf } from '../sources/utc-day.ts';
import type { KindReads } from '../sources/sign-ins/read-sign-ins.ts';

/** Enough to outlast what Graph keeps, at six runs a day. */
const MOST_RUNS = 200;

/** Moves the ledger, where this run holds it, and folds the window; `people` are all users of the tenant. */
export async function observeSignIns(
  options: ObserveOptions,
  people: PeopleIndex,
): Promise<SignInCoverage & { readonly use: SignInUse }> {
  const { reader, ledger, isWritingLedger, isLedgerLasting, settings, now, clock } = options;
  const { daysToCheckLogs, ledgerOverlapDays: overlapDays, ledgerRetentionDays } = settings;
  const window = { from: windowStart(now, daysToCheckLogs), to: now.getTime() };
  const keptFrom = dayOf(windowStart(now, ledgerRetentionDays));
  const reads: KindReads = {
    interactive: { rows: 0, pages: 0 },
    nonInteractive: { rows: 0, pages: 0 },
  };
  const startedAt = clock().getTime();
  const { known, retainedFrom, readMs } = await moveLedger(ledger, {
    reader,
    // Strangers sign in too; they get no number among the users.
    people: new PeopleIndex(),
    reads,
    now: window.to,
    overlapDays,
    from: window.from,
    keptFrom,
    isWriting: isWritingLedger,
    ...(options.onSignIn !== undefined && { onRow: options.onSignIn }),
  });
  const pace = { readMs, tookMs: clock().getTime() - startedAt };
  const isSelected = applicationsOfYears(settings.enforceYears);
  const folded = await foldLedger(ledger, { people, isSelected, window, known });
  if (isLedgerLasting && isWritingLedger()) {
    const { absentIds } = folded;
    await forgetAbsent(ledger, { people, absentIds, today: dayOf(window.to), keptFrom });
  }
  const lasting = {
    tolerantFrom: windowStart(now, overlapDays),
    nextRuns: nextRunsOf(settings, now),
  };
  return {
    use: folded.use,
    ...coverSignIns({
      reads,
      folded,
      window,
      retainedFrom,
      pace,
      ...(isLedgerLasting && { lasting }),
    }),
  };
}

/** The runs that will read on. */
function nextRunsOf(settings: Settings, now: Date): NextRuns {
  const { ingestSchedule, runTimeLimitMinutes, ledgerOverlapDays: overlapDays } = settings;
  const startAts = nextOccurrences(ingestSchedule, now, MOST_RUNS).map((at) => at.getTime());
  return { startAts, readingMs: runTimeLimitMinutes * 60_000, overlapDays };
}
