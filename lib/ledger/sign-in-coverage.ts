import { KINDS } from '../sign-ins/query.ts';
import type { SignInKind, Span } from '../sign-ins/query.ts';
import type { OriginState } from '../sign-ins/origin.ts';
import { undecodableCause } from '../sources/coverage.ts';
import type { Cause, SourceCoverage } from '../sources/coverage.ts';
import { caughtUpAt, minutesLeft } from './catch-up.ts';
import type { NextRuns, Pace } from './catch-up.ts';
import type { DayCover } from './day-document.ts';
import type { AggregatedWindow } from './read-window.ts';
import { gapsIn, intersect, joinSpans, lengthOf, TOLERANCE_MS } from './spans.ts';

export interface SignInCoverage {
  readonly coverage: readonly SourceCoverage[];
  /** Whether somebody who was not seen signing in did not sign in. */
  readonly isProof: boolean;
  /** The span really seen, both kinds; undefined where there is none. */
  readonly seen?: Span | undefined;
  /** From here to now every sign-in of both kinds was read; undefined where even the newest are missing. */
  readonly wholeSince?: number | undefined;
  /** The same for interactive sign-ins alone. */
  readonly interactiveSince?: number | undefined;
}

export interface CoverageInput {
  /** Where the sign-ins come from, and what was read of it. */
  readonly origin: Pick<OriginState, 'reads' | 'owedFrom' | 'goneNote' | 'notes'>;
  readonly aggregated: Pick<AggregatedWindow, 'covers' | 'events'>;
  /** The window asked for. */
  readonly window: Span;
  readonly pace: Pace;
  /** Undefined without a lasting ledger: then nothing goes on from here, and every hole counts. */
  readonly lasting?:
    | {
        /** Holes that begin from here on leave standings to what the ledger knows. */
        readonly tolerantFrom: number;
        readonly nextRuns: NextRuns;
      }
    | undefined;
}

/** How far the sign-ins of a window are known, by kind: its holes, and whether the origin could still fill them. */
export function coverSignIns(input: CoverageInput): SignInCoverage {
  const { aggregated } = input;
  const [interactive, nonInteractive] = KINDS.map((kind) => spansOf(aggregated.covers, kind));
  const known = intersect(interactive ?? [], nonInteractive ?? []);
  const [first, last] = [known.at(0), known.at(-1)];
  return {
    coverage: KINDS.map((kind) => coverKind(kind, input)),
    isProof: KINDS.every((kind) => holesOf(kind, input).every((hole) => isTolerable(hole, input))),
    seen: first && last && { from: first.from, to: last.to },
    wholeSince: wholeSince(known, KINDS, input),
    interactiveSince: wholeSince(interactive ?? [], ['interactive'], input),
  };
}

/** Since when nothing is missing, up to now. Where rows do not tell of MFA, no success is known to resolve a refusal. */
function wholeSince(
  spans: readonly Span[],
  kinds: readonly SignInKind[],
  { origin, window }: CoverageInput,
): number | undefined {
  if (kinds.some((kind) => origin.reads[kind].vague !== undefined)) return undefined;
  let since = window.to;
  for (const { from, to } of spans.toReversed()) {
    if (to < since - TOLERANCE_MS) break;
    since = Math.min(since, from);
  }
  return since < window.to ? since : undefined;
}

/** What the origin owes of a window. */
function neededOf({ window, origin }: CoverageInput): Span {
  return { from: Math.max(window.from, origin.owedFrom), to: window.to };
}

function holesOf(kind: SignInKind, input: CoverageInput): readonly Span[] {
  return gapsIn(spansOf(input.aggregated.covers, kind), neededOf(input));
}

/** True for a hole in the newest days, before which the ledger knows something. */
function isTolerable(hole: Span, input: CoverageInput): boolean {
  const { lasting } = input;
  return (
    lasting !== undefined && hole.from >= lasting.tolerantFrom && hole.from > neededOf(input).from
  );
}

