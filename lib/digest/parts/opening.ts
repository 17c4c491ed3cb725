import type { TrendPoint } from '../../findings/findings.ts';
import type { Figure } from '../../report/report.ts';
import type { Person } from '../../standings/person.ts';
import { HIT_LISTS } from '../../standings/standings.ts';
import type { HitList } from '../../standings/standings.ts';
import { lowerFirst } from '../text/wording.ts';
import { addFigures, figureText, isKnown, isNobody, keyFigures } from '../text/wording.ts';
import type { Tone, ViewContext } from '../view-context.ts';
import { newTag, sinceOf } from './lists.ts';
import { viewStep } from './next-step.ts';
import type { StepView } from './next-step.ts';
import { aTag, viewName, viewTags } from './person.ts';
import type { NameView, Tag } from './person.ts';
import { writeSeen } from './seen.ts';

/** One of the four figures. */
export interface TileView {
  readonly label: string;
  readonly value: string;
  /** words: a value that is no plain number, and so too long for the largest type. */
  readonly size: 'figure' | 'words';
  readonly isWords: boolean;
  readonly tone: Tone;
  readonly details: readonly string[];
}

/** The four figures, each with what is behind it and how it changed. */
export function viewTiles(context: ViewContext): readonly TileView[] {
  const { report, formats } = context;
  const { stopped, oneFactor, without, isWithoutByReport, unknown } = keyFigures(report);
  const byPolicy = report.figures.hits['not-usable'].people;
  return [
    viewTile('Stopped at MFA', stopped, 'blocked', ['stopped'], context),
    viewTile('In with one factor', oneFactor, 'blocked', ['impact'], context),
    isWithoutByReport
      ? viewReported(context)
      : viewTile(
          'Without usable MFA',
          without,
          'caution',
          ['missing', 'not-usable'],
          context,
          isNobody(byPolicy) ? [] : [`${figureText(byPolicy, formats)} with unusable ones`],
        ),
    viewTile('Could not be judged', unknown, 'caution', ['unknown'], context),
  ];
}

/** What the registration report alone tells of people without a usable method, whatever they used. */
function viewReported({ report, formats }: ViewContext): TileView {
  const { people, admins } = report.figures.withoutMethod;
  return {
    label: 'Without usable MFA',
    value: figureText(people, formats),
    size: people.kind === 'exact' ? 'figure' : 'words',
    isWords: people.kind !== 'exact',
    tone: 'caution',
    details: [adminsWords(admins, formats), 'by the registration report alone'],
  };
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
    isWords: figure.kind !== 'exact',
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
  return adminsWords(admins, formats);
}

function adminsWords(admins: Figure, formats: ViewContext['formats']): string {
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

/** Somebody to begin with: who, why and since when, and one verb. */
export interface FirstStepView extends NameView {
  readonly place: number;
  readonly tags: readonly Tag[];
  readonly seen: string;
  readonly step: StepView;
}

export interface FirstStepsView {
  readonly title: string;
  readonly people: readonly FirstStepView[];
}

const MAX_FIRST_STEPS = 3;

/**
 * The people to begin with: the first of the worst lists. Undefined where there is nobody, or where only unknown people
 * are left because part of the data is missing, which is then the first thing to mend.
 */
export function viewFirstSteps(context: ViewContext): FirstStepsView | undefined {
  const { hits, isPartial } = context.report;
  const worst = HIT_LISTS.flatMap((list) => hits[list].slice(0, MAX_FIRST_STEPS))
    .filter(
      ({ standing, nextStep }) => !(isPartial && standing === 'unknown') && nextStep !== 'none',
    )
    .filter(({ registeredSince }) => registeredSince === undefined)
    .toSorted((a, b) => urgencyOf(b) - urgencyOf(a))
    .slice(0, MAX_FIRST_STEPS);
  if (worst.length === 0) return undefined;
  const title =
    worst.length === 1 ? 'Start with this one' : `Start with these ${NUMBERS[worst.length]}`;
  return { title, people: worst.map((person, index) => viewFirst(person, index + 1, context)) };
}

const NUMBERS = ['', 'one', 'two', 'three'];

/** Emergency accounts first, then privilege; the lists themselves are in the order of what is worst. */
function urgencyOf({ isEmergency, privilege }: Person): number {
  if (isEmergency) return 3;
  if (privilege === 'global-administrator') return 2;
  return privilege === 'privileged-role' ? 1 : 0;
}

function viewFirst(person: Person, place: number, context: ViewContext): FirstStepView {
  return {
    ...viewName(person.user, context),
    place,
    tags: [...viewTags(person, context), ...sinceTag(person, context)],
    seen: whyFirst(person, context),
    step: viewStep(person, context),
  };
}

/** Outside of their list, people who were not seen at an enforced application need its name as well. */
function whyFirst(person: Person, context: ViewContext): string {
  const seen = lowerFirst(writeSeen(person, context));
  return person.standing === 'missing' ? `no MFA method, ${seen}` : seen;
}

function sinceTag({ ageDays }: Person, context: ViewContext): readonly Tag[] {
  if (ageDays === undefined) return [];
  if (ageDays === 0) return newTag(context);
  const { day, isFirstSeen } = sinceOf(ageDays, context);
  return [aTag(`${isFirstSeen ? 'first seen' : 'since'} ${day}`)];
}

/** One line of trend in words; empty where there is nothing to compare with. */
export function writePace({ report, formats }: ViewContext): string {
  const { history } = report;
  const whole = history?.trend.filter(({ isPartial }) => !isPartial) ?? [];
  const [now, today] = [whole.at(-1), history?.trend.at(-1)];
  if (history === undefined || now === undefined || now !== today || whole.length < 2) return '';
  const weekAgo = new Date(Date.parse(now.day) - 7 * 86_400_000).toISOString().slice(0, 10);
  const before = whole.findLast(({ day }) => day <= weekAgo) ?? whole[0]!;
  const [open, then] = [totalOf(now), totalOf(before)];
  const when = before.day === weekAgo ? 'a week ago' : `on ${formats.shortCalendarDay(before.day)}`;
  const pace =
    history.zeroOn === undefined
      ? open < then
        ? ''
        : open === 0
          ? ''
          : '; not falling'
      : `; at this pace done in ${formats.month(history.zeroOn)}`;
  return `${formats.number(open)} open, ${formats.number(then)} ${when}${pace}.`;
}

function totalOf({ hits }: TrendPoint): number {
  return HIT_LISTS.reduce((sum, list) => sum + hits[list], 0);
}
