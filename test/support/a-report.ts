import { APPLICATIONS } from '../../lib/entra/applications.ts';
import type { History } from '../../lib/findings/findings.ts';
import type { Figure, HitFigures, Report } from '../../lib/report/report.ts';
import { SOURCES } from '../../lib/sources/coverage.ts';
import type { SourceCoverage } from '../../lib/sources/coverage.ts';
import type { User } from '../../lib/sources/rows.ts';
import type { ApplicationUse, NextStep, Person } from '../../lib/standings/person.ts';
import { HIT_LISTS, STANDINGS } from '../../lib/standings/standings.ts';
import type { HitList } from '../../lib/standings/standings.ts';

/** A GUID made of a number, so that a test can name people. */
export function guid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

let lastNumber = 0;

/** A person whom Microsoft locks out, unless the test says otherwise. Each has an id of their own. */
export function aPerson({
  user,
  ...about
}: Partial<Omit<Person, 'user'>> & { readonly user?: Partial<User> } = {}): Person {
  lastNumber += 1;
  return {
    standing: 'impact',
    kind: 'person',
    reason: 'Used an enforced application with one factor and cannot do MFA.',
    nextStep: nextStepOf(about),
    successfulSignIns: 0,
    successfulSignInsWithMfa: 0,
    lastRefusalAskers: [],
    registration: { isMfaRegistered: false, isMfaCapable: false, methodsRegistered: [] },
    isEmergency: false,
    isGuest: false,
    privilege: 'none',
    roles: [],
    applications: [],
    methods: [],
    strongestMethod: 'none',
    weakestMethod: 'none',
    licences: [],
    ...about,
    user: {
      id: guid(lastNumber),
      userPrincipalName: `person${lastNumber}@contoso.example`,
      displayName: `Person ${lastNumber}`,
      accountEnabled: true,
      kind: 'person',
      isGuest: about.isGuest ?? false,
      skuIds: [],
      ...user,
    },
  };
}

function nextStepOf({ standing = 'impact', isGuest, kind }: Partial<Person>): NextStep {
  if (isGuest === true || kind === 'external') return 'home-tenant-mfa';
  if (standing === 'not-usable') return 'allow-method';
  if (standing === 'unknown') return 'check-row';
  return ['stopped', 'impact', 'missing'].includes(standing) ? 'send-pass' : 'none';
}

/** Successful single-factor sign-ins to one enforced application, by its name. */
export function aUse(name: string, about: Partial<ApplicationUse> = {}): ApplicationUse {
  const application = APPLICATIONS.find((candidate) => candidate.name === name);
  if (application === undefined) throw new Error(`No enforced application is called ${name}.`);
  const { successes = 1, successesWithMfa = 0 } = about;
  return {
    application,
    successes,
    successesWithMfa,
    successesWithOneFactor: successes - successesWithMfa,
    failuresThatAskedForMfa: 0,
    firstAt: '2026-11-01T08:00:00Z',
    lastAt: '2026-11-03T08:00:00Z',
    isInteractive: true,
    isNonInteractive: false,
    ...about,
  };
}

/** One source, read in full. */
export function aCoverage(about: Partial<SourceCoverage> = {}): SourceCoverage {
  return { source: 'users', state: 'complete', rows: 1204, pages: 2, notes: [], ...about };
}

/** A memory that is kept and in which nothing changed. */
export function aHistory(about: Partial<History> = {}): History {
  return {
    state: 'kept',
    problems: [],
    comparedWith: '2026-11-20',
    changes: [],
    changedSettings: [],
    haveRulesChanged: false,
    trend: [],
    resolvedLast7Days: 0,
    resolvedLast30Days: 0,
    exceptions: { active: [], ended: [], refused: [] },
    undelivered: [],
    ...about,
  };
}

/** A complete report on the people given: lists, figures and standings follow from them. */
export function aReport(about: Partial<Report> = {}): Report {
  const people = about.people ?? [];
  const hits = about.hits ?? byList((list) => people.filter(({ standing }) => standing === list));
  return {
    generatedAt: '2026-11-21T06:00:00Z',
    tenant: { id: guid(999), name: 'Contoso' },
    isPartial: false,
    coverage: SOURCES.map((source) => aCoverage({ source })),
    askedFrom: '2026-08-23T00:00:00Z',
    askedDays: 90,
    seenFrom: '2026-10-22T00:00:00Z',
    seenTo: '2026-11-21T05:58:00Z',
    figures: {
      inScope: people.length,
      hits: byList((list) => countHits(hits[list])),
      withoutMethod: { people: exactly(0), admins: exactly(0) },
      newAccounts: exactly(people.filter(({ standing }) => standing === 'new').length),
      capableShare: 0.94,
      standings: Object.fromEntries(
        STANDINGS.map((standing) => [
          standing,
          people.filter((person) => person.standing === standing).length,
        ]),
      ) as Report['figures']['standings'],
    },
    isEnforced: true,
    isFree: false,
    haveRulesChanged: false,
    counted: { people: people.length, externals: 0, agents: 0, agentsAtEnforced: 0, technical: 0 },
    unknownGroups: [],
    phoneOnly: [],
    scripts: [],
    onlyMicrosoft: {},
    tenantUse: [],
    nextChanges: [],
    emergencyNews: [],
    emergencyAccounts: [],
    notInDirectory: { people: 0, signIns: 0 },
    excludedUsers: [],
    remarks: [],
    ...about,
    people,
    hits,
  };
}

/** A figure that is certain. */
export function exactly(value: number): Figure {
  return { kind: 'exact', value };
}

/** One value for each hit list. */
export function byList<Value>(valueOf: (list: HitList) => Value): Readonly<Record<HitList, Value>> {
  return Object.fromEntries(HIT_LISTS.map((list) => [list, valueOf(list)])) as Record<
    HitList,
    Value
  >;
}

function countHits(people: readonly Person[]): HitFigures {
  const admins = people.filter(({ roles = [] }) => roles.length > 0);
  return { people: exactly(people.length), admins: exactly(admins.length) };
}
