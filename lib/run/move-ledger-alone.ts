import type { RunContext } from './context.ts';
import { moveLedger } from '../ledger/move-ledger.ts';
import { SignInLedger } from '../ledger/sign-in-ledger.ts';
import { MailerError } from '../errors.ts';
import { ledgerHold } from './observe-with-ledger.ts';
import { windowStart } from '../report/activity.ts';
import { PeopleIndex } from '../sources/people-index.ts';
import { dayOf } from '../sources/utc-day.ts';
import type { KindReads } from '../sources/sign-ins/read-sign-ins.ts';

/** What one move of the ledger read. */
export interface LedgerSummary {
  readonly rows: number;
  readonly pages: number;
  /** Why it ended early, where it did. */
  readonly because?: string;
}

/** Moves the ledger without a digest. Undefined where another run holds it; a failure of Graph is thrown. */
export async function moveLedgerAlone(context: RunContext): Promise<LedgerSummary | undefined> {
  const { memory, tenantId, settings, ports, session } = context;
  const hold = await memory.store.hold(ledgerHold(tenantId));
  if (hold === undefined) return undefined;
  try {
    const now = ports.clock();
    const keptFrom = windowStart(now, settings.ledgerRetentionDays);
    const ledger = new SignInLedger(memory.store, tenantId, now);
    const reads: KindReads = {
      interactive: { rows: 0, pages: 0 },
      nonInteractive: { rows: 0, pages: 0 },
    };
    await moveLedger(ledger, {
      reader: { graph: session.graph, signal: session.reading, onProgress: ports.onProgress },
      people: new PeopleIndex(),
      reads,
      now: now.getTime(),
      overlapDays: settings.ledgerOverlapDays,
      from: keptFrom,
      keptFrom: dayOf(keptFrom),
      isWriting: () => !hold.signal.aborted,
    });
    for (const [document, reason] of ledger.unreadable) {
      ports.log('warn', 'memory.unreadable', { document, reason });
    }
    return report(context, reads);
  } finally {
    await hold.release();
  }
}

function report({ ports: { log } }: RunContext, reads: KindReads): LedgerSummary {
  const { interactive, nonInteractive } = reads;
  const cause = interactive.cause ?? nonInteractive.cause;
  const summary = {
    rows: interactive.rows + nonInteractive.rows,
    pages: interactive.pages + nonInteractive.pages,
  };
  if (cause === undefined) {
    log('info', 'ledger.moved', summary);
    return summary;
  }
  log('warn', 'ledger.failed', { ...summary, cause: cause.kind, because: cause.because });
  // The time limit is part of the plan: the next run reads on.
  if (cause.kind === 'deadline') return { ...summary, because: cause.because };
  throw new MailerError('graph_unreachable', `The ledger could not be moved: ${cause.because}.`, {
    cause: cause.kind,
  });
}