function coverKind(kind: SignInKind, input: CoverageInput): SourceCoverage {
  const { origin, aggregated } = input;
  const read = origin.reads[kind];
  const spans = spansOf(aggregated.covers, kind);
  const [first, last] = [spans.at(0), spans.at(-1)];
  const holes = holesOf(kind, input);
  const event = aggregated.events[kind];
  const firstAt = smallest(event.firstAt, read.firstEventAt);
  const lastAt = largest(event.lastAt, read.lastEventAt);
  const isComplete =
    holes.length === 0 && read.vague === undefined && (read.undecodable ?? 0) === 0;
  const hasAny = spans.length > 0 || firstAt !== undefined;
  const undecodable = read.undecodable ?? 0;
  const isMissingRows = undecodable > 0 ? undecodableCause(undecodable) : undefined;
  const cause = read.cause ?? read.vague ?? isMissingRows ?? read.shortfall ?? STILL_READING;
  return {
    source: kind === 'interactive' ? 'interactiveSignIns' : 'nonInteractiveSignIns',
    state: isComplete ? 'complete' : hasAny ? 'partial' : 'not-available',
    cause: isComplete ? undefined : cause,
    rows: read.rows,
    pages: read.pages,
    people: read.people,
    undecodable: undecodable > 0 ? undecodable : undefined,
    firstEventAt: firstAt === undefined ? undefined : iso(firstAt),
    lastEventAt: lastAt === undefined ? undefined : iso(lastAt),
    from: first && iso(first.from),
    to: last && iso(last.to),
    notes: [
      ...origin.notes,
      ...holeNotes(holes, input),
      ...lostNotes(spans, input),
      ...restNotes(cause, holes, input),
    ],
  };
}

const STILL_READING: Cause = {
  kind: 'ledger',
  because: 'the sign-in log has not been read back to its beginning yet',
  remedy: 'Nothing to do: the next runs read on.',
};

/** Every hole in what the origin owes. */
function holeNotes(holes: readonly Span[], input: CoverageInput): readonly string[] {
  const { from, to } = neededOf(input);
  return holes.map((hole) => {
    if (hole.from === from && hole.to === to) return holeNote(hole);
    if (hole.to === to && isTolerable(hole, input))
      return `Sign-ins known to ${minute(hole.from)} UTC.`;
    if (hole.from === from) return `${holeNote(hole)} Read back to ${minute(hole.to)} UTC so far.`;
    return holeNote(hole);
  });
}

/** Holes that nobody can fill any more; what lies before everything that is known is none. */
function lostNotes(spans: readonly Span[], input: CoverageInput): readonly string[] {
  const first = spans[0];
  if (first === undefined) return [];
  const span = { from: Math.max(first.from, input.window.from), to: neededOf(input).from };
  return gapsIn(spans, span).map((hole) => `${holeNote(hole)} ${input.origin.goneNote}`);
}

/** When the rest will have been read. */
function restNotes(cause: Cause, holes: readonly Span[], input: CoverageInput): readonly string[] {
  const { pace, lasting, window } = input;
  if (holes.length === 0 || (cause.kind !== 'deadline' && cause.kind !== 'ledger')) return [];
  const missingMs = lengthOf(holes);
  const minutes = minutesLeft(missingMs, pace);
  if (minutes === undefined) return ['How long the rest takes to read cannot be told yet.'];
  const takes = `about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} at this pace`;
  if (lasting === undefined) return [`Reading the rest would take ${takes}.`];
  const doneAt = caughtUpAt(missingMs, pace, lasting.nextRuns, window.to);
  const by =
    doneAt === undefined
      ? ''
      : `; the runs of INGEST_SCHEDULE will have done it by ${iso(doneAt).slice(0, 10)}`;
  return [`Reading the rest takes ${takes}${by}.`];
}

function holeNote({ from, to }: Span): string {
  return `Not read: ${minute(from)} to ${minute(to)} UTC.`;
}

/** The spans of a kind that were read whole. */
function spansOf(covers: readonly DayCover[], kind: SignInKind): readonly Span[] {
  return joinSpans(covers.filter((cover) => cover[kind]));
}

function minute(instant: number): string {
  return iso(instant).slice(0, 16).replace('T', ' ');
}

function smallest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function largest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
