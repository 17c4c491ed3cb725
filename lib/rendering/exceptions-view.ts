import type { ActiveException } from '../report/history.ts';
import { FILE_NAMES } from './csv-files.ts';
import { whereInFull } from './files-view.ts';
import { viewName } from './person-view.ts';
import type { NameView } from './person-view.ts';
import { displayText, shortText } from './safe-text.ts';
import type { ViewContext } from './view-context.ts';
import { counted, days, people } from './words.ts';

/** One exception: who, until when, by whom and why. */
export interface ExceptionView extends NameView {
  readonly text: string;
  /** "expires in 5 days" during the last fortnight, "new", or empty. */
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

const EXPIRY_NOTICE_DAYS = 14;

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
          `Line ${formats.number(line)} of exceptions.csv is refused: ${shortText(because, 200)}`,
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
        ? 'Nobody is excepted.'
        : `${people(active.length, formats)} ${active.length === 1 ? 'is' : 'are'} excepted and in no list.`,
    active: shown.map((exception) => viewException(exception, context)),
    rest: whereInFull(FILE_NAMES.excepted, { all: active.length, shown: shown.length }, context),
    ended: ended
      .slice(0, maxEntries)
      .map((exception) => ({ ...viewName(exception, context), ...aboutEnd(exception, context) })),
    problems,
    note:
      excluded === 0
        ? ''
        : `${counted(excluded, 'account is', 'accounts are', formats)} out of scope by EXCLUDED_USERS.`,
  };
}

function viewException(exception: ActiveException, context: ViewContext): ExceptionView {
  const { reason, approvedBy, expiresOn, daysLeft, isNew } = exception;
  const { formats } = context;
  const until = `Until ${formats.calendarDay(expiresOn)}`;
  return {
    ...viewName(exception, context),
    text: `${until}, approved by ${displayText(approvedBy, 64)}: ${displayText(reason, 160)}`,
    mark: markText(),
  };

  function markText(): string {
    if (daysLeft === 0) return 'expires today';
    if (daysLeft <= EXPIRY_NOTICE_DAYS) return `expires in ${days(daysLeft, formats)}`;
    return isNew ? 'new' : '';
  }
}

function aboutEnd(
  { expiresOn, reason }: Pick<ActiveException, 'expiresOn' | 'reason'>,
  { formats }: ViewContext,
): Pick<ExceptionView, 'text' | 'mark'> {
  return {
    text: `Was to last until ${formats.calendarDay(expiresOn)}: ${displayText(reason, 160)}`,
    mark: 'ended',
  };
}
