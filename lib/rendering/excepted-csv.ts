import type { ActiveException } from '../report/history.ts';
import type { Report } from '../report/report.ts';
import { cell } from './csv-cells.ts';

export const EXCEPTED_COLUMNS = [
  'Id',
  'UserPrincipalName',
  'DisplayName',
  'ExceptedBy',
  'Standing',
  'Reason',
  'ApprovedBy',
  'ExpiresOn',
  'DaysLeft',
] as const;

/** Who is in no list by decision of the operator: people of exceptions.csv, then those of EXCLUDED_USERS. */
export function* exceptedRows(
  report: Report,
  exceptions: readonly ActiveException[],
): Generator<readonly string[]> {
  const ids = new Set(exceptions.map(({ id }) => id));
  const standings = new Map(
    report.people
      .filter(({ user }) => ids.has(user.id))
      .map(({ user, standing }) => [user.id, standing]),
  );
  for (const exception of exceptions) {
    yield [
      exception.id,
      exception.userPrincipalName,
      exception.displayName,
      'exceptions.csv',
      standings.get(exception.id),
      exception.reason,
      exception.approvedBy,
      exception.expiresOn,
      exception.daysLeft,
    ].map(cell);
  }
  for (const { id, userPrincipalName, displayName } of report.excludedUsers) {
    yield [id, userPrincipalName, displayName, 'EXCLUDED_USERS', '', '', '', '', ''].map(cell);
  }
}
