import type { Asker } from '../../entra/askers.ts';
import type { ActiveException } from '../../findings/findings.ts';
import type { Report } from '../../report/report.ts';
import { missingSources } from '../../sources/coverage.ts';
import type { ApplicationUse, Person } from '../../standings/person.ts';
import { isHit } from '../../standings/standings.ts';
import type { Standing } from '../../standings/standings.ts';
import { LIST_WORDS } from '../parts/list-texts.ts';
import { NEXT_STEPS } from '../parts/person-texts.ts';
import { cell } from '../text/safe-text.ts';

export type Value = Parameters<typeof cell>[0];

interface Context {
  readonly areSignInsComplete: boolean;
  readonly exceptions: ReadonlyMap<string, ActiveException>;
}

type Column = readonly [name: string, read: (person: Person, context: Context) => Value];

/** The 24 columns of Get-MFAEnforcementReport.ps1, under its names and in its order. */
const SCRIPT_COLUMNS: readonly Column[] = [
  ['Id', ({ user }) => user.id],
  ['GivenName', ({ user }) => user.givenName],
  ['SurName', ({ user }) => user.surname],
  ['UserPrincipalName', ({ user }) => user.userPrincipalName],
  ['DisplayName', ({ user }) => user.displayName],
  ['AccountEnabled', ({ user }) => user.accountEnabled],
  ['Mail', ({ user }) => user.mail],
  ['EntraID_LastSignInDateTime', ({ user }) => user.lastSignInAt],
  ['EntraID_LastNonInteractiveSignInDateTime', ({ user }) => user.lastNonInteractiveSignInAt],
  ['EntraID_PasswordPolicies', ({ user }) => user.passwordPolicies],
  ['ActiveDirectoryDistinguishedName', ({ user }) => user.onPremisesDistinguishedName],
  ['SignInsDetectedMSAdminPortals', hasUsed],
  ['UserLicenseList', ({ licences }) => licences],
  ['IsAdmin', ({ registration }) => registration?.isAdmin],
  ['DefaultMfaMethod', ({ registration }) => registration?.defaultMfaMethod],
  ['MethodsRegistered', ({ registration }) => registration?.methodsRegistered],
  ['IsMfaCapable', ({ registration }) => registration?.isMfaCapable],
  ['IsMfaRegistered', ({ registration }) => registration?.isMfaRegistered],
  ['IsPasswordlessCapable', ({ registration }) => registration?.isPasswordlessCapable],
  ['IsSsprCapable', ({ registration }) => registration?.isSsprCapable],
  ['IsSsprEnabled', ({ registration }) => registration?.isSsprEnabled],
  ['IsSsprRegistered', ({ registration }) => registration?.isSsprRegistered],
  [
    'IsSystemPreferredAuthenticationMethodEnabled',
    ({ registration }) => registration?.isSystemPreferredAuthenticationMethodEnabled,
  ],
  [
    'AuthMethodsLastUpdatedDateTime',
    ({ registration }) => instantText(registration?.lastUpdatedAt),
  ],
];

function instantText(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}

