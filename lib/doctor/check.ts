import type { RunContext } from '../run/context.ts';
import type { Finding } from './finding.ts';

/** What a check may look at. It asks nothing that costs more than a moment. */
export type CheckContext = Omit<RunContext, 'tenantId'>;

/** One check, and the settings without which it cannot say anything. */
export interface Check {
  readonly name: Finding['check'];
  readonly needs: readonly string[];
  /** Throws where it cannot tell; that is a finding too. */
  examine(
    context: CheckContext,
    signal: AbortSignal,
  ): readonly Finding[] | Promise<readonly Finding[]>;
}
