import type { ActiveException, Change } from '../../findings/findings.ts';
import type { Report } from '../../report/report.ts';
import type { Person } from '../../standings/person.ts';
import { CHANGE_WORDS } from '../parts/changes.ts';
import { LIST_WORDS } from '../parts/list-texts.ts';
import { cell } from '../text/safe-text.ts';
import { FILE_NAMES } from './file-names.ts';
import { OVERVIEW_COLUMNS, overviewRow } from './overview-csv.ts';

/** One CSV file of a report: its rows are made one at a time, as they are asked for. */
export interface CsvFile {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rowCount: number;
  rows(): Iterable<readonly string[]>;
}

/** The files of a report, but for the sign-in log. Each is there even when it has only its header. */
export function csvFiles(report: Report): readonly CsvFile[] {
  const { stopped, impact, missing, unknown, 'not-usable': notUsable } = report.hits;
  const { history } = report;
  const files = [
    peopleFile(FILE_NAMES.overview, report, report.people),
    peopleFile(FILE_NAMES.stopped, report, stopped),
    peopleFile(FILE_NAMES.impact, report, impact),
    peopleFile(FILE_NAMES.missing, report, missing),
    peopleFile(FILE_NAMES.notCapable, report, [...missing, ...notUsable]),
    peopleFile(FILE_NAMES.unknown, report, unknown),
    peopleFile(FILE_NAMES.phoneOnly, report, report.phoneOnly),
    peopleFile(FILE_NAMES.scripts, report, report.scripts),
  ];
  if (history === undefined || history.state === 'none') return files;
  return [
    ...files,
    {
      name: FILE_NAMES.changes,
      columns: CHANGES_COLUMNS,
      rowCount: history.changes.length,
      rows: () => mapEach(history.changes, changeRow),
    },
    {
      name: FILE_NAMES.excepted,
      columns: EXCEPTED_COLUMNS,
      rowCount: history.exceptions.active.length + report.excludedUsers.length,
      rows: () => exceptedRows(report, history.exceptions.active),
    },
  ];
}

function peopleFile(name: string, report: Report, people: readonly Person[]): CsvFile {
  return {
    name,
    columns: OVERVIEW_COLUMNS,
    rowCount: people.length,
    rows: () => mapEach(people, overviewRow(report)),
  };
}

function* mapEach<From, To>(items: Iterable<From>, map: (item: From) => To): Generator<To> {
  for (const item of items) yield map(item);
}

export const CHANGES_COLUMNS = [
  'FindingId',
  'Id',
  'UserPrincipalName',
  'DisplayName',
  'Change',
  'How',
  'From',
  'To',
  'OpenedOn',
  'AgeDays',
  'Reason',
  'ChangeInWords',
  'ToInWords',
] as const;

/** One change as a row of Identity_Overview_Changes.csv. */
function changeRow(change: Change): readonly string[] {
  return [
    change.findingId,
    change.id,
    change.userPrincipalName,
    change.displayName,
    change.kind,
    change.how,
    change.from,
    change.to,
    change.openedOn,
    change.ageDays,
    change.reason,
    CHANGE_WORDS[change.kind].one,
    change.to && LIST_WORDS[change.to].label,
  ].map(cell);
}

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
function* exceptedRows(
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
