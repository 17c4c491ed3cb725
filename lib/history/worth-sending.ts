import type { Report } from '../report/report.ts';

/** From this many days before its end an exception is news every day. */
export const EXPIRY_NOTICE_DAYS = 14;

/**
 * True where a report says something new: a change, an exception that begins, ends, is refused or is about to end, a
 * first report, a digest that was never delivered, or anything that keeps changes from being known.
 */
export function isWorthSending({ isPartial, history }: Report): boolean {
  if (isPartial || history?.state !== 'kept' || history.problems.length > 0) return true;
  const { active, ended, refused, problem } = history.exceptions;
  const news = [history.changes, history.undelivered, ended, refused];
  return (
    news.some((list) => list.length > 0) ||
    problem !== undefined ||
    active.some(({ isNew, daysLeft }) => isNew || daysLeft <= EXPIRY_NOTICE_DAYS)
  );
}
