import { portalLinks } from '../../entra/portal-links.ts';
import type { Figure } from '../../report/report.ts';
import type { Person } from '../../standings/person.ts';
import { HIT_LISTS } from '../../standings/standings.ts';
import type { HitList } from '../../standings/standings.ts';
import {
  addFigures,
  figureText,
  hitFigure,
  isKnown,
  isNobody,
  keyFigures,
} from '../text/wording.ts';
import type { Tone, ViewContext } from '../view-context.ts';
import { NEXT_STEPS } from './person-texts.ts';
import { viewName, viewTags } from './person.ts';
import type { NameView, Tag } from './person.ts';

/** One of the four figures. */
export interface TileView {
  readonly label: string;
  readonly value: string;
  /** words: a value that is no plain number, and so too long for the largest type. */
  readonly size: 'figure' | 'words';
  readonly tone: Tone;
  readonly details: readonly string[];
}

/** The four figures, each with what is behind it and how it changed. */
export function viewTiles(context: ViewContext): readonly TileView[] {
  const { report, formats } = context;
  const { stopped, oneFactor, without, unknown } = keyFigures(report);
  const byPolicy = hitFigure('not-usable', report);
  return [
    viewTile('Stopped at MFA', stopped, 'blocked', ['stopped'], context),
    viewTile('In with one factor, cannot do MFA', oneFactor, 'blocked', ['impact'], context),
    viewTile(
      'Without usable MFA',
      without,
      'caution',
      ['missing', 'not-usable'],
      context,
      isNobody(byPolicy)
        ? []
        : [`${figureText(byPolicy, formats)} with a method that cannot be used`],
    ),
    viewTile('Could not be judged', unknown, 'caution', ['unknown'], context),
  ];
}

function viewTile(
  label: string,
  figure: Figure,
  tone: Tone,
  lists: readonly HitList[],
  context: ViewContext,
  details: readonly string[] = [],
): TileView {
  const hasPeople = isKnown(figure) && figure.value > 0;
  return {
    label,
    value: figureText(figure, context.formats),
    size: figure.kind === 'exact' ? 'figure' : 'words',
    tone: hasPeople ? tone : isNobody(figure) ? 'plain' : 'caution',
    details: [
      ...(hasPeople ? [adminsText(lists, context), ...details] : []),
      ...changeText(lists, context),
    ],
  };
}

function adminsText(lists: readonly HitList[], { report, formats }: ViewContext): string {
  const admins = lists
    .map((list) => report.figures.hits[list].admins)
    .reduce((sum, figure) => addFigures(sum, figure));
  if (!isKnown(admins)) return 'administrators: not known';
  if (isNobody(admins)) return 'no administrator';
  const noun = admins.value === 1 ? 'administrator' : 'administrators';
  return `${figureText(admins, formats)} ${noun}`;
}

/** The change since the report that changes are counted from, where both figures are certain. */
function changeText(
  lists: readonly HitList[],
  { report, formats }: ViewContext,
): readonly string[] {
  const { history, figures } = report;
  if (history?.state !== 'kept' || history.comparedWith === undefined) return [];
  const before = history.trend
    .slice(0, -1)
    .findLast(({ day, isPartial }) => day === history.comparedWith && !isPartial);
  const now = lists.map((list) => figures.hits[list].people);
  if (before === undefined || now.some(({ kind }) => kind !== 'exact')) return [];
  const change =
    now.reduce((sum, figure) => sum + (isKnown(figure) ? figure.value : 0), 0) -
    lists.reduce((sum, list) => sum + before.hits[list], 0);
  const day = formats.shortCalendarDay(before.day);
  if (change === 0) return [`same as ${day}`];
  return [`${formats.number(Math.abs(change))} ${change > 0 ? 'more' : 'fewer'} since ${day}`];
}

/** Whom to help first, and how. */
export interface FirstStepView extends NameView {
  readonly tags: readonly Tag[];
  readonly advice: string;
  readonly methodsHref: string;
}

/**
 * The person to begin with: the first of the worst list. Undefined where there is nobody, or where only unknown
 * people are left because part of the data is missing, which is then the first thing to mend.
 */
export function viewFirstStep(context: ViewContext): FirstStepView | undefined {
  const { hits, isPartial } = context.report;
  const [first] = HIT_LISTS.flatMap((list) => hits[list].slice(0, 1));
  if (first === undefined || (isPartial && first.standing === 'unknown')) return undefined;
  return {
    ...viewName(first.user, context),
    tags: viewTags(first, context),
    advice: adviceFor(first),
    methodsHref: portalLinks(context.portalOrigin, first.user.id).methods,
  };
}

function adviceFor({ isEmergency, nextStep }: Person): string {
  if (isEmergency)
    return 'Register two passkeys for this emergency account: it would not get you in.';
  return NEXT_STEPS[nextStep].text;
}
