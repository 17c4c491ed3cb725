import type { Span } from '../sign-ins/query.ts';

/** Clocks differ and the newest second is still being written. */
export const TOLERANCE_MS = 2_000;

/** The spans joined where they touch or overlap, oldest first. */
export function joinSpans(spans: readonly Span[]): readonly Span[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/** What joined spans leave open of a span; less than two seconds are no gap. */
export function gapsIn(spans: readonly Span[], { from, to }: Span): readonly Span[] {
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
export function intersect(left: readonly Span[], right: readonly Span[]): readonly Span[] {
  return left.flatMap((a) =>
    right.flatMap((b) => {
      const span = { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
      return span.from < span.to ? [span] : [];
    }),
  );
}

/** How long spans are together, in milliseconds. */
export function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}
