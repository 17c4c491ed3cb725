import { APPLICATIONS } from '../../lib/entra/applications.ts';
import type { StoredRow } from '../../lib/ledger/encode-counts.ts';
import { SignInUse } from '../../lib/ledger/usage.ts';
import { buildReport } from '../../lib/report/build-report.ts';
import type { Report } from '../../lib/report/report.ts';
import { slotOf } from '../../lib/sign-ins/day-counts.ts';
import { SOURCES } from '../../lib/sources/coverage.ts';
import type { SourceCoverage, SourceName } from '../../lib/sources/coverage.ts';
import { PeopleIndex } from '../../lib/sources/people-index.ts';
import type { Registration, Role, User } from '../../lib/sources/rows.ts';
import type { Observations, Rules } from '../../lib/standings/facts.ts';
import { judgePeople, listHits } from '../../lib/standings/judge-people.ts';

export const NOW = new Date('2026-11-21T06:00:00Z');
export const YESTERDAY = '2026-11-20T08:00:00Z';

/** Somebody who is enabled, a member, of old, and signed in yesterday. */
export function aUser(about: Partial<User> = {}): User {
  return {
    id: 'd1132181-5011-45b0-a957-9709cda2816c',
    userPrincipalName: 'adele.vance@contoso.example',
    displayName: 'Adele Vance',
    accountEnabled: true,
    kind: 'person',
    isGuest: false,
    createdAt: '2024-01-15T08:00:00Z',
    skuIds: [],
    lastSignInAt: YESTERDAY,
    lastSuccessfulSignInAt: YESTERDAY,
    ...about,
  };
}

/** A row of somebody who can do MFA. */
export const CAPABLE: Registration = {
  isAdmin: false,
  isMfaRegistered: true,
  isMfaCapable: true,
  methodsRegistered: ['microsoftAuthenticatorPush'],
};

export const NOT_REGISTERED: Registration = {
  isAdmin: false,
  isMfaRegistered: false,
  isMfaCapable: false,
  methodsRegistered: [],
};

/** Registered, but policy does not allow the method. */
export const NOT_ALLOWED: Registration = {
  isAdmin: false,
  isMfaRegistered: true,
  isMfaCapable: false,
  methodsRegistered: ['mobilePhone'],
};

/** Successful interactive single-factor use of the portal, yesterday. */
export function aUseRow(
  about: Partial<StoredRow> & { readonly application?: number } = {},
): StoredRow {
  const { application = 0, ...row } = about;
  const at = Date.parse(YESTERDAY);
  return {
    id: aUser().id,
    slot: slotOf(application, true),
    successes: 1,
    successesWithMfa: 0,
    successesUnsaid: 0,
    failures: 0,
    firstAt: at,
    lastAt: at,
    ...row,
  };
}

export interface Seen {
  readonly users?: readonly User[];
  readonly registrations?: Readonly<Record<string, Registration>>;
  readonly roles?: Readonly<Record<string, readonly Role[]>>;
  readonly uses?: readonly StoredRow[];
  readonly namesBySku?: Readonly<Record<string, string>>;
  /** Sources that could not be read in full, and how. */
  readonly missing?: Partial<Record<SourceName, SourceCoverage['state']>>;
}

const CAUSE = { kind: 'fault', because: 'Graph did not answer', remedy: 'Wait.' } as const;

/** What was read, as the rules take it; every source in full unless said otherwise. */
export function observations(about: Seen = {}): Observations {
  const { users = [aUser()], registrations = {}, roles = {}, uses = [], missing = {} } = about;
  const people = new PeopleIndex();
  for (const { id } of users) people.add(id);
  const use = new SignInUse(
    people.size,
    APPLICATIONS.map(() => true),
  );
  for (const row of uses) {
    const person = people.find(row.id);
    if (person === undefined) use.addStranger(row.id, row);
    else use.addOf(person, row);
  }
  const isMissing = (source: SourceName) => missing[source] !== undefined;
  return {
    users,
    people,
    registrations: new Map(Object.entries(registrations)),
    rolesByPerson: new Map(Object.entries(roles)),
    arePrivilegesWhole: !isMissing('roles'),
    ...(about.namesBySku !== undefined && {
      namesBySku: new Map(Object.entries(about.namesBySku)),
    }),
    organisation: { id: 'ea535fba-e357-48e7-a5a2-e55fe0d09e63', name: 'Contoso' },
    use,
    coverage: SOURCES.map((source) => ({
      source,
      state: missing[source] ?? 'complete',
      ...(isMissing(source) && { cause: CAUSE }),
      rows: 1,
      pages: 1,
      notes: [],
    })),
    isSignInProof: !isMissing('interactiveSignIns') && !isMissing('nonInteractiveSignIns'),
    seen: { from: Date.parse('2026-10-22T06:00:00Z'), to: NOW.getTime() + 1 },
  };
}

export function rules(about: Partial<Rules> = {}): Rules {
  return {
    now: NOW,
    daysToCheckLogs: 90,
    includeGuests: true,
    excludedUsers: [],
    breakGlassAccounts: [],
    newAccountGraceDays: 2,
    stoppedDays: 14,
    telephonyProvider: false,
    ...about,
  };
}

/** The report of a run that keeps no memory and excepts nobody. */
export function reportOn(seen: Observations, judgedBy: Rules): Report {
  const people = judgePeople(seen, judgedBy);
  return buildReport(seen, judgedBy, { people, hits: listHits(people), isExcepted: () => false });
}
