import type { Composition } from './compose.ts';
import type { Report } from '../report/report.ts';

/** What a run did, for whoever started it. */
export interface RunSummary {
  readonly outcome: 'sent' | 'not-needed' | 'previewed' | 'already-done';
  /** Absent where an earlier run had built the digest. */
  readonly report?: Report;
  readonly composition?: Composition;
}
