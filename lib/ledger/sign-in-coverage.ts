import { KINDS } from '../sign-ins/query.ts';
import type { SignInKind, Span } from '../sign-ins/query.ts';
import type { KindReads } from '../sign-ins/read-sign-ins.ts';
import { undecodableCause } from '../sources/coverage.ts';
import type { Cause, SourceCoverage } from '../sources/coverage.ts';
import { caughtUpAt, minutesLeft } from './catch-up.ts';
import type { NextRuns, Pace } from './catch-up.ts';
import type { DayCover } from './day-document.ts';
import type { Folded } from './read-window.ts';

export interface SignInCoverage {
  readonly coverage: readonly SourceCoverage[];
  /** Whether somebody who was not seen signing in did not sign in. */
  readonly isProof: boolean;
  /** The span really seen, both kinds; undefined where there is none. */
  readonly seen?: Span;
  /** From here to now every sign-in of both kinds was read; undefined where even the newest are missing. */
  readonly wholeSince?: number | undefined;
  /** The same for interactive sign-ins alone. */
  readonly interactiveSince?: number | undefined;
}

export interface CoverageInput {
  readonly reads: KindReads;
  readonly folded: Pick<Folded, 'covers' | 'events'>;
  /** The window asked for. */
  readonly window: Span;
  readonly retainedFrom: number;
  readonly pace: Pace;
  /** Undefined without a lasting ledger: then nothing goes on from here, and every hole counts. */
  readonly lasting?: {
    /** Holes that begin from here on leave standings to what the ledger knows. */
    readonly tolerantFrom: number;
    readonly nextRuns: NextRuns;
  };
}

/** How far the sign-ins of a window are known, by kind: its holes, and whether Graph could still fill them. */
export function coverSignIns(input: CoverageInput): SignInCoverage {
  const { folded } = input;
  const [interactive, nonInteractive] = KINDS.map((kind) => spansOf(folded.covers, kind));
  const known = intersect(interactive ?? [], nonInteractive ?? []);
  const [first, last] = [known.at(0), known.at(-1)];
  return {
    coverage: KINDS.map((kind) => coverKind(kind, input)),
    isProof: KINDS.every((kind) => holesOf(kind, input).every((hole) => isTolerable(hole, input))),
    ...(first !== undefined && last !== undefined && { seen: { from: first.from, to: last.to } }),
    wholeSince: wholeSince(known, KINDS, input),
    interactiveSince: wholeSince(interactive ?? [], ['interactive'], input),
  };
}

/** Since when nothing is missing, up to now. Without beta rows nobody can tell which success resolved a refusal. */
function wholeSince(
  spans: readonly Span[],
  kinds: readonly SignInKind[],
  { reads, window }: CoverageInput,
): number | undefined {
  if (kinds.some((kind) => reads[kind].shape?.version === 'v1.0')) return undefined;
  let since = window.to;
  for (const { from, to } of spans.toReversed()) {
    if (to < since - TOLERANCE_MS) break;
    since = Math.min(since, from);
  }
  return since < window.to ? since : undefined;
}

/** What Graph could still give of a window. */
function neededOf({ window, retainedFrom }: CoverageInput): Span {
  return { from: Math.max(window.from, retainedFrom), to: window.to };
}

function holesOf(kind: SignInKind, input: CoverageInput): readonly Span[] {
  return gapsIn(spansOf(input.folded.covers, kind), neededOf(input));
}

/** True for a hole in the newest days, before which the ledger knows something. */
function isTolerable(hole: Span, input: CoverageInput): boolean {
  const { lasting } = input;
  return (
    lasting !== undefined && hole.from >= lasting.tolerantFrom && hole.from > neededOf(input).from
  );
}

function coverKind(kind: SignInKind, input: CoverageInput): SourceCoverage {
  const { reads, folded } = input;
  const read = reads[kind];
  const spans = spansOf(folded.covers, kind);
  const holes = holesOf(kind, input);
  const event = folded.events[kind];
  const firstAt = smallest(event.firstAt, read.firstEventAt);
  const lastAt = largest(event.lastAt, read.lastEventAt);
  const isV1 = read.shape?.version === 'v1.0';
  const isComplete = holes.length === 0 && !isV1 && (read.undecodable ?? 0) === 0;
  const hasAny = spans.length > 0 || firstAt !== undefined;
  const undecodable = read.undecodable ?? 0;
  const isMissingRows = undecodable > 0 ? undecodableCause(undecodable) : undefined;
  const cause = read.cause ?? (isV1 ? ONLY_V1 : (isMissingRows ?? STILL_READING));
  return {
    source: kind === 'interactive' ? 'interactiveSignIns' : 'nonInteractiveSignIns',
    state: isComplete ? 'complete' : hasAny ? 'partial' : 'not-available',
    ...(!isComplete && { cause }),
    rows: read.rows,
    pages: read.pages,
    undecodable: undecodable > 0 ? undecodable : undefined,
    ...(firstAt !== undefined && { firstEventAt: iso(firstAt) }),
    ...(lastAt !== undefined && { lastEventAt: iso(lastAt) }),
    ...(spans.length > 0 && { from: iso(spans[0]?.from ?? 0), to: iso(spans.at(-1)?.to ?? 0) }),
    notes: [
      ...holeNotes(holes, input),
      ...lostNotes(spans, input),
      ...restNotes(cause, holes, input),
    ],
  };
}

const ONLY_V1: Cause = {
  kind: 'version',
  because: 'Graph refused the beta sign-in log, and v1.0 does not say whether MFA was asked for',
  remedy: 'Check whether a policy or the cloud blocks Graph’s beta endpoint.',
};

const STILL_READING: Cause = {
  kind: 'ledger',
  because: 'the sign-in log has not been read back to its beginning yet',
  remedy: 'Nothing to do: the next runs read on.',
};

/** Every hole that Graph could still fill. */
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
  return gapsIn(spans, span).map((hole) => `${holeNote(hole)} Graph does not hold it any more.`);
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

/** Clocks differ and the newest second is still being written. */
const TOLERANCE_MS = 2_000;

/** The spans joined where they touch or overlap, oldest first. */
function joinSpans(spans: readonly Span[]): readonly Span[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/** What joined spans leave open of a span; less than two seconds are no gap. */
function gapsIn(spans: readonly Span[], { from, to }: Span): readonly Span[] {
  const gaps: Span[] = [];
  let at = from;
  for (const span of spans) {
    gaps.push({ from: at, to: Math.min(span.from, to) });
    at = Math.max(at, span.to);
  }
  gaps.push({ from: at, to });
  return gaps.filter((gap) => gap.to - gap.from > TOLERANCE_MS);
}

/** What two lists of joined spans have in common. */
function intersect(left: readonly Span[], right: readonly Span[]): readonly Span[] {
  return left.flatMap((a) =>
    right.flatMap((b) => {
      const span = { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
      return span.from < span.to ? [span] : [];
    }),
  );
}

/** How long spans are together, in milliseconds. */
function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}
