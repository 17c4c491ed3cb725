import { textOf } from '../decode.ts';
import { askGraph } from '../doctor/unanswered.ts';
import { hasCode, MailerError, SettingsError } from '../errors.ts';
import type { Exceptions } from '../findings/findings.ts';
import { findFlaw, judgeExceptions, MAX_DAYS_FOR_ROLES } from '../findings/judge-exceptions.ts';
import type { ExceptedUser } from '../findings/judge-exceptions.ts';
import {
  EXCEPTIONS_NAME,
  exceptionsIn,
  fetchExceptions,
  readExceptions,
} from '../findings/read-exceptions.ts';
import type { ExceptionLine, ExceptionsRead } from '../findings/read-exceptions.ts';
import { withException } from '../findings/write-exceptions.ts';
import { isGone } from '../graph/graph-error.ts';
import type { Ports } from '../session/ports.ts';
import { openSession } from '../session/session.ts';
import { openState } from '../session/storage.ts';
import type { Settings } from '../settings/fields.ts';
import type { StateLocation } from '../settings/kinds.ts';
import { readSettings } from '../settings/read-settings.ts';
import { readRoles } from '../sources/roles.ts';
import type { RolesRead } from '../sources/roles.ts';
import type { Privilege } from '../standings/person.ts';
import { judgePrivilege } from '../standings/privilege.ts';
import type { Store } from '../storage/store.ts';
import { dayOf, daysBetween } from '../utc-day.ts';

export interface RegisterOptions {
  readonly ports: Ports;
  /** Where the stored state is kept when STATE_LOCATION is empty. */
  readonly defaultState: StateLocation;
}

/** The register of exceptions where the stored state is kept. */
export interface Register {
  /** "folder", "blob container …". */
  readonly place: string;
  read(): Promise<ExceptionsRead>;
  /** Says what a digest of today would make of lines, asking the tenant for the people that they name. */
  judge(lines: readonly ExceptionLine[]): Promise<Exceptions>;
  /** What is wrong with lines whoever they name, without asking the tenant. */
  judgeOffline(lines: readonly ExceptionLine[]): Exceptions['refused'];
  /** Adds a line to whatever stands there at that moment, so that nothing that others write is lost. */
  add(line: Omit<ExceptionLine, 'line'>): Promise<void>;
}

/** Opens the register; throws where there is no lasting state to keep it in. */
export async function openRegister({ ports, defaultState }: RegisterOptions): Promise<Register> {
  const settings = readSettings(ports.environment, { isSending: false });
  const quiet = { ...ports, log: () => undefined };
  const { store, status, failure } = await openState(settings, quiet, defaultState);
  if (status === 'lost') {
    throw new MailerError('state_unreachable', failure ?? 'The memory cannot be used.');
  }
  if (status === 'none') {
    const problem = 'is none; the register of exceptions is kept with the memory.';
    throw new SettingsError([{ setting: 'STATE_LOCATION', problem }]);
  }
  const read = () => readExceptions(store);
  const today = () => dayOf(ports.clock().getTime());
  return {
    place: store.description,
    read,
    judge: (lines) => judgeByTenant(lines, settings, ports),
    judgeOffline: (lines) => lines.flatMap((line) => judgeAlone(line, today())),
    add: (line) => addToStore(store, line),
  };
}

/** Without the tenant a long exception cannot be told from one that a role forbids. */
function judgeAlone(line: ExceptionLine, today: string): Exceptions['refused'] {
  const because = findFlaw(line, today);
  if (because !== undefined) return [{ line: line.line, because }];
  if (daysBetween(today, line.expires) <= MAX_DAYS_FOR_ROLES) return [];
  return [
    {
      line: line.line,
      because: `The expiry is more than ${MAX_DAYS_FOR_ROLES} days from today, and without the tenant it is not known whether the person holds a directory role.`,
    },
  ];
}

