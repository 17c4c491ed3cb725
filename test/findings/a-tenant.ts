import { GLOBAL_ADMINISTRATOR, SYNCHRONISATION_ROLES } from '../../lib/entra/privileged-roles.ts';
import { compare } from '../../lib/findings/compare.ts';
import type { CompareInput } from '../../lib/findings/compare.ts';
import { LIFECYCLE_FORMAT } from '../../lib/findings/findings-document.ts';
import type { Lifecycle } from '../../lib/findings/findings.ts';
import type { ExceptionLine, ExceptionsRead } from '../../lib/findings/read-exceptions.ts';
import { buildReport } from '../../lib/report/build-report.ts';
import type { Report } from '../../lib/report/report.ts';
import { SOURCES } from '../../lib/sources/coverage.ts';
import type { SourceName } from '../../lib/sources/coverage.ts';
import { PeopleIndex } from '../../lib/sources/people-index.ts';
import type { Registration, Role, User } from '../../lib/sources/rows.ts';
import type { AuditEvent } from '../../lib/sources/audits.ts';
import type { Observations, Rules } from '../../lib/standings/facts.ts';
import { judgePeople } from '../../lib/standings/judge-people.ts';
import { aCoverage, guid } from '../support/a-report.ts';
import { refusalOf, seenUse, useOf } from '../support/seen-use.ts';
import type { PersonalUse } from '../support/seen-use.ts';

export const TENANT = guid(999);

/** Somebody as they are on a day. Unless said otherwise: an enabled member who signs in and has no MFA method. */
export interface Someone {
  readonly number: number;
  readonly name?: string;
  /** What the registration report says: usable method, method that policy does not allow, no method, or no row. */
  readonly row?: 'capable' | 'not-usable' | 'bare' | 'none';
  /** Sign-ins to an enforced application. */
  readonly uses?: 'mfa' | 'mfa-here' | 'single-factor' | 'none';
  /** Refusals at MFA, on one day or on two, that no success has resolved. */
  readonly refused?: 'once' | 'twice';
  /** What the audit log tells of their methods. */
  readonly lost?: Exclude<AuditEvent['kind'], 'registered' | 'role-activated'>;
  readonly isActive?: boolean;
  readonly isEnabled?: boolean;
  readonly isGuest?: boolean;
  readonly kind?: User['kind'];
  readonly role?: 'administrator' | 'synchronisation';
  readonly createdAt?: string;
  /** What is seen of them although a source is missing. */
  readonly isRowSeen?: boolean;
  readonly isUseSeen?: boolean;
}

export interface Day {
  /** YYYY-MM-DD; the report is made at six. */
  readonly on: string;
  readonly people: readonly Someone[];
  readonly missing?: readonly SourceName[];
  /** True where only the newest sign-ins are missing, and standings lean on an older ledger. */
  readonly isLeaningOnLedger?: boolean;
  readonly rules?: Partial<Rules>;
  readonly settings?: Readonly<Record<string, string>>;
  readonly exceptions?: ExceptionsRead | readonly Partial<ExceptionLine>[];
  readonly input?: Partial<CompareInput>;
}

/** Always there, active and safe, so that activity can be told. */
const SOMEBODY_ELSE: Someone = { number: 900, row: 'capable', uses: 'mfa' };

/** The report of a day, and what is remembered of it. */
export interface ComparedDay {
  readonly report: Report;
  readonly next?: Lifecycle | undefined;
}

/** Compares the report of one day with what is remembered; undefined makes a first report. */
export function compareDay(day: Day, previous?: Lifecycle): ComparedDay {
  const rules: Rules = {
    now: new Date(`${day.on}T06:00:00Z`),
    daysToCheckLogs: 90,
    includeGuests: true,
    excludedUsers: [],
    breakGlassAccounts: [],
    newAccountGraceDays: 2,
    stoppedDays: 14,
    telephonyProvider: false,
    ...day.rules,
  };
  const observations = observeTenant(day, rules);
  const { findings, ...rest } = compare(judgePeople(observations, rules), {
    observations,
    rules,
    settings: day.settings ?? {},
    tenantId: TENANT,
    remembered:
      previous === undefined ? { state: 'first' } : { state: 'kept', lifecycle: previous },
    exceptions: toRead(day.exceptions ?? []),
    problems: [],
    undelivered: [],
    occurrenceAt: rules.now.toISOString(),
    ...day.input,
  });
  return { report: buildReport(observations, rules, findings), ...rest };
}

/** Compares days one after another, each with the state that the one before left in storage. */
export function compareDays(...days: readonly Day[]): readonly ComparedDay[] {
  let previous: Lifecycle | undefined;
  return days.map((day) => {
    const compared = compareDay(day, previous);
    previous = storedAndRead(compared.next);
    return compared;
  });
}

