import type { SignIn } from '../people/sign-in.ts';
import { applicationOf, meaningOf } from './meanings.ts';
import type { Counted, Meaning } from './meanings.ts';

/** The columns of the answer. */
const COUNTS: readonly Counted[] = ['Here', 'Elsewhere', 'Claim', 'Unsaid', 'OneFactor'];
const STAGES: readonly Counted[] = ['Enrol', 'CannotEnrol', 'NotPassed', 'Expired', 'NotTrusted'];
const WITH_MFA: readonly Counted[] = ['Here', 'Elsewhere', 'Claim'];
const INSTANTS = ['First', 'Last', 'LastMfa', 'LastHere', 'LastRefusal'];
export const SIGN_IN_COLUMNS: readonly string[] = [
  'Person',
  'Application',
  ...COUNTS,
  'HereUncounted',
  ...STAGES,
  'MfaByApplication',
  'MfaByTenant',
  ...INSTANTS,
  'Refused',
  'Hours',
  'Ropc',
  'Rows',
  'Unreadable',
];

/** One row of the answer, by column. */
type Row = Record<string, number>;

/** A person or none, an application, and the numbers. */
export type AnswerRow = readonly (string | number)[];

/**
 * Counts sign-ins by person and application as the query does: instants in whole seconds after `dayMs`, and at the end a
 * row with the sums. `isAsked` tells who belongs to the part.
 */
export function countSignIns(
  signIns: Iterable<SignIn>,
  dayMs: number,
  isAsked: (person: string) => boolean,
): AnswerRow[] {
  const rows = new Map<string, Row>();
  for (const signIn of signIns) {
    const [application, meaning] = [applicationOf(signIn), meaningOf(signIn)];
    const person = signIn.person.id.toLowerCase();
    if (application === undefined || meaning === undefined || !isAsked(person)) continue;
    const key = `${person} ${application}`;
    const row = rows.get(key) ?? emptyRow();
    rows.set(key, row);
    add(row, meaning, signIn, Math.floor((signIn.atMs - dayMs) / 1000));
  }
  const answer = [...rows].map(([key, row]): AnswerRow => {
    const [person = '', application] = key.split(' ');
    return [person, Number(application), ...numbersOf(row)];
  });
  const sums = SIGN_IN_COLUMNS.slice(2).map((_, place) =>
    answer.reduce((sum, row) => sum + Number(row[place + 2]), 0),
  );
  return [...answer, ['', -1, ...sums]];
}

function emptyRow(): Row {
  const zeros = SIGN_IN_COLUMNS.slice(2).map((name) => [name, 0] as const);
  const never = INSTANTS.map((name) => [name, -1] as const);
  return { ...Object.fromEntries([...zeros, ...never]), Rows: 1 };
}

function numbersOf(row: Row): readonly number[] {
  return SIGN_IN_COLUMNS.slice(2).map((name) => row[name] ?? 0);
}

function add(
  row: Row,
  { counted, isUncounted = false, asker, askers = 0 }: Meaning,
  { outcome }: SignIn,
  second: number,
): void {
  const count = (name: string) => {
    row[name] = (row[name] ?? 0) + 1;
  };
  const later = (name: string) => {
    row[name] = Math.max(row[name] ?? -1, second);
  };
  const flag = (name: string, bits: number) => {
    row[name] = (row[name] ?? 0) | bits;
  };
  const isRefusal = STAGES.includes(counted);
  count(counted);
  flag('Hours', 1 << Math.floor(second / 3600));
  if (outcome.protocol === 'ropc') flag('Ropc', isRefusal ? 2 : 1);
  if (isRefusal) {
    const refused = STAGES.indexOf(counted) * 16 + askers;
    if (second > row['LastRefusal']!) row['Refused'] = refused;
    else if (second === row['LastRefusal']) row['Refused'] = Math.max(refused, row['Refused']!);
    later('LastRefusal');
    return;
  }
  if (isUncounted) count('HereUncounted');
  if (WITH_MFA.includes(counted)) {
    if (asker === 'application') count('MfaByApplication');
    if (asker === 'tenant') count('MfaByTenant');
    later('LastMfa');
  }
  if (counted === 'Here') later('LastHere');
  row['First'] = row['First'] === -1 ? second : Math.min(row['First']!, second);
  later('Last');
}
