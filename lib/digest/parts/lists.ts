import { LOSSES } from '../../findings/update-findings.ts';
import type { Person } from '../../standings/person.ts';
import type { HitList } from '../../standings/standings.ts';
import { DAY_MS, dayOf } from '../../utc-day.ts';
import { displayText, shortText } from '../text/safe-text.ts';
import { capitalise, counted, figureText, isKnown, keyFigures, people } from '../text/wording.ts';
import type { LinkedSentence, Tone, ViewContext } from '../view-context.ts';
import { whereInFull } from './files.ts';
import { LIST_WORDS } from './list-texts.ts';
import { viewStep } from './next-step.ts';
import type { StepView } from './next-step.ts';
import { NEXT_STEPS, UNKNOWN_WORDS } from './person-texts.ts';
import { aTag, viewName, viewTags } from './person.ts';
import type { NameView, Tag } from './person.ts';
import { shortName, writeSeen } from './seen.ts';

/** One person in a list: who, what was seen, and what to do next. */
export interface RowView extends NameView {
  readonly tags: readonly Tag[];
  readonly seen: string;
  /** Only where it says more than the title of the list. */
  readonly reason: string;
  readonly step: StepView;
}

/** A hit list: a sentence, its first rows, and what the others have in common. */
export interface ListView {
  readonly id: HitList;
  readonly title: string;
  readonly tone: Tone;
  readonly notes: readonly LinkedSentence[];
  /** Where much is unknown, how many people of whom what is known. */
  readonly points: readonly string[];
  readonly rows: readonly RowView[];
  /** How many are not shown and where they are, and groups of all with their numbers; empty where all are shown. */
  readonly rest: readonly string[];
}

/** Administrators and emergency accounts are shown whatever the limit, up to so many. */
const MAX_URGENT_ROWS = 50;

/** Every list that has people shows at least so many of them, or all. */
export const MIN_ROWS = 3;

/** A list with at most `maxRows` rows beside the urgent ones; undefined where nobody is in it. */
export function viewList(
  list: HitList,
  maxRows: number,
  context: ViewContext,
): ListView | undefined {
  const hits = context.report.hits[list];
  if (hits.length === 0) return undefined;
  const { tone, notes } = LIST_WORDS[list];
  const shown = Math.max(maxRows, urgentRows(hits));
  return {
    id: list,
    title: viewTitle(list, context),
    tone,
    notes: [...notes(context.report), ...registeredNote(hits, context)],
    points: list === 'unknown' ? describeUnknownGroups(context) : [],
    ...viewRows(list, shown, context),
  };
}

/** How many of a list have done their part: they are in its number until the registration report knows of it. */
function registeredNote(
  hits: readonly Person[],
  { formats }: ViewContext,
): readonly LinkedSentence[] {
  const registered = hits.filter(({ registeredSince }) => registeredSince !== undefined).length;
  if (registered === 0 || !hits.some(isTelling)) return [];
  const them = counted(registered, 'of them has', 'of them have', formats);
  const ending = registered === 1 ? 'stands last' : 'stand last';
  return [
    {
      text: `${them} registered a method since Entra’s report was written, and ${ending}.`,
      links: [],
    },
  ];
}

/** Who cannot work today comes before who may not be able to tomorrow. */
const MIN_STOPPED_ROWS = 5;

/** Administrators and emergency accounts stand first in their list. */
function urgentRows(hits: readonly Person[]): number {
  return Math.min(hits.filter(isUrgent).length, MAX_URGENT_ROWS);
}

/** How many rows a list keeps where the mail is to be short. */
export function leastRows(list: HitList, { report }: ViewContext): number {
  return Math.max(list === 'stopped' ? MIN_STOPPED_ROWS : MIN_ROWS, urgentRows(report.hits[list]));
}

/** The same list with fewer rows. */
export function shortenList(view: ListView, maxRows: number, context: ViewContext): ListView {
  return { ...view, ...viewRows(view.id, Math.min(maxRows, view.rows.length), context) };
}

function viewRows(
  list: HitList,
  maxRows: number,
  context: ViewContext,
): Pick<ListView, 'rows' | 'rest'> {
  const hits = context.report.hits[list];
  // Where nothing is known of anybody, rows would say the same over and over.
  const shown = hits.some(isTelling) ? hits.slice(0, maxRows) : [];
  const { fileName } = LIST_WORDS[list];
  const rest = whereInFull(fileName, { all: hits.length, shown: shown.length }, context);
  return {
    rows: shown.map((person) => viewRow(person, context)),
    rest: rest === '' ? [] : [rest, ...groupsOf(hits, context)],
  };
}

