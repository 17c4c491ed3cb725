import type { LogFacts } from '../log.ts';
import type { RunContext } from '../session/session.ts';
import type { TenantReads } from '../sources/tenant.ts';

/** What a check may look at. It asks nothing that costs more than a moment. */
export interface CheckContext extends Omit<RunContext, 'tenantId'> {
  readonly tenant: TenantReads;
}

/** One check, and the settings without which it cannot say anything. */
export interface Check {
  readonly name: Finding['check'];
  readonly needs: readonly string[];
  /** Whether settings and a clock are enough for it. @default false */
  readonly isOffline?: boolean;
  /** Whether there is anything to check. @default always */
  readonly isWanted?: (settings: CheckContext['settings']) => boolean;
  /** Throws where it cannot tell; that is a finding too. */
  examine(
    context: CheckContext,
    signal: AbortSignal,
  ): readonly Finding[] | Promise<readonly Finding[]>;
}

/** One thing that a check found. It names settings, never what is in them: no address, no person, no token. */
export interface Finding {
  readonly check:
    | 'settings'
    | 'token'
    | 'permissions'
    | 'sender'
    | 'licence'
    | 'clock'
    | 'memory'
    | 'schedule'
    | 'alarm'
    | 'workspace';
  readonly level: 'ok' | 'warning' | 'problem';
  /** One sentence: what is so. */
  readonly what: string;
  /** One imperative sentence. */
  readonly todo?: string | undefined;
  /** The same in counts and codes, for the log. */
  readonly facts?: LogFacts;
}
