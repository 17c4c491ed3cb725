import type { ToolPattern } from '../../lib/ledger/usage.ts';
import { buildReport } from '../../lib/report/build-report.ts';
import type { Report } from '../../lib/report/report.ts';
import { SOURCES } from '../../lib/sources/coverage.ts';
import type { SourceCoverage, SourceName } from '../../lib/sources/coverage.ts';
import { PeopleIndex } from '../../lib/sources/people-index.ts';
import type { Registration, Role, User } from '../../lib/sources/rows.ts';
import type { AuditEvent } from '../../lib/sources/audits.ts';
import type { EmergencyActivity } from '../../lib/sources/emergency-activity.ts';
import type { Observations, Rules } from '../../lib/standings/facts.ts';
import { judgePeople, listHits } from '../../lib/standings/judge-people.ts';
import { seenUse, useOf } from './seen-use.ts';
import type { PersonalUse } from './seen-use.ts';

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
export function aUseRow({ id = aUser().id, ...about }: Partial<PersonalUse> = {}): PersonalUse {
  return useOf(id, Date.parse(YESTERDAY), about);
}

export interface Seen {
  readonly users?: readonly User[];
  readonly registrations?: Readonly<Record<string, Registration>>;
  readonly roles?: Readonly<Record<string, readonly Role[]>>;
  readonly uses?: readonly PersonalUse[];
  /** By object id. */
  readonly patterns?: Readonly<Record<string, Partial<ToolPattern>>>;
  readonly audits?: readonly AuditEvent[];
  readonly emergencyActivity?: readonly EmergencyActivity[];
  readonly askersSince?: string;
  readonly arePrivilegesWhole?: boolean;
  /** From here on every sign-in was read; by default the whole window, where no sign-ins are missing. */
  readonly wholeSince?: number | undefined;
  readonly namesBySku?: Readonly<Record<string, string>>;
  /** Sources that could not be read in full, and how. */
  readonly missing?: Partial<Record<SourceName, SourceCoverage['state']>>;
}

const WINDOW_START = Date.parse('2026-08-23T00:00:00Z');
const CAUSE = { kind: 'fault', because: 'Graph did not answer', remedy: 'Wait.' } as const;

/** What was read, as the rules take it; every source in full unless said otherwise. */
export function observations(about: Seen = {}): Observations {
  const { users = [aUser()], registrations = {}, roles = {}, uses = [], missing = {} } = about;
  const people = new PeopleIndex();
  for (const { id } of users) people.add(id);
  const isMissing = (source: SourceName) => missing[source] !== undefined;
  const areSignInsWhole = !isMissing('interactiveSignIns') && !isMissing('nonInteractiveSignIns');
  return {
    users,
    people,
    registrations: new Map(Object.entries(registrations)),
    rolesByPerson: new Map(Object.entries(roles)),
    emergencyActivity: about.emergencyActivity ?? [],
    ...(about.namesBySku !== undefined && {
      namesBySku: new Map(Object.entries(about.namesBySku)),
    }),
    arePrivilegesWhole: about.arePrivilegesWhole ?? !isMissing('roles'),
    organisation: { id: 'ea535fba-e357-48e7-a5a2-e55fe0d09e63', name: 'Contoso' },
    use: seenUse(people, uses, about),
    coverage: SOURCES.map((source) => ({
      source,
      state: missing[source] ?? 'complete',
      ...(isMissing(source) && { cause: CAUSE }),
      rows: 1,
      pages: 1,
      notes: [],
    })),
    audits: about.audits ?? [],
    isSignInProof: areSignInsWhole,
    wholeSince:
      'wholeSince' in about ? about.wholeSince : areSignInsWhole ? WINDOW_START : undefined,
    interactiveSince: isMissing('interactiveSignIns') ? undefined : WINDOW_START,
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

/** The report of a run that keeps no stored state and excepts nobody. */
export function reportOn(seen: Observations, judgedBy: Rules): Report {
  const people = judgePeople(seen, judgedBy);
  return buildReport(seen, judgedBy, { people, hits: listHits(people), isExcepted: () => false });
}