const INSTANT = /\b(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d+Z/gu;

/** Columns of instants. All are written in one spelling: whole seconds, UTC, as Graph mostly writes them. */
export const OF_INSTANTS = /DateTime$|Since$|^ApplicationsDetail$/u;

function spell(text: string): string {
  return text.includes('.') ? text.replace(INSTANT, '$1Z') : text;
}

/** What this product knows beyond the script. Columns are added at the end only. */
const OWN_COLUMNS: readonly Column[] = [
  ['Standing', ({ standing }) => standing],
  ['Reason', ({ reason }) => reason],
  ['IsGuest', ({ isGuest }) => isGuest],
  ['IsEmergencyAccount', ({ isEmergency }) => isEmergency],
  ['Privilege', ({ privilege }) => privilege],
  ['DirectoryRoles', ({ roles }) => roles],
  ['ApplicationsUsed', ({ applications }) => applications.filter(isUsed).map(applicationName)],
  ['ApplicationsDetail', ({ applications }) => applications.map(applicationDetail)],
  ['FirstUseDateTime', firstUseAt],
  ['LastUseDateTime', ({ lastUseAt }) => lastUseAt],
  ['MethodNames', ({ methods }) => methods],
  ['StrongestMethod', ({ registration, strongestMethod }) => registration && strongestMethod],
  ['WeakestMethod', ({ registration, weakestMethod }) => registration && weakestMethod],
  ['LastSuccessfulSignInDateTime', ({ user }) => user.lastSuccessfulSignInAt],
  ['CreatedDateTime', ({ user }) => user.createdAt],
  ['FindingId', ({ findingId }) => findingId],
  ['AgeDays', ({ ageDays }) => ageDays],
  ['Exception', ({ user }, { exceptions }) => exceptionText(exceptions.get(user.id))],
  ['Kind', ({ kind }) => kind],
  ['StoppedSince', ({ stopped }) => stopped?.since],
  ['StoppedDays', ({ stopped }) => stopped?.days],
  ['StoppedAttempts', ({ stopped }) => stopped?.attempts],
  ['StoppedStage', ({ stopped }) => stopped?.stage],
  ['LastRefusalDateTime', ({ lastRefusalAt }) => lastRefusalAt],
  ['LastMfaDateTime', ({ lastMfaAt }) => lastMfaAt],
  ['SuccessfulSignIns', ({ successfulSignIns }, context) => countOf(successfulSignIns, context)],
  [
    'SuccessfulSignInsWithMfa',
    ({ successfulSignInsWithMfa }, context) => countOf(successfulSignInsWithMfa, context),
  ],
  ['PhoneOnlyUntil', ({ phoneOnlyUntil }) => phoneOnlyUntil],
  ['RegisteredSince', ({ registeredSince }) => registeredSince],
  ['MfaAskedBy', ({ mfaAskedBy }) => mfaAskedBy],
  ['LastRefusalAskedBy', ({ lastRefusalAskers }) => lastRefusalAskers.map(askerWord)],
  ['Department', ({ user }) => user.department],
  ['List', ({ standing }) => listWords(standing)],
  ['NextStep', ({ nextStep }) => NEXT_STEPS[nextStep].verb],
];

/** The list that the mail has somebody in, in its words; `Standing` has the code. */
function listWords(standing: Standing): string | undefined {
  return isHit(standing) ? LIST_WORDS[standing].label : undefined;
}

const COLUMNS = [...SCRIPT_COLUMNS, ...OWN_COLUMNS];

/** The columns of Identity_Overview.csv and of the files of each list. */
export const OVERVIEW_COLUMNS: readonly string[] = COLUMNS.map(([name]) => name);

/** By column, whether it holds instants. */
const HOLDS_INSTANTS = OVERVIEW_COLUMNS.map((name) => OF_INSTANTS.test(name));

/** Makes the function that writes one person of this report as a row. */
export function overviewRow(report: Report): (person: Person) => readonly string[] {
  const valuesOf = overviewValues(report);
  return (person) =>
    valuesOf(person).map((value, index) =>
      HOLDS_INSTANTS[index] === true ? spell(cell(value)) : cell(value),
    );
}

/** The same as values, for a sheet that knows numbers and dates. */
export function overviewValues(report: Report): (person: Person) => readonly Value[] {
  const context: Context = {
    areSignInsComplete: !missingSources(report.coverage).some(
      ({ source }) => source === 'interactiveSignIns' || source === 'nonInteractiveSignIns',
    ),
    exceptions: new Map(report.history?.exceptions.active.map((entry) => [entry.id, entry])),
  };
  return (person) => COLUMNS.map(([, read]) => read(person, context));
}

/** Where sign-ins are missing, none seen proves nothing and the cell stays empty. */
function countOf(seen: number, { areSignInsComplete }: Context): number | undefined {
  return seen > 0 || areSignInsComplete ? seen : undefined;
}

function askerWord(asker: Asker): string {
  return asker.replace('-', ' ').replace('per user', 'per-user');
}

/** True for a success; where sign-ins are missing, none seen proves nothing and the cell stays empty. */
function hasUsed({ applications }: Person, { areSignInsComplete }: Context): boolean | undefined {
  return applications.some(isUsed) || (areSignInsComplete ? false : undefined);
}

function isUsed({ successes }: ApplicationUse): boolean {
  return successes > 0;
}

function applicationName({ application }: ApplicationUse): string {
  return application.name;
}

function applicationDetail(use: ApplicationUse): string {
  const facts = [
    `${use.successes} successful`,
    `${use.successesWithMfa} with MFA`,
    `${use.failuresThatAskedForMfa} failed at MFA`,
    ...(use.firstAt === undefined ? [] : [`first ${use.firstAt}`]),
    ...(use.lastAt === undefined ? [] : [`last ${use.lastAt}`]),
  ];
  return `${use.application.name} (${facts.join(', ')})`;
}

function firstUseAt({ applications }: Person): string | undefined {
  return applications
    .map(({ firstAt }) => firstAt)
    .filter((at) => at !== undefined)
    .toSorted()[0];
}

function exceptionText(exception: ActiveException | undefined): string | undefined {
  if (exception === undefined) return undefined;
  const { expiresOn, approvedBy, reason } = exception;
  return `until ${expiresOn}, approved by ${approvedBy}: ${reason}`;
}
