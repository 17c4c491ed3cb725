import type { User } from '../sources/rows.ts';
import type { Rules } from '../standings/facts.ts';
import { matcher } from '../standings/scope.ts';
import type { Privilege } from '../standings/person.ts';
import { dayOf, daysBetween, isDay } from '../utc-day.ts';
import type { ActiveException, Exceptions, RecordedException } from './findings.ts';
import type { ExceptionLine, ExceptionsRead } from './read-exceptions.ts';

/** The longest exception for somebody who holds a directory role. */
export const MAX_DAYS_FOR_ROLES = 90;

/** What is asked of a user to except them. */
export type ExceptedUser = Pick<User, 'id' | 'userPrincipalName' | 'displayName'>;

export interface ExceptionInput {
  readonly read: ExceptionsRead;
  readonly users: readonly ExceptedUser[];
  readonly people: readonly { readonly user: ExceptedUser; readonly privilege: Privilege }[];
  readonly rules: Pick<Rules, 'now' | 'breakGlassAccounts'>;
  /** What held at the last run; undefined where that is not known. */
  readonly before: readonly RecordedException[] | undefined;
}

/** Says which exceptions hold today, which have ended, and which lines are refused and why. */
export function judgeExceptions(input: ExceptionInput): Exceptions {
  const { read, users, rules, before } = input;
  const today = dayOf(rules.now.getTime());
  const held = new Set(before?.map(({ id }) => id.toLowerCase()));
  const lines = read.state === 'read' ? read.lines : [];
  const kept = read.state === 'unreadable' ? (before ?? []).map(toLine) : [];
  const findUser = userFinder(users, [...lines, ...kept]);
  const why = refuser(input, held, today);
  const longest = new Map<ExceptedUser, ExceptionLine>();
  const refused: Exceptions['refused'][number][] = [];
  for (const line of [...lines, ...kept]) {
    const user = findUser(line.person);
    const because = why(line, user);
    if (because !== undefined || user === undefined) {
      // A line that was kept has no place in the file.
      if (because !== undefined && line.line > 0) refused.push({ line: line.line, because });
      continue;
    }
    if (line.expires > (longest.get(user)?.expires ?? '')) longest.set(user, line);
  }
  const active = [...longest].map(([user, line]): ActiveException => {
    const isNew = before !== undefined && !held.has(user.id.toLowerCase());
    const daysLeft = daysBetween(today, line.expires);
    return { ...describe(user, line), daysLeft, isNew };
  });
  const activeIds = new Set(active.map(({ id }) => id.toLowerCase()));
  const endedLines = (before ?? [])
    .filter(({ id }) => !activeIds.has(id.toLowerCase()))
    .map(toLine);
  const findEnded = userFinder(users, endedLines);
  return {
    active,
    ended: endedLines.map((line) => describe(findEnded(line.person) ?? { id: line.person }, line)),
    refused,
    problem: read.state === 'read' ? undefined : read.problem,
  };
}

/** Why a line does not count; undefined where it does. */
function refuser(
  { people, rules: { breakGlassAccounts } }: ExceptionInput,
  held: ReadonlySet<string>,
  today: string,
): (line: ExceptionLine, user: ExceptedUser | undefined) => string | undefined {
  const isEmergency = matcher(breakGlassAccounts);
  const privileges = new Map<ExceptedUser, Privilege>();
  // Only a line that is right in everything else comes to ask.
  const privilegeOf = (named: ExceptedUser): Privilege => {
    if (privileges.size === 0)
      for (const { user, privilege } of people) privileges.set(user, privilege);
    return privileges.get(named) ?? 'none';
  };

  return (line, user) => {
    const flaw = findFlaw(line, today);
    if (flaw !== undefined) return flaw;
    const { expires } = line;
    if (user === undefined)
      return 'Nobody in the tenant has this user principal name or object id.';
    if (isEmergency(user)) return 'It names an emergency account, which is never excepted.';
    if (daysBetween(today, expires) <= MAX_DAYS_FOR_ROLES) return undefined;
    return refuseLong(privilegeOf(user), held.has(user.id.toLowerCase()));
  };
}

/** What is wrong with a line whoever it names; undefined where nothing is. */
export function findFlaw(
  { person, reason, approvedBy, expires }: Omit<ExceptionLine, 'line'>,
  today: string,
): string | undefined {
  if (person === '') return 'It names no person.';
  if (reason === '') return 'It gives no reason.';
  if (approvedBy === '') return 'It names nobody who approved it.';
  if (expires === '') return 'It has no expiry.';
  if (!isDay(expires)) return 'Its expiry is not a date written YYYY-MM-DD.';
  return expires < today ? 'Its expiry has passed.' : undefined;
}

/** Where it is not known whether somebody holds a role, what held goes on and nothing new begins. */
function refuseLong(privilege: Privilege, isHeld: boolean): string | undefined {
  if (privilege === 'none') return undefined;
  if (privilege !== 'unknown')
    return 'The person holds a directory role, and the expiry is more than 90 days from today.';
  if (isHeld) return undefined;
  return 'The expiry is more than 90 days from today, and it is not known whether the person holds a directory role.';
}

/** Finds users by UPN or object id in any case, out of those that the lines name. */
function userFinder(
  users: readonly ExceptedUser[],
  lines: readonly Pick<ExceptionLine, 'person'>[],
): (name: string) => ExceptedUser | undefined {
  if (lines.length === 0) return () => undefined;
  const wanted = new Set(lines.map(({ person }) => person.toLowerCase()));
  const found = new Map<string, ExceptedUser>();
  for (const user of users) {
    for (const name of [user.userPrincipalName?.toLowerCase(), user.id.toLowerCase()]) {
      if (name !== undefined && wanted.has(name)) found.set(name, user);
    }
  }
  return (name) => found.get(name.toLowerCase());
}

function toLine({ id, reason, approvedBy, expiresOn }: RecordedException): ExceptionLine {
  return { line: 0, person: id, reason, approvedBy, expires: expiresOn };
}

function describe(
  { id, userPrincipalName, displayName }: ExceptedUser,
  { reason, approvedBy, expires }: ExceptionLine,
): Exceptions['ended'][number] {
  return {
    id,
    userPrincipalName,
    displayName,
    reason,
    approvedBy,
    expiresOn: expires,
  };
}
