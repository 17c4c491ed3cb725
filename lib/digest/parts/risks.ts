import type { Figure } from '../../report/report.ts';
import { counted, days, figureText, isKnown } from '../text/wording.ts';
import type { ViewContext } from '../view-context.ts';

/** A danger in one line, and the section of the mail that says more. */
export interface RiskView {
  readonly text: string;
  readonly href: string;
}

const MAX_RISKS = 3;
/** As long before its end an exception is a risk; the phone-only deadline is one from further away. */
const EXCEPTION_DAYS = 14;
const DEADLINE_DAYS = 90;

/** What hurts most, worst first: at most three. */
export function viewRisks(context: ViewContext): readonly RiskView[] {
  return [
    ...emergencyRisks(context),
    ...adminRisk(context),
    ...exceptionRisks(context),
    ...phoneRisk(context),
    ...stateRisk(context),
  ].slice(0, MAX_RISKS);
}

function emergencyRisks({ report, formats }: ViewContext): readonly RiskView[] {
  const { emergencyAccounts, emergencyNews } = report;
  const unready = emergencyAccounts.filter(({ state }) => state !== 'ready').length;
  const all = counted(emergencyAccounts.length, 'emergency account', 'emergency accounts', formats);
  const isOnlyUnknown = emergencyAccounts.every(
    ({ state }) => state === 'ready' || state === 'not-known',
  );
  const state = isOnlyUnknown ? 'not known to be ready' : 'not ready';
  return [
    ...(emergencyNews.length > 0
      ? [{ text: 'An emergency account was used, or its methods were changed', href: '#emergency' }]
      : []),
    ...(unready > 0
      ? [
          {
            text: `${formats.number(unready)} of ${all} ${unready === 1 ? 'is' : 'are'} ${state}`,
            href: '#emergency',
          },
        ]
      : []),
  ];
}

/** Administrators among those who were stopped, got in with one factor, or have no usable method. */
function adminRisk({ report, formats }: ViewContext): readonly RiskView[] {
  const lists = (['stopped', 'impact', 'missing', 'not-usable'] as const).filter((list) => {
    const { admins } = report.figures.hits[list];
    return isKnown(admins) && admins.value > 0;
  });
  const [worst] = lists;
  if (worst === undefined) return [];
  const figures = lists.map((list) => report.figures.hits[list].admins);
  const total: Figure = {
    kind: figures.every(({ kind }) => kind === 'exact') ? 'exact' : 'at-least',
    value: figures.reduce((sum, figure) => sum + (isKnown(figure) ? figure.value : 0), 0),
  };
  const noun = total.value === 1 ? 'administrator' : 'administrators';
  return [
    {
      text: `${capital(figureText(total, formats))} ${noun} without a usable method, or stopped`,
      href: `#${worst}`,
    },
  ];
}

function exceptionRisks({ report, formats }: ViewContext): readonly RiskView[] {
  const { active = [], refused = [], problem } = report.history?.exceptions ?? {};
  const ending = active.filter(({ daysLeft }) => daysLeft <= EXCEPTION_DAYS);
  const first = Math.min(...ending.map(({ daysLeft }) => daysLeft));
  const when = first === 0 ? 'today' : `in ${days(first, formats)}`;
  const isRefused = refused.length > 0 || problem !== undefined;
  return [
    ...(isRefused
      ? [{ text: 'exceptions.csv has a line that cannot be used', href: '#exceptions' }]
      : []),
    ...(ending.length > 0
      ? [
          {
            text: `${counted(ending.length, 'exception ends', 'exceptions end', formats)} ${when}`,
            href: '#exceptions',
          },
        ]
      : []),
  ];
}

function phoneRisk({ report, formats }: ViewContext): readonly RiskView[] {
  const left = report.phoneOnly
    .map(({ phoneOnlyUntil = '' }) => Date.parse(phoneOnlyUntil) - Date.parse(report.generatedAt))
    .filter((ms) => ms > 0)
    .map((ms) => Math.ceil(ms / 86_400_000));
  const first = Math.min(...left);
  if (left.length === 0 || first > DEADLINE_DAYS) return [];
  const who = counted(report.phoneOnly.length, 'person does', 'people do', formats);
  return [
    {
      text: `${who} MFA by phone only; the first are stopped in ${days(first, formats)}`,
      href: '#phone-only',
    },
  ];
}

function stateRisk({ report }: ViewContext): readonly RiskView[] {
  return report.history?.state === 'lost'
    ? [{ text: 'What was known from earlier reports is lost', href: '#changes' }]
    : [];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