export function storedAndRead(lifecycle: Lifecycle | undefined): Lifecycle | undefined {
  if (lifecycle === undefined) return undefined;
  return LIFECYCLE_FORMAT.parse(JSON.parse(JSON.stringify(lifecycle)), 1);
}

/** The changes of a day in one line each: "Person 1: opened in impact". */
export function tell({ report }: ComparedDay): readonly string[] {
  return (report.history?.changes ?? []).map(({ displayName, kind, how, from, to, ageDays }) =>
    [
      `${displayName}: ${kind}`,
      ...(how === undefined ? [] : [how]),
      ...(from === undefined ? [] : [`from ${from}`]),
      ...(to === undefined ? [] : [`in ${to}`]),
      `day ${ageDays}`,
    ].join(' '),
  );
}

function toRead(exceptions: ExceptionsRead | readonly Partial<ExceptionLine>[]): ExceptionsRead {
  if ('state' in exceptions) return exceptions;
  const lines = exceptions.map((line, place) => ({
    line: place + 2,
    person: '',
    reason: 'A robot without hands.',
    approvedBy: 'The CISO',
    expires: '',
    ...line,
  }));
  return { state: 'read', lines };
}

export function observeTenant(
  {
    people,
    missing = [],
    isLeaningOnLedger = false,
  }: Pick<Day, 'people' | 'missing' | 'isLeaningOnLedger'>,
  { now }: Rules,
): Observations {
  const everybody = [...people, SOMEBODY_ELSE];
  const isMissing = (source: SourceName) => missing.includes(source);
  const areSignInsMissing = isMissing('interactiveSignIns') || isMissing('nonInteractiveSignIns');
  const index = new PeopleIndex();
  const registrations = new Map<string, Registration>();
  const rolesByPerson = new Map<string, readonly Role[]>();
  for (const { number } of everybody) index.add(guid(number));
  const seen: PersonalUse[] = [];
  const yesterday = now.getTime() - 86_400_000;
  for (const someone of everybody) {
    const id = guid(someone.number);
    const { row = 'bare', uses = 'none', isRowSeen = false, isUseSeen = false, role } = someone;
    if (row !== 'none' && (isRowSeen || !isMissing('registrations'))) {
      registrations.set(id, {
        isMfaRegistered: row !== 'bare',
        isMfaCapable: row === 'capable',
        methodsRegistered: [],
      });
    }
    if (uses !== 'none' && (isUseSeen || !areSignInsMissing)) {
      const evidence = { mfa: { elsewhere: 1 }, 'mfa-here': { here: 1 }, 'single-factor': {} }[
        uses
      ];
      seen.push(useOf(id, yesterday, evidence));
    }
    if (someone.refused !== undefined) {
      const days = someone.refused === 'once' ? 1 : 2;
      seen.push(refusalOf(id, yesterday, { days, interactiveDays: days }));
    }
    if (role !== undefined && !isMissing('roles')) {
      const [synchronisation = ''] = SYNCHRONISATION_ROLES;
      const templateId = role === 'synchronisation' ? synchronisation : GLOBAL_ADMINISTRATOR;
      rolesByPerson.set(id, [{ name: 'A role', templateId }]);
    }
  }
  return {
    users: everybody.map(({ number, name = `Person ${number}`, ...someone }) => ({
      id: guid(number),
      userPrincipalName: `${name.replace(' ', '')}@contoso.example`,
      displayName: name,
      accountEnabled: someone.isEnabled ?? true,
      kind: someone.kind ?? 'person',
      isGuest: someone.isGuest ?? false,
      skuIds: [],
      ...(someone.createdAt !== undefined && { createdAt: someone.createdAt }),
      ...((someone.isActive ?? true) &&
        !isMissing('activity') && { lastSuccessfulSignInAt: new Date(yesterday).toISOString() }),
    })),
    people: index,
    registrations,
    rolesByPerson,
    arePrivilegesWhole: !isMissing('roles'),
    emergencyActivity: [],
    organisation: { name: 'Contoso' },
    use: seenUse(index, seen),
    coverage: SOURCES.map((source) =>
      aCoverage({ source, state: isMissing(source) ? 'partial' : 'complete' }),
    ),
    wholeSince: areSignInsMissing ? undefined : 0,
    audits: everybody.flatMap(({ number, lost }) =>
      lost === undefined ? [] : [{ userId: guid(number), at: yesterday, kind: lost }],
    ),
    isSignInProof: !areSignInsMissing || isLeaningOnLedger,
  };
}
