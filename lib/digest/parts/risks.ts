import { EXPIRY_NOTICE_DAYS } from '../../findings/findings.ts';
import type { EmergencyNews, Figure } from '../../report/report.ts';
import { DAY_MS } from '../../utc-day.ts';
import { displayText } from '../text/safe-text.ts';
import { addFigures, capitalise, counted, countedFigure, days, isKnown } from '../text/wording.ts';
import type { Formats } from '../text/wording.ts';
import type { ViewContext } from '../view-context.ts';
import { viewName } from './person.ts';

/** A danger in one line, and the section of the mail that says more. */
export interface RiskView {
  readonly text: string;
  readonly href: string;
  /** What exactly, where the reader has to act on it at once. */
  readonly points: readonly string[];
}

type RiskContext = Pick<ViewContext, 'report' | 'formats'>;

const MAX_RISKS = 3;
/** From so many days before it the phone-only deadline is a risk; an exception only as long before its end as it is news. */
const DEADLINE_DAYS = 90;

/** What hurts most, worst first: at most three. */
export function viewRisks(context: ViewContext): readonly RiskView[] {
  return [
    ...emergencyNews(context),
    ...emergencyRisks(context),
    ...adminRisk(context),
    ...exceptionRisks(context),
    ...phoneRisk(context),
    ...stateRisk(context),
  ].slice(0, MAX_RISKS);
}

/** Whoever did not do it has to act now. */
function emergencyNews(context: ViewContext): readonly RiskView[] {
  const { report, formats, maxEntries } = context;
  const { emergencyNews: news } = report;
  if (news.length === 0) return [];
  const shown = news.slice(0, maxEntries);
  const more = news.length - shown.length;
  const points = shown.map(
    (event) =>
      `${formats.eventMoment(event.at)}: ${viewName(event.user, context).name}, ${newsText(event)}`,
  );
  return [
    {
      text: 'An emergency account was used or changed: if it was not you, act now',
      href: '#emergency',
      points: [...points, ...(more > 0 ? [`${formats.number(more)} more not shown`] : [])],
    },
  ];
}

function newsText(event: EmergencyNews): string {
  if (event.kind === 'method') return METHOD_NEWS[event.what];
  const application = displayText(event.application, 64) || 'an application without a name';
  const how = event.hasSucceeded ? 'signed in to' : 'failed to sign in to';
  return `${how} ${application}${event.isInteractive ? '' : ', in the background'}`;
}

const METHOD_NEWS = {
  registered: 'a method was registered',
  deleted: 'a method was deleted',
  'deleted-by-admin': 'an administrator deleted a method',
  're-registration-demanded': 'an administrator demanded to register again',
} as const;

function emergencyRisks(context: ViewContext): readonly RiskView[] {
  const text = unreadyText(context);
  return text === '' ? [] : [aRisk(text, 'emergency')];
}

/** How many emergency accounts would not help, as far as known; empty where all would. */
export function unreadyText({ report, formats }: RiskContext): string {
  const { emergencyAccounts } = report;
  const unknown = emergencyAccounts.filter(({ state }) => state === 'not-known').length;
  const ready = emergencyAccounts.filter(({ state }) => state === 'ready').length;
  const unready = emergencyAccounts.length - ready - unknown;
  const all = counted(emergencyAccounts.length, 'emergency account', 'emergency accounts', formats);
  if (unready + unknown === 0) return '';
  if (unready === 0)
    return `${formats.number(unknown)} of ${all} ${isOrAre(unknown)} not known to be ready`;
  const more =
    unknown === 0 ? '' : `, ${formats.number(unknown)} ${isOrAre(unknown)} not known to be`;
  return `${formats.number(unready)} of ${all} ${isOrAre(unready)} not ready${more}`;
}

function isOrAre(count: number): string {
  return count === 1 ? 'is' : 'are';
}

/** Administrators among those who were stopped, got in with one factor, or have no usable method. */
function adminRisk({ report, formats }: ViewContext): readonly RiskView[] {
  const lists = ['stopped', 'impact', 'missing', 'not-usable'] as const;
  const worst = lists.find((list) => {
    const { admins } = report.figures.hits[list];
    return isKnown(admins) && admins.value > 0;
  });
  if (worst === undefined) return reportedAdminRisk({ report, formats });
  // A list of which they are not known makes the sum a lower bound.
  const total = lists
    .map((list): Figure => report.figures.hits[list].admins)
    .reduce((sum, figure) => addFigures(sum, figure));
  const text = `${administrators(total, formats)} stopped, or without a usable method`;
  return [aRisk(text, worst)];
}

/** Where nobody could be judged, the registration report still tells who has no usable method. */
function reportedAdminRisk({ report, formats }: RiskContext): readonly RiskView[] {
  const { admins } = report.figures.withoutMethod;
  if (!report.isPartial || !isKnown(admins) || admins.value === 0) return [];
  const text = `${administrators(admins, formats)} without a usable method`;
  return [aRisk(text, 'unknown')];
}

function administrators(figure: Figure, formats: Formats): string {
  return capitalise(countedFigure(figure, 'administrator', 'administrators', formats));
}

function exceptionRisks({ report, formats }: ViewContext): readonly RiskView[] {
  const { active = [], refused = [], problem } = report.history?.exceptions ?? {};
  const ending = active.filter(({ daysLeft }) => daysLeft <= EXPIRY_NOTICE_DAYS);
  const first = Math.min(...ending.map(({ daysLeft }) => daysLeft));
  const when = first === 0 ? 'today' : `in ${days(first, formats)}`;
  const isRefused = refused.length > 0 || problem !== undefined;
  return [
    ...(isRefused ? [aRisk('exceptions.csv has a line that cannot be used', 'exceptions')] : []),
    ...(ending.length > 0
      ? [
          aRisk(
            `${counted(ending.length, 'exception ends', 'exceptions end', formats)}${ending.length > 1 && first > 0 ? ', the first' : ''} ${when}`,
            'exceptions',
          ),
        ]
      : []),
  ];
}

function phoneRisk({ report, formats }: ViewContext): readonly RiskView[] {
  const left = report.phoneOnly
    .map(({ phoneOnlyUntil = '' }) => Date.parse(phoneOnlyUntil) - Date.parse(report.generatedAt))
    .filter((ms) => ms > 0)
    .map((ms) => Math.ceil(ms / DAY_MS));
  const first = left.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY);
  if (left.length === 0 || first > DEADLINE_DAYS) return [];
  const who = counted(report.phoneOnly.length, 'person does', 'people do', formats);
  return [
    aRisk(
      `${who} MFA by phone only; the first deadline is in ${days(first, formats)}`,
      'phone-only',
    ),
  ];
}

function stateRisk({ report }: ViewContext): readonly RiskView[] {
  return report.history?.state === 'lost'
    ? [{ text: 'What was known from earlier reports is lost', href: '', points: [] }]
    : [];
}

function aRisk(text: string, section: string): RiskView {
  return { text, href: `#${section}`, points: [] };
}
