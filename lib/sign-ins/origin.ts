import { PREMIUM_RETENTION_DAYS } from '../entra/limits.ts';
import type { Reader } from '../sources/collection.ts';
import type { PeopleIndex } from '../sources/people-index.ts';
import { DAY_MS, HOUR_MS, startOfDay } from '../utc-day.ts';
import type { SignInKind } from './query.ts';
import { readSignIns } from './read-sign-ins.ts';
import type { KindReads, SignInPiece, SignInRequest } from './read-sign-ins.ts';

/** Where sign-ins come from. A day of the ledger that names none is Graph's. */
export const ORIGINS = ['graph', 'log-analytics'] as const;

export type OriginKey = (typeof ORIGINS)[number];

/** How far back an origin goes, and what was read of it. */
export interface OriginState {
  /** From here on it is sure to hold sign-ins until this run ends, milliseconds since 1970. */
  readonly retainedFrom: number;
  /** A report that does not know all from here on is not whole. */
  readonly owedFrom: number;
  /** It is not asked for anything older. */
  readonly furthestFrom: number;
  /** What is said of days that it gave once and could give no more. */
  readonly goneNote: string;
  readonly reads: KindReads;
  /** What the reader should know of it, in full sentences. */
  readonly notes: readonly string[];
}

/** What the ledger is filled from. Its readings obey the rules of the ledger, whatever it is. */
export interface SignInOrigin extends OriginState {
  readonly key: OriginKey;
  /** For sentences: "Graph", "the workspace". */
  readonly name: string;
  /** Reads a span, newest first; a failure ends a kind and not the reading, and `reads` says why. */
  read(people: PeopleIndex, request: SignInRequest): AsyncGenerator<SignInPiece>;
}

/** Nothing read yet. */
export function noReads(): KindReads {
  return { interactive: { rows: 0, pages: 0 }, nonInteractive: { rows: 0, pages: 0 } };
}

/** The edge of what an origin keeps moves on while a run reads towards it. */
export const RETENTION_MARGIN_MS = HOUR_MS;

/** Graph refuses a filter that goes back more than 90 days, though it holds nothing that old. */
const MAX_DAYS_BACK = 89;

/** The oldest instant that Graph is sure to hold until a run ends that begins now. */
export function heldByGraphFrom(now: number): number {
  return Math.ceil((now - PREMIUM_RETENTION_DAYS * DAY_MS + RETENTION_MARGIN_MS) / 1000) * 1000;
}

/** Graph's sign-in log. */
export function graphOrigin(reader: Reader, now: number): SignInOrigin {
  const retainedFrom = heldByGraphFrom(now);
  const reads = noReads();
  return {
    key: 'graph',
    name: 'Graph',
    retainedFrom,
    owedFrom: retainedFrom,
    furthestFrom: startOfDay(now) - MAX_DAYS_BACK * DAY_MS,
    goneNote: 'Graph does not hold it any more.',
    reads,
    notes: [],
    read: (people, request) => readSignIns(reader, people, reads, request),
  };
}

/** An origin and the one that fills what it leaves open, as one. */
export function joinOrigins(origin: SignInOrigin, filler?: SignInOrigin): OriginState {
  if (filler === undefined) return origin;
  return {
    retainedFrom: Math.min(origin.retainedFrom, filler.retainedFrom),
    owedFrom: Math.min(origin.retainedFrom, filler.owedFrom),
    furthestFrom: Math.min(origin.furthestFrom, filler.furthestFrom),
    goneNote: `Neither ${origin.name} nor ${filler.name} holds it any more.`,
    reads: {
      interactive: joinReads('interactive', origin, filler),
      nonInteractive: joinReads('nonInteractive', origin, filler),
    },
    notes: [...origin.notes, ...filler.notes],
  };
}

function joinReads(kind: SignInKind, origin: SignInOrigin, filler: SignInOrigin) {
  const [own, other] = [origin.reads[kind], filler.reads[kind]];
  const firsts = [own.firstEventAt, other.firstEventAt].filter((at) => at !== undefined);
  const lasts = [own.lastEventAt, other.lastEventAt].filter((at) => at !== undefined);
  const cause = own.cause ?? other.cause;
  return {
    // What fills names everything that only one of them can say; what both count adds up.
    ...other,
    rows: own.rows + other.rows,
    pages: own.pages + other.pages,
    firstEventAt: firsts.length > 0 ? Math.min(...firsts) : undefined,
    lastEventAt: lasts.length > 0 ? Math.max(...lasts) : undefined,
    cause,
  };
}
