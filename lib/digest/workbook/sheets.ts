import type { ActiveException, Change, Exceptions } from '../../findings/findings.ts';
import type { EmergencyAccount } from '../../report/report.ts';
import type { User } from '../../sources/rows.ts';
import type { HitList } from '../../standings/standings.ts';
import { FILE_COLUMNS } from '../column-meanings.ts';
import { OF_INSTANTS, OVERVIEW_COLUMNS, overviewValues } from '../csv/overview-csv.ts';
import type { Value } from '../csv/overview-csv.ts';
import { STATES } from '../parts/accounts.ts';
import { CHANGE_WORDS, HOW } from '../parts/changes.ts';
import { LIST_WORDS } from '../parts/list-texts.ts';
import type { Cell } from './cells.ts';
import { toDoSheet } from './to-do-sheet.ts';
import type { SheetContext } from './to-do-sheet.ts';
import type { Sheet } from './write-workbook.ts';

/** So many take 0.7 MB of the 1.4 MB that a mail holds; more are in Identity_Overview.csv alone. */
const MAX_EVERYBODY = 5_000;

/** The sheets of the workbook, in the order in which they are read. */
export function makeSheets(context: SheetContext): readonly Sheet[] {
  return [
    toDoSheet(context),
    changesSheet(context),
    everybodySheet(context),
    decisionsSheet(context),
    columnsSheet(),
  ];
}

function sheetOf(
  name: string,
  columns: readonly (readonly [name: string, width: number])[],
  rows: readonly (readonly Cell[])[],
): Sheet {
  return {
    name,
    columns: columns.map(([title, width]) => ({ name: title, width })),
    rowCount: rows.length,
    rows: () => rows,
  };
}

const CHANGES = [
  ['Person', 26],
  ['Sign-in name', 34],
  ['Change', 12],
  ['How', 28],
  ['Was', 26],
  ['Is', 26],
  ['Why', 60],
  ['Open since', 12],
  ['Days open', 11],
  ['Finding', 20],
] as const;

function changesSheet({ report: { history } }: SheetContext): Sheet {
  return sheetOf('Changes', CHANGES, (history?.changes ?? []).map(changeRow));
}

function changeRow(change: Change): readonly Cell[] {
  const { kind, how, from, to } = change;
  const { one, tone } = CHANGE_WORDS[kind];
  return [
    nameOf(change),
    change.userPrincipalName,
    { text: one, tone: tone === 'good' ? 'plain' : tone },
    how && HOW[how],
    listWords(from),
    listWords(to),
    change.reason,
    { day: change.openedOn },
    change.ageDays,
    change.findingId,
  ];
}

function listWords(list: HitList | undefined): string | undefined {
  return list && LIST_WORDS[list].label;
}

function everybodySheet({ report }: SheetContext): Sheet {
  const columns = OVERVIEW_COLUMNS.map((name) => ({ name, width: 22 }));
  const count = report.people.length;
  if (count > MAX_EVERYBODY) {
    const note = `${count} people are more than a mail can carry: see Identity_Overview.csv.`;
    return { name: 'Everybody', columns, rowCount: 1, rows: () => [[note]] };
  }
  const valuesOf = overviewValues(report);
  return {
    name: 'Everybody',
    columns,
    rowCount: count,
    rows: function* rows() {
      for (const person of report.people) yield valuesOf(person).map(asCell);
    },
  };
}

function asCell(value: Value, index: number): Cell {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'object') return value.join('; ');
  const name = OVERVIEW_COLUMNS[index] ?? '';
  const isInstant = typeof value === 'string' && OF_INSTANTS.test(name) && name !== DETAIL;
  if (!isInstant) return value;
  return value.length === 'YYYY-MM-DD'.length ? { day: value } : { instant: value };
}

const DETAIL = 'ApplicationsDetail';

const DECISIONS = [
  ['What', 24],
  ['Person', 26],
  ['Sign-in name', 34],
  ['State', 16],
  ['Why', 70],
  ['Last used', 17],
  ['Until', 12],
  ['Days left', 11],
  ['Approved by', 24],
] as const;

/** Who is looked at for another reason: emergency accounts, exceptions, and who is left out by a setting. */
function decisionsSheet({ report }: SheetContext): Sheet {
  return sheetOf('Emergency and exceptions', DECISIONS, [
    ...report.emergencyAccounts.map(emergencyRow),
    ...exceptionRows(report.history?.exceptions),
    ...report.excludedUsers.map((user) => [
      'Left out by EXCLUDED_USERS',
      nameOf(user),
      user.userPrincipalName,
    ]),
  ]);
}

function emergencyRow(account: EmergencyAccount): readonly Cell[] {
  const { configured, user, state, sentence, lastUsedAt } = account;
  const { word, tone } = STATES[state];
  return [
    'Emergency account',
    user === undefined ? configured : nameOf(user),
    user?.userPrincipalName,
    { text: word, tone: tone === 'good' ? 'plain' : tone },
    sentence,
    { instant: lastUsedAt },
  ];
}

function exceptionRows(exceptions: Exceptions | undefined): readonly (readonly Cell[])[] {
  if (exceptions === undefined) return [];
  const { active, ended, refused, problem } = exceptions;
  return [
    ...(problem === undefined ? [] : [['Exceptions', undefined, undefined, REFUSED, problem]]),
    ...refused.map(({ line, because }) => [
      `Exception, line ${line}`,
      undefined,
      undefined,
      REFUSED,
      because,
    ]),
    ...active.map((exception) => exceptionRow(exception, 'holds', exception.daysLeft)),
    ...ended.map((exception) => exceptionRow(exception, 'ended')),
  ];
}

const REFUSED: Cell = { text: 'refused', tone: 'blocked' };

function exceptionRow(
  exception: Omit<ActiveException, 'daysLeft' | 'isNew'>,
  state: string,
  daysLeft?: number,
): readonly Cell[] {
  const { reason, approvedBy, expiresOn, userPrincipalName } = exception;
  const who = [nameOf(exception), userPrincipalName];
  return ['Exception', ...who, state, reason, undefined, { day: expiresOn }, daysLeft, approvedBy];
}

function nameOf({
  displayName,
  userPrincipalName,
}: Pick<User, 'displayName' | 'userPrincipalName'>): string {
  return displayName || userPrincipalName || 'Account without a name';
}

/** What each column of every file means. */
function columnsSheet(): Sheet {
  const columns = [['File', 40] as const, ['Column', 40] as const, ['Meaning', 110] as const];
  const rows = FILE_COLUMNS.flatMap(({ file, columns: list }) =>
    list.map(({ name, meaning }) => [file, name, meaning]),
  );
  return sheetOf('Columns', columns, rows);
}
