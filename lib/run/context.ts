import type { Memory } from './open-memory.ts';
import type { Ports } from '../ports.ts';
import type { Session } from './session.ts';
import type { Settings } from '../settings/fields.ts';

/** What every part of a run shares once settings are read, Graph is reached and the memory is open. */
export interface RunContext {
  readonly ports: Ports;
  readonly settings: Settings;
  readonly session: Session;
  readonly memory: Memory;
  /** The tenant of the token, in lower case. */
  readonly tenantId: string;
  readonly startedAt: Date;
}