/** Somebody else may write at the same moment, and each time it is begun anew. */
const MAX_TRIES = 20;

async function addToStore(store: Store, line: Omit<ExceptionLine, 'line'>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const stored = await fetchExceptions(store);
    assertAddable(exceptionsIn(stored), line);
    const condition = stored === undefined ? { ifAbsent: true as const } : { ifMatch: stored.etag };
    try {
      await store.put(EXCEPTIONS_NAME, withException(stored?.bytes, line), condition);
      return;
    } catch (error) {
      if (!hasCode(error, 'state_conflict') || tries === MAX_TRIES) throw error;
    }
  }
}

/** Nothing is added to what cannot be read, or to an exception that lasts as long. */
function assertAddable(
  read: ExceptionsRead,
  { person, expires }: Omit<ExceptionLine, 'line'>,
): void {
  if (read.state !== 'read') throw new MailerError('settings_invalid', read.problem);
  const name = person.toLowerCase();
  const standing = read.lines.find(
    (line) => line.person.toLowerCase() === name && line.expires >= expires,
  );
  if (standing === undefined) return;
  throw new MailerError(
    'settings_invalid',
    `Line ${standing.line} of ${EXCEPTIONS_NAME} excepts this person until ${standing.expires} already, and the longest counts: take that line away first.`,
  );
}

async function judgeByTenant(
  lines: readonly ExceptionLine[],
  settings: Settings,
  ports: Ports,
): Promise<Exceptions> {
  const session = openSession(settings, ports);
  const now = ports.clock();
  const today = dayOf(now.getTime());
  try {
    const signal = session.running;
    const sound = lines.filter((line) => findFlaw(line, today) === undefined);
    const users = await Promise.all(
      [...new Set(sound.map(({ person }) => person.toLowerCase()))].map(findUser),
    );
    const known = users.filter((user) => user !== undefined);
    const isLong = sound.some(({ expires }) => daysBetween(today, expires) > MAX_DAYS_FOR_ROLES);
    const roles = isLong
      ? await readRoles({ graph: session.graph, signal, onProgress: ports.onProgress })
      : undefined;
    const people = await Promise.all(
      (roles === undefined ? [] : known).map(async (user) => ({
        user,
        privilege: await privilegeOf(user, roles!),
      })),
    );
    const rules = { now, breakGlassAccounts: settings.breakGlassAccounts };
    const read = { state: 'read', lines } as const;
    return judgeExceptions({ read, users: known, people, rules, before: undefined });

    async function findUser(name: string): Promise<ExceptedUser | undefined> {
      const path = `/v1.0/users/${encodeURIComponent(name)}?$select=id,userPrincipalName,displayName`;
      const row = await askUnlessGone(path, 'a person');
      const id = textOf(row?.['id']);
      if (row === undefined || id === undefined) return undefined;
      return {
        id,
        userPrincipalName: textOf(row['userPrincipalName']),
        displayName: textOf(row['displayName']),
      };
    }

    /** The report also tells of roles that are scoped, custom or eligible, which nobody else does. */
    async function privilegeOf({ id }: ExceptedUser, read: RolesRead): Promise<Privilege> {
      const held = read.rolesByPerson.get(id.toLowerCase()) ?? [];
      if (held.length > 0) return judgePrivilege(held, undefined, read.arePrivilegesWhole);
      const path = `/v1.0/reports/authenticationMethods/userRegistrationDetails/${encodeURIComponent(id)}`;
      const row = await askUnlessGone(path, 'a row of the registration report');
      const registration = { isAdmin: row?.['isAdmin'] === true, methodsRegistered: [] };
      return judgePrivilege(held, registration, read.arePrivilegesWhole);
    }

    async function askUnlessGone(path: string, what: string) {
      try {
        return await askGraph(session.graph, path, what, signal);
      } catch (error) {
        if (isGone(error)) return undefined;
        throw error;
      }
    }
  } finally {
    session.close();
  }
}
