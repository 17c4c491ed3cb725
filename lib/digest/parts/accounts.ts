import { LINKS } from '../../entra/links.ts';
import { EXPIRY_NOTICE_DAYS } from '../../findings/findings.ts';
import type { ActiveException } from '../../findings/findings.ts';
import type { EmergencyAccount } from '../../report/report.ts';
import { FILE_NAMES } from '../csv/file-names.ts';
import { displayText, shortText } from '../text/safe-text.ts';
import { counted, days, lowerFirst } from '../text/wording.ts';
import type { Link, Tone, ViewContext } from '../view-context.ts';
import { whereInFull } from './files.ts';
import { viewName } from './person.ts';
import type { NameView } from './person.ts';

/** A configured emergency account: its state in words, and why. */
interface EmergencyAccountView extends NameView {
  readonly state: string;
  readonly tone: Tone;
  readonly sentence: string;
}

export interface EmergencyView {
  readonly title: string;
  readonly tone: Tone;
  readonly accounts: readonly EmergencyAccountView[];
  readonly rest: string;
  readonly links: readonly Link[];
}

/** How each state of an emergency account speaks. */
export const STATES: Readonly<
  Record<EmergencyAccount['state'], { readonly word: string; readonly tone: Tone }>
> = {
  ready: { word: 'Ready', tone: 'good' },
  gap: { word: 'Not ready', tone: 'blocked' },
  disabled: { word: 'Disabled', tone: 'blocked' },
  'not-found': { word: 'Not found', tone: 'blocked' },
  'not-known': { word: 'Not known', tone: 'caution' },
};

/** The emergency accounts, those that would not help first; undefined where none is configured. */
export function viewEmergency(context: ViewContext): EmergencyView | undefined {
  const { report, formats, maxEntries } = context;
  const accounts = report.emergencyAccounts.toSorted(
    (a, b) => Number(a.state === 'ready') - Number(b.state === 'ready'),
  );
  if (accounts.length === 0) return undefined;
  const ready = accounts.filter(({ state }) => state === 'ready').length;
  const rest = accounts.length - maxEntries;
  return {
    title: titleText(ready, accounts.length),
    tone: ready === accounts.length ? 'plain' : 'blocked',
    accounts: accounts.slice(0, maxEntries).map((account) => viewAccount(account, context)),
    rest: rest > 0 ? `${formats.number(rest)} more not shown.` : '',
    links: ready === accounts.length ? [] : [LINKS.emergencyAccess],
  };

  function titleText(readyCount: number, count: number): string {
    if (count === 1) {
      return readyCount === 1
        ? 'Your emergency account is ready'
        : 'Your emergency account needs attention';
    }
    if (readyCount === count) return `All ${formats.number(count)} emergency accounts are ready`;
    const known = accounts.some(({ state }) => state === 'not-known') ? 'known to be ' : '';
    return `${formats.number(readyCount)} of ${formats.number(count)} emergency accounts ${readyCount === 1 ? 'is' : 'are'} ${known}ready`;
  }
}

function viewAccount(
  { configured, user, state, sentence }: EmergencyAccount,
  context: ViewContext,
): EmergencyAccountView {
  const { word, tone } = STATES[state];
  return {
    ...viewName(user ?? { id: '', userPrincipalName: configured }, context),
    state: word,
    tone,
    sentence: shortText(sentence, 300),
  };
}

/** One exception: who, until when, by whom and why. */
interface ExceptionView extends NameView {
  readonly text: string;
  /** "Expires in 5 days" during the last fortnight, "New", or empty. */
  readonly mark: string;
}

export interface ExceptionsView {
  readonly title: string;
  readonly active: readonly ExceptionView[];
  readonly rest: string;
  readonly ended: readonly ExceptionView[];
  /** What cannot be used of exceptions.csv. */
  readonly problems: readonly string[];
  readonly note: string;
}

/** Who is in no list by decision; undefined where there is nobody and nothing to report. */
export function viewExceptions(context: ViewContext): ExceptionsView | undefined {
  const { report, formats, maxEntries } = context;
  const { active = [], ended = [], refused = [], problem } = report.history?.exceptions ?? {};
  const problems = [
    ...(problem === undefined ? [] : [shortText(problem, 300)]),
    ...refused
      .slice(0, maxEntries)
      .map(
        ({ line, because }) =>
          `Line ${formats.number(line)} of exceptions.csv is refused: ${lowerFirst(shortText(because, 200))}`,
      ),
    ...(refused.length > maxEntries
      ? [
          `${counted(refused.length - maxEntries, 'more line is', 'more lines are', formats)} refused.`,
        ]
      : []),
  ];
  const excluded = report.excludedUsers.length;
  if (active.length + ended.length + problems.length + excluded === 0) return undefined;
  const shown = active.toSorted((a, b) => a.daysLeft - b.daysLeft).slice(0, maxEntries);
  return {
    title:
      active.length === 0
        ? 'No exceptions'
        : counted(active.length, 'exception', 'exceptions', formats),
    active: shown.map((exception) => viewException(exception, context)),
    rest: whereInFull(FILE_NAMES.excepted, { all: active.length, shown: shown.length }, context),
    ended: ended
      .slice(0, maxEntries)
      .map((exception) => ({ ...viewName(exception, context), ...aboutEnd(exception, context) })),
    problems,
    note:
      excluded === 0
        ? ''
        : `${counted(excluded, 'account', 'accounts', formats)} left out by the setting EXCLUDED_USERS.`,
  };
}

function viewException(exception: ActiveException, context: ViewContext): ExceptionView {
  const { reason, approvedBy, expiresOn, daysLeft, isNew } = exception;
  const { formats } = context;
  const day = formats.calendarDay(expiresOn);
  const mark = markText();
  const start = mark.startsWith('Expires') ? 'Approved' : `Until ${day}, approved`;
  return {
    ...viewName(exception, context),
    text: `${start} by ${displayText(approvedBy, 64)}: ${displayText(reason, 160)}`,
    mark,
  };

  function markText(): string {
    if (daysLeft === 0) return 'Expires today';
    if (daysLeft <= EXPIRY_NOTICE_DAYS) return `Expires in ${days(daysLeft, formats)}, ${day}`;
    return isNew ? 'New' : '';
  }
}

function aboutEnd(
  { expiresOn, reason }: Pick<ActiveException, 'expiresOn' | 'reason'>,
  { formats }: ViewContext,
): Pick<ExceptionView, 'text' | 'mark'> {
  return {
    text: `Was to last until ${formats.calendarDay(expiresOn)}: ${displayText(reason, 160)}`,
    mark: 'Ended',
  };
}
