import { APPLICATIONS } from '../entra/applications.ts';
import { STAGES } from '../entra/refusals.ts';

/** Applications × interactive or not: where a row belongs. Part of the ledger's format. */
export function slotOf(application: number, isInteractive: boolean): number {
  return application * 2 + (isInteractive ? 0 : 1);
}

export function applicationOfSlot(slot: number): number {
  return slot >> 1;
}

export function isInteractiveSlot(slot: number): boolean {
  return (slot & 1) === 0;
}

export const SLOTS = APPLICATIONS.length * 2;

/**
 * What a row counts: successes by evidence; of those done here, those by means that the registration report does not
 * count; refusals by stage; of the successes with MFA, those for which only the application asked, and those for which
 * a measure of the tenant's own did. The order is part of the ledger's format: add at the end only.
 */
export const COUNTS = [
  'here',
  'elsewhere',
  'claim',
  'unsaid',
  'none',
  'hereUncounted',
  ...STAGES,
  'mfaByApplication',
  'mfaByTenant',
] as const;

/** How many counts are of successes by evidence; they add up to the successes. */
export const EVIDENCE_COUNTS = 5;
/** How many of these are with MFA. */
export const MFA_COUNTS = 3;
export const [UNSAID, NO_MFA] = [COUNTS.indexOf('unsaid'), COUNTS.indexOf('none')] as const;
export const HERE_UNCOUNTED = COUNTS.indexOf('hereUncounted');
export const FIRST_STAGE = COUNTS.indexOf(STAGES[0]);
export const MFA_BY_APPLICATION = COUNTS.indexOf('mfaByApplication');
export const MFA_BY_TENANT = COUNTS.indexOf('mfaByTenant');

/** What a row keeps an instant of: successes, those with MFA, those with MFA done here, refusals. */
export const INSTANTS = ['firstAt', 'lastAt', 'lastMfaAt', 'lastHereAt', 'lastRefusalAt'] as const;

/** A username-password flow was seen: in a success, in a refusal. */
export const ROPC = { succeeded: 1, refused: 2 } as const;

/** One person's sign-ins of one slot and one UTC day. Instants are milliseconds since 1970, 0 where there is none. */
export interface DayRow extends Readonly<Record<(typeof INSTANTS)[number], number>> {
  readonly person: number;
  readonly slot: number;
  /** By place in COUNTS. */
  readonly counts: ArrayLike<number>;
  /** Of the last refusal: its place in STAGES times 16, plus the mask of ASKERS; of two at one instant the larger. */
  readonly lastRefusal: number;
  /** A bit for each hour of the UTC day in which a success or a refusal lies; 0 where that is not known. */
  readonly hours: number;
  /** A mask of ROPC. */
  readonly ropc: number;
}

export type Mutable<Row> = { -readonly [Name in keyof Row]: Row[Name] };

/** A row to write into. */
export function emptyRow(): Mutable<DayRow> {
  const instants = { firstAt: 0, lastAt: 0, lastMfaAt: 0, lastHereAt: 0, lastRefusalAt: 0 };
  const counts = new Uint32Array(COUNTS.length);
  return { person: 0, slot: 0, counts, ...instants, lastRefusal: 0, hours: 0, ropc: 0 };
}

/** Successes of a row. */
export function successesOf({ counts }: Pick<DayRow, 'counts'>): number {
  return sumOf(counts, 0, EVIDENCE_COUNTS);
}

export function refusalsOf({ counts }: Pick<DayRow, 'counts'>): number {
  return sumOf(counts, FIRST_STAGE, FIRST_STAGE + STAGES.length);
}

export function sumOf(counts: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  for (let place = from; place < to; place += 1) sum += counts[place]!;
  return sum;
}
