import type { LogFacts } from '../log.ts';

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
    | 'alarm';
  readonly level: 'ok' | 'warning' | 'problem';
  /** One sentence: what is so. */
  readonly what: string;
  /** One imperative sentence. */
  readonly todo?: string;
  /** The same in counts and codes, for the log. */
  readonly facts?: LogFacts;
}
