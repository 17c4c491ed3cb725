import type { Figure } from '../../report/report.ts';
import { displayText, shortText } from '../text/safe-text.ts';
import {
  addFigures,
  capitalise,
  counted,
  figureText,
  isKnown,
  isNobody,
  joinWords,
  keyFigures,
  noSignIns,
  people,
} from '../text/wording.ts';
import type { DigestOptions, ViewContext } from '../view-context.ts';
import { CHANGE_WORDS } from './changes.ts';
import { unreadyText } from './risks.ts';

/** The subject: the figures first, because a phone shows no more; EMAIL_SUBJECT, where set, stands before them. */
export function writeSubject(
  context: ViewContext,
  { subjectPrefix, isOnDemand = false }: Pick<DigestOptions, 'subjectPrefix' | 'isOnDemand'>,
): string {
  const { tenant, isPartial } = context.report;
  const marks = [isPartial ? 'PARTIAL – ' : '', isOnDemand ? 'On demand – ' : ''].join('');
  const prefix = shortText(subjectPrefix, 100);
  const start = prefix === '' ? '' : `${prefix}: `;
  const name = prefix === '' ? REPORT_NAME : '';
  const ending = [name, displayText(tenant.name ?? '', 60)].filter((text) => text !== '');
  return [`${marks}${start}${figuresText(context)}`, ...ending].join(' · ');
}

/** What the mail is called where EMAIL_SUBJECT gives it no other name. */
export const REPORT_NAME = 'MFA report';

/** The line that a mail program shows after the subject: what is worst among them, and the window seen. */
export function writePreheader({ report, formats }: ViewContext): string {
  const facts: string[] = [];
  if (report.isPartial) facts.push('part of the data is missing');
  facts.push(...emergencyFacts(report, formats), ...adminFacts(report, formats));
  facts.push(...newsFacts(report, formats));
  facts.push(
    report.seenFrom === undefined || report.seenTo === undefined
      ? noSignIns(report)
      : `sign-ins read ${formats.shortDay(report.seenFrom)} to ${formats.shortDay(report.seenTo)}`,
  );
  return facts.join('; ');
}

function emergencyFacts(
  report: ViewContext['report'],
  formats: ViewContext['formats'],
): readonly string[] {
  return [
    report.emergencyNews.length > 0 ? 'an emergency account was used or changed' : '',
    unreadyText({ report, formats }),
  ].filter((text) => text !== '');
}

/** The changes that need somebody, in the words and numbers of their section. */
function newsFacts(
  { history }: ViewContext['report'],
  formats: ViewContext['formats'],
): readonly string[] {
  if (history?.state !== 'kept') return [];
  return (['opened', 'regressed', 'reopened'] as const).flatMap((kind) => {
    const count = history.changes.filter((change) => change.kind === kind).length;
    const { one, many } = CHANGE_WORDS[kind];
    return count === 0 ? [] : [counted(count, one, many, formats)];
  });
}

/** Of the worst list that has people. */
function adminFacts(
  { figures }: ViewContext['report'],
  formats: ViewContext['formats'],
): readonly string[] {
  const worst = (['stopped', 'impact', 'missing'] as const).find(
    (list) => !isNobody(figures.hits[list].people),
  );
  if (worst === undefined) return [];
  const { admins } = figures.hits[worst];
  if (!isKnown(admins) || admins.value === 0) return [];
  const verb = admins.value === 1 ? 'is an administrator' : 'are administrators';
  return [`${figureText(admins, formats)} ${OF_THOSE[worst]} ${verb}`];
}

const OF_THOSE = {
  stopped: 'of those stopped',
  impact: 'of those who got in with one factor',
  missing: 'of those without MFA',
} as const;

function figuresText({ report, formats }: ViewContext): string {
  const { stopped, oneFactor, without, unknown } = keyFigures(report);
  const parts = [
    ...amount(stopped, (count) => `${count} stopped`),
    ...amount(oneFactor, (count) => `${count} with one factor`),
    ...amount(without, (count) => `${count} without MFA`),
    ...amount(adminsOf(report), (count) => `${count} ${count === '1' ? 'admin' : 'admins'}`),
  ];
  const isSeen = [stopped, oneFactor].some((figure) => isKnown(figure) && figure.value > 0);
  if (!isSeen) parts.unshift(nobodyText());
  if (parts.length < 2) parts.push(...amount(unknown, (count) => `${count} not judged`));
  // On a day that sounds quiet, nobody would open the mail for what its first line says of the way into the tenant.
  if (!isSeen) parts.unshift(...emergencyFacts(report, formats).slice(0, 1));
  return parts.join(', ');

  function nobodyText(): string {
    if (!isKnown(stopped) || !isKnown(oneFactor)) return 'number of people stopped not known';
    return report.isPartial ? 'nobody seen stopped' : 'nobody stopped';
  }

  function amount(figure: Figure, say: (count: string) => string): readonly string[] {
    return isKnown(figure) && figure.value > 0 ? [say(figureText(figure, formats))] : [];
  }
}

/** Administrators of all lists that say something of a person. */
function adminsOf({ figures }: ViewContext['report']): Figure {
  return (['stopped', 'impact', 'missing', 'not-usable'] as const)
    .map((list) => figures.hits[list].admins)
    .reduce((sum, figure) => addFigures(sum, figure));
}

/** The sentence that the digest opens with. */
export function writeHeadline({ report, formats }: ViewContext): string {
  const { stopped, oneFactor, without, unknown } = keyFigures(report);
  const [worst, ...others] = [
    ...amount(stopped, 'was stopped at MFA', 'were stopped at MFA'),
    ...amount(oneFactor, ONE_FACTOR, ONE_FACTOR),
  ];
  if (worst !== undefined)
    return [worst, ...others].map((part) => `${capitalise(part)}.`).join(' ');
  const rest = joinWords([
    ...amount(without, 'has no usable MFA method', 'have no usable MFA method'),
    ...amount(unknown, 'could not be judged', 'could not be judged'),
  ]);
  if (!isKnown(stopped) || !isKnown(oneFactor)) return unknownHeadline();
  if (report.isPartial)
    return `Nobody was seen to be stopped at MFA, but part of the data is missing${rest === '' ? '' : `: ${rest}`}.`;
  if (rest !== '') return `Nobody was stopped at MFA, but ${rest}.`;
  return 'Nobody was stopped at MFA, and nobody who was judged lacks a usable method.';

  function amount(figure: Figure, one: string, many: string): readonly string[] {
    if (!isKnown(figure) || figure.value === 0) return [];
    const least = figure.kind === 'exact' ? '' : 'at least ';
    return [`${least}${people(figure.value, formats)} ${figure.value === 1 ? one : many}`];
  }

  /** What hangs on the registration report alone is still known. */
  function unknownHeadline(): string {
    const known = amount(
      report.figures.withoutMethod.people,
      'has no usable MFA method',
      'have no usable MFA method',
    );
    const start = 'How many people were stopped at MFA is not known today';
    return known.length === 0 ? `${start}.` : `${start}; ${known.join('')}.`;
  }
}

const ONE_FACTOR = 'got in with one factor and cannot do MFA';
