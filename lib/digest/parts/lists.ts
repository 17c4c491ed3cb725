import { portalLinks } from '../../entra/portal-links.ts';
import type { ApplicationUse, Person } from '../../standings/person.ts';
import type { HitList } from '../../standings/standings.ts';
import { displayText, shortText } from '../text/safe-text.ts';
import { capitalise, counted, days, figureText, hitFigure, isKnown } from '../text/wording.ts';
import type { Formats } from '../text/wording.ts';
import type { LinkedSentence, Tone, ViewContext } from '../view-context.ts';
import { whereInFull } from './files.ts';
import { LIST_WORDS } from './list-texts.ts';
import { whyText } from './person-texts.ts';
import { viewName, viewTags } from './person.ts';
import type { NameView, Tag } from './person.ts';

/** What somebody uses, and when last and how often. */
export interface UseView {
  readonly name: string;
  readonly detail: string;
}

/** One person in a list. */
export interface RowView extends NameView {
  readonly tags: readonly Tag[];
  readonly uses: readonly UseView[];
  readonly methods: string;
  readonly methodsHref: string;
  readonly reason: string;
}

/** A hit list: a sentence, its first rows, where the rest is, and what to do. */
export interface ListView {
  readonly id: HitList;
  readonly title: string;
  readonly tone: Tone;
  readonly rows: readonly RowView[];
  /** How many are not shown and where they are; empty where all are shown. */
  readonly rest: string;
  readonly whatToDo: readonly LinkedSentence[];
}

const MAX_USES = 3;

/** A list with at most `maxRows` rows; undefined where nobody is in it. */
export function viewList(
  list: HitList,
  maxRows: number,
  context: ViewContext,
): ListView | undefined {
  const people = context.report.hits[list];
  if (people.length === 0) return undefined;
  const { tone, fileName, whatToDo } = LIST_WORDS[list];
  const shown = people.slice(0, maxRows);
  return {
    id: list,
    title: viewTitle(list, context),
    tone,
    rows: shown.map((person) => viewRow(person, context)),
    rest: whereInFull(fileName, { all: people.length, shown: shown.length }, context),
    whatToDo: whatToDo(context.report),
  };
}

/** The same list with fewer rows. */
export function shortenList(view: ListView, maxRows: number, context: ViewContext): ListView {
  const rows = view.rows.slice(0, maxRows);
  const all = context.report.hits[view.id].length;
  const { fileName } = LIST_WORDS[view.id];
  return { ...view, rows, rest: whereInFull(fileName, { all, shown: rows.length }, context) };
}

function viewTitle(list: HitList, { report, formats }: ViewContext): string {
  const figure = hitFigure(list, report);
  const { one, many } = LIST_WORDS[list];
  const isOne = isKnown(figure) && figure.value === 1;
  return `${capitalise(figureText(figure, formats))} ${isOne ? `person ${one}` : `people ${many}`}.`;
}

function viewRow(person: Person, context: ViewContext): RowView {
  return {
    ...viewName(person.user, context),
    tags: [...viewTags(person, context), ...ageTag(person.ageDays, context)],
    uses: viewUses(person, context),
    methods: methodsText(person),
    methodsHref: portalLinks(context.portalOrigin, person.user.id).methods,
    reason: shortText(whyText(person, context.formats), 400),
  };
}

function viewUses(
  { applications, user }: Person,
  { report, formats }: ViewContext,
): readonly UseView[] {
  const uses = applications.slice(0, MAX_USES).map((use) => viewUse(use, formats));
  const more = applications.length - uses.length;
  if (more > 0) {
    return [
      ...uses,
      { name: `and ${counted(more, 'application', 'applications', formats)} more`, detail: '' },
    ];
  }
  if (uses.length > 0) return uses;
  const lastAt = user.lastSuccessfulSignInAt ?? user.lastSignInAt;
  const lastSignIn = lastAt === undefined ? '' : `signed in ${formats.day(lastAt)}`;
  return [{ name: report.isPartial ? 'Not known' : 'No portal or tool', detail: lastSignIn }];
}

function viewUse(
  { application, successes, failuresThatAskedForMfa, lastAt }: ApplicationUse,
  formats: Formats,
): UseView {
  const name = shortText(application.name);
  if (lastAt === undefined || successes === 0) {
    const attempts = counted(failuresThatAskedForMfa, 'attempt', 'attempts', formats);
    return {
      name,
      detail: failuresThatAskedForMfa === 0 ? 'failed only' : `${attempts} stopped at MFA`,
    };
  }
  return {
    name,
    detail: `${formats.shortDay(lastAt)}, ${counted(successes, 'time', 'times', formats)}`,
  };
}

function methodsText({ methods, registration, strongestMethod }: Person): string {
  if (registration === undefined) return 'Methods not known';
  if (methods.length === 0) return 'No MFA method';
  const names = methods.slice(0, 4).map((method) => displayText(method, 48));
  const more = methods.length > names.length ? ' and more' : '';
  const note = strongestMethod === 'sms-voice' ? ' (retired by Microsoft on 1 Feb 2027)' : '';
  return `${names.join(', ')}${more}${note}`;
}

function ageTag(ageDays: number | undefined, { formats }: ViewContext): readonly Tag[] {
  if (ageDays === undefined) return [];
  if (ageDays === 0) return [{ text: 'since today', tone: 'blocked' }];
  return [{ text: `open for ${days(ageDays, formats)}`, tone: 'plain' }];
}
