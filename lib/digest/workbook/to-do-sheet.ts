import { portalLinks } from '../../entra/portal-links.ts';
import type { Report } from '../../report/report.ts';
import type { Person } from '../../standings/person.ts';
import { HIT_LISTS, isHit } from '../../standings/standings.ts';
import { addDays, dayOf } from '../../utc-day.ts';
import { LIST_WORDS } from '../parts/list-texts.ts';
import { viewStep } from '../parts/next-step.ts';
import { writeSeen } from '../parts/seen.ts';
import type { ViewContext } from '../view-context.ts';
import type { Cell } from './cells.ts';
import type { Sheet } from './write-workbook.ts';

/** What a sheet is made from. */
export type SheetContext = Pick<ViewContext, 'report' | 'formats' | 'portalOrigin'>;

type Column = readonly [
  name: string,
  width: number,
  read: (person: Person, context: SheetContext) => Cell,
];

const COLUMNS: readonly Column[] = [
  ['Person', 26, viewPerson],
  ['Sign-in name', 34, ({ user }) => user.userPrincipalName],
  ['List', 24, listOf],
  ['What was seen', 58, seenOf],
  ['Next step', 30, (person, context) => viewStep(person, context).verb],
  ['Link', 10, (person, context) => linkTo(viewStep(person, context).href)],
  ['Roles', 30, ({ roles = [] }) => roles.join('; ')],
  ['Department', 20, ({ user }) => user.department],
  ['Last used', 17, ({ lastUseAt }) => ({ instant: lastUseAt })],
  ['Last refused', 17, ({ lastRefusalAt }) => ({ instant: lastRefusalAt })],
  ['Last sign-in', 17, ({ user }) => ({ instant: user.lastSuccessfulSignInAt })],
  ['Open since', 12, openSince],
  ['Days open', 11, ({ ageDays }) => ageDays],
  ['Finding', 20, ({ findingId }) => findingId],
  ['Owner', 20, () => undefined],
];

/** Everybody about whom something is to be done, worst first, for who works them off. */
export function toDoSheet(context: SheetContext): Sheet {
  const people = peopleToDo(context.report);
  return {
    name: 'To do',
    columns: COLUMNS.map(([name, width]) => ({ name, width })),
    rowCount: people.length,
    rows: function* rows() {
      for (const person of people) yield COLUMNS.map(([, , read]) => read(person, context));
    },
  };
}

export const TO_DO_COLUMNS: readonly string[] = COLUMNS.map(([name]) => name);

/** The hit lists, then who is in no hit list and can do MFA by phone only or looks like a script; each once. */
export function peopleToDo({ hits, phoneOnly, scripts }: Report): readonly Person[] {
  const listed = HIT_LISTS.flatMap((list) => hits[list]);
  const ids = new Set<string>();
  return [...listed, ...phoneOnly, ...scripts].filter(({ user: { id } }) => {
    const isFirst = !ids.has(id);
    ids.add(id);
    return isFirst;
  });
}

function viewPerson({ user }: Person, { portalOrigin }: SheetContext): Cell {
  const text = user.displayName || user.userPrincipalName || 'Account without a name';
  return { text, href: portalLinks(portalOrigin, user.id).user };
}

function listOf({ standing, phoneOnlyUntil }: Person): Cell {
  if (isHit(standing)) {
    const { label, tone } = LIST_WORDS[standing];
    return { text: label, tone: tone === 'good' ? 'plain' : tone };
  }
  return phoneOnlyUntil === undefined ? 'looks like a script' : 'MFA by phone only';
}

function seenOf(person: Person, context: SheetContext): Cell {
  const { standing, script, phoneOnlyUntil = '' } = person;
  const pattern = script === undefined ? '' : `Looks like a script: ${script.pattern}.`;
  if (isHit(standing)) return [writeSeen(person, context), pattern].join('. ').replace(/\. $/u, '');
  if (phoneOnlyUntil === '') return pattern;
  return `MFA by phone only, until ${context.formats.calendarDay(phoneOnlyUntil)}. ${pattern}`;
}

function linkTo(href: string): Cell {
  return href === '' ? undefined : { text: 'Open', href };
}

function openSince({ ageDays }: Person, { report }: SheetContext): Cell {
  if (ageDays === undefined) return undefined;
  return { day: addDays(dayOf(Date.parse(report.generatedAt)), -ageDays) };
}