/** The worst that is known of people who could not be judged, with their numbers. */
function describeUnknownGroups({ report, formats }: ViewContext): readonly string[] {
  const { unknownGroups, isPartial, figures } = report;
  if (!isPartial || unknownGroups.length === 0) return [];
  const { people: without, admins } = figures.withoutMethod;
  const lines = unknownGroups.map(
    ({ group, people: members }) => `${people(members.length, formats)} ${UNKNOWN_WORDS[group]}`,
  );
  // Where the figures at the top are those of the registration report, they have said it.
  if (!isKnown(without) || keyFigures(report).isWithoutByReport) return lines;
  const verb = without.value === 1 ? 'person has' : 'people have';
  return [
    ...lines,
    `By the registration report alone ${figureText(without, formats)} ${verb} no usable method, administrators among them: ${figureText(admins, formats)}`,
  ];
}

function isUrgent({ isEmergency, privilege }: Person): boolean {
  return isEmergency || (privilege !== 'none' && privilege !== 'unknown');
}

/** Whether anything is known of somebody beside that they exist; emergency accounts have a section of their own. */
function isTelling({ standing, unknownGroup }: Person): boolean {
  return standing !== 'unknown' || unknownGroup !== 'registration-not-known';
}

function viewTitle(list: HitList, { report, formats }: ViewContext): string {
  const { people: figure } = report.figures.hits[list];
  const { one, many } = LIST_WORDS[list];
  // Who rests is in no list, and here nobody knows who does.
  if (!isKnown(figure)) {
    const named = report.hits[list].length;
    return `${counted(named, `person ${one}`, `people ${many}`, formats)}; some may be dormant`;
  }
  const isOne = figure.value === 1;
  return `${capitalise(figureText(figure, formats))} ${isOne ? `person ${one}` : `people ${many}`}`;
}

export function viewRow(person: Person, context: ViewContext): RowView {
  return {
    ...viewName(person.user, context),
    tags: [...viewTags(person, context), ...ageTag(person, context)],
    seen: writeSeen(person, context),
    reason: writeReason(person),
    step: viewStep(person, context),
  };
}

/** Most reasons repeat the title of the list, its notes and what was seen; these do not. */
function writeReason({
  standing,
  reason,
  nextStep,
  methodLoss,
  unknownGroup,
  script,
}: Person): string {
  const isTelling =
    (standing === 'unknown' && unknownGroup === undefined) ||
    (standing === 'not-usable' && nextStep !== 'allow-method');
  const pattern = script === undefined ? '' : `Looks like a script: ${script.pattern}.`;
  const loss = methodLoss === undefined ? '' : LOSSES[methodLoss.kind];
  return [isTelling ? shortText(reason, 160) : '', loss, pattern]
    .filter((text) => text !== '')
    .join(' ');
}

/** Since when, where the history is older than the finding; what was there from the first report on is no news. */
function ageTag({ ageDays }: Person, context: ViewContext): readonly Tag[] {
  if (ageDays === 0) return newTag(context);
  const since = ageDays === undefined ? undefined : sinceOf(ageDays, context);
  return since === undefined || since.isFirstSeen ? [] : [aTag(`since ${since.day}`)];
}

/** New against an earlier report only: whom the first one finds may have been so for years. */
export function newTag({ report }: ViewContext): readonly Tag[] {
  return report.history?.state === 'kept' ? [aTag('new today')] : [];
}

/** The day on which a finding was opened, and whether that is the day from which anything is known. */
export function sinceOf(
  ageDays: number,
  { report, formats }: ViewContext,
): { readonly day: string; readonly isFirstSeen: boolean } {
  const day = dayOf(Date.parse(report.generatedAt) - ageDays * DAY_MS);
  const oldest = report.history?.trend[0]?.day;
  return {
    day: formats.shortCalendarDay(day),
    isFirstSeen: oldest !== undefined && day <= oldest,
  };
}

const MAX_GROUPS = 5;

/** What many have in common: by next step, by application, by department. */
function groupsOf(hits: readonly Person[], { formats }: ViewContext): readonly string[] {
  const groups: readonly (readonly [string, (person: Person) => string])[] = [
    ['next step', ({ nextStep }) => NEXT_STEPS[nextStep].verb],
    ['application', ({ applications }) => shortName(applications[0]?.application.name ?? '')],
    ['department', ({ user }) => displayText(user.department ?? '', 40)],
  ];
  return groups.flatMap(([what, nameOf]) => {
    const counts = new Map<string, number>();
    for (const person of hits) {
      const name = nameOf(person);
      if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    if (counts.size < 2) return [];
    const named = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const sorted = [...counts].toSorted(([, a], [, b]) => b - a);
    const shown = sorted
      .slice(0, MAX_GROUPS)
      .map(([name, count]) => `${name} ${formats.number(count)}`);
    const others = sorted.slice(MAX_GROUPS).reduce((sum, [, count]) => sum + count, 0);
    if (others > 0) shown.push(`others ${formats.number(others)}`);
    if (named < hits.length) shown.push(`none ${formats.number(hits.length - named)}`);
    return [`By ${what}: ${shown.join(' · ')}.`];
  });
}
