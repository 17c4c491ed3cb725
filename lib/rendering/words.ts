import type { Figure, Report } from '../report/report.ts';
import type { HitList } from '../report/standings.ts';
import type { Formats } from './formats.ts';

/** A figure as text: "7", "at least 7" or "not known"; "at least 0" says no more than "not known". */
export function figureText(figure: Figure, { number }: Formats): string {
  if (!isKnown(figure)) return 'not known';
  return figure.kind === 'exact' ? number(figure.value) : `at least ${number(figure.value)}`;
}

/** True where a figure says something: a number, or a lower bound above zero. */
export function isKnown(figure: Figure): figure is Extract<Figure, { readonly value: number }> {
  return figure.kind === 'exact' || (figure.kind === 'at-least' && figure.value > 0);
}

/** True only where it is certain that there is nobody. */
export function isNobody(figure: Figure): boolean {
  return figure.kind === 'exact' && figure.value === 0;
}

/** How many people are in a list: never fewer, and never less known, than those that it names. */
export function hitFigure(
  list: HitList,
  { figures, hits }: Pick<Report, 'figures' | 'hits'>,
): Figure {
  const { people: figure } = figures.hits[list];
  const named = hits[list].length;
  return isKnown(figure) || named === 0 ? figure : { kind: 'at-least', value: named };
}

/** The three figures that the digest turns on. */
export function keyFigures(report: Pick<Report, 'figures' | 'hits'>): {
  readonly blocked: Figure;
  readonly without: Figure;
  readonly unknown: Figure;
} {
  return {
    blocked: hitFigure('impact', report),
    without: addFigures(hitFigure('missing', report), hitFigure('not-usable', report)),
    unknown: hitFigure('unknown', report),
  };
}

/** The sum of two figures, as certain as the less certain one. */
export function addFigures(a: Figure, b: Figure): Figure {
  if (a.kind === 'not-known')
    return b.kind === 'not-known' ? b : { kind: 'at-least', value: b.value };
  if (b.kind === 'not-known') return { kind: 'at-least', value: a.value };
  const kind = a.kind === 'exact' && b.kind === 'exact' ? 'exact' : 'at-least';
  return { kind, value: a.value + b.value };
}

/** "1 person", "2 people". */
export function counted(count: number, one: string, many: string, { number }: Formats): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

export function people(count: number, formats: Formats): string {
  return counted(count, 'person', 'people', formats);
}

export function days(count: number, formats: Formats): string {
  return counted(count, 'day', 'days', formats);
}

/** "a", "a and b", "a, b and c". */
export function joinWords(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

export function capitalise(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
