import type { RecentTotal } from '../ledger/recent-totals.ts';
import type { ToolPattern, Use } from '../ledger/usage.ts';
import type { Span } from '../sign-ins/query.ts';
import type { AuditEvent } from '../sources/audits.ts';
import type { SourceCoverage, SourceName } from '../sources/coverage.ts';
import type { EmergencyActivity } from '../sources/emergency-activity.ts';
import type { PeopleIndex } from '../sources/people-index.ts';
import type { Organisation, Registration, Role, User } from '../sources/rows.ts';
import { DAY_MS, dayOf } from '../utc-day.ts';
import { hasLastingFactor, isUncountedOnly } from '../entra/methods.ts';
import { mfaFact } from './mfa-seen.ts';
import type { Privilege } from './person.ts';
import { hasPhonesOnly, phoneEndsOn } from './phone-only.ts';
import { stoppedFacts } from './refusals.ts';
import type { RefusalWindow } from './refusals.ts';
import { remembered } from './remembered.ts';
import type { Fact, Facts } from './standings.ts';

interface FactInput {
  readonly uses: readonly Use[];
  readonly isSignInProof: boolean;
  readonly provesNoUse: boolean;
}

/** What is read of one person. */
interface Subject {
  readonly user: User;
  readonly registration: Registration | undefined;
  readonly uses: readonly Use[];
  readonly privilege: Privilege;
}

/** Facts of a person, and one that decides nothing before Microsoft's date. */
interface PersonFacts extends Facts {
  readonly isPhoneOnly: boolean;
}

interface FactGatherer {
  readonly activity: Activity;
  readonly refusalWindow: RefusalWindow;
  of(subject: Subject): PersonFacts;
}

/**
 * Tells what is known of a person: what was seen counts, and what was not seen proves something only in a whole
 * source. `isSignInProof` says whether somebody who was not seen signing in did not sign in.
 */
export function createFactGatherer(
  observations: Observations,
  rules: Rules,
  isSignInProof: boolean,
): FactGatherer {
  const activity = judgeActivity(
    observations.users,
    isKnown(observations, 'activity'),
    rules.now,
    rules.daysToCheckLogs,
  );
  const isReportWhole = isKnown(observations, 'registrations');
  const newSince = rules.now.getTime() - rules.newAccountGraceDays * DAY_MS;
  const today = dayOf(rules.now.getTime());
  const refusalWindow = {
    from: windowStart(rules.now, rules.stoppedDays),
    wholeSince: observations.wholeSince,
  };
  const methodsOf = remembered((methods: readonly string[]) => ({
    arePhonesOnly: hasPhonesOnly(methods),
    isUncounted: isUncountedOnly(methods),
  }));
  return {
    activity,
    refusalWindow,
    of({ user, registration, uses, privilege }) {
      const used = usedFact({ uses, isSignInProof, provesNoUse: activity.provesNoUse(user) });
      const active = activity.isActive(user);
      const { arePhonesOnly, isUncounted } = methodsOf(registration?.methodsRegistered ?? NONE);
      const isExternal = user.kind === 'external';
      const isPhoneOnly =
        !rules.telephonyProvider &&
        registration?.isMfaCapable === true &&
        (active || used === 'yes') &&
        arePhonesOnly;
      const ofRow = registrationFacts(registration, isReportWhole);
      const rowRead = { registration, row: ofRow.row };
      return {
        ...ofRow,
        used,
        mfaSeen: used === 'no' ? 'no' : mfaFact(uses, rowRead, isSignInProof),
        active,
        ...stoppedFacts(uses, refusalWindow),
        isNew: isNewAccount(user, newSince, rules.now),
        isExternal,
        isUncounted,
        hasPhoneEnded: isPhoneOnly && phoneEndsOn(privilege, isExternal) <= today,
        isPhoneOnly,
      };
    },
  };
}

const NONE: readonly string[] = [];

/** Clocks may differ by this much; an account from later than that was not created yet, and its instant is wrong. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

function isNewAccount({ createdAt }: User, newSince: number, now: Date): boolean {
  const at = createdAt === undefined ? Number.NaN : Date.parse(createdAt);
  return at >= newSince && at <= now.getTime() + CLOCK_TOLERANCE_MS;
}

function registrationFacts(
  registration: Registration | undefined,
  isReportWhole: boolean,
): Pick<Facts, 'row' | 'registered' | 'capable'> {
  if (registration !== undefined) {
    return {
      row: 'yes',
      registered: registeredFact(registration),
      capable: toFact(registration.isMfaCapable),
    };
  }
  const absent: Fact = isReportWhole ? 'no' : 'unknown';
  return { row: absent, registered: absent, capable: absent };
}

/**
 * The report has been seen to say "not registered" beside a method that it lists. Whatever that means, nobody is told to
 * have no method then.
 */
function registeredFact({ isMfaRegistered, methodsRegistered }: Registration): Fact {
  const isContradicted =
    isMfaRegistered === false &&
    hasLastingFactor(methodsRegistered) &&
    !isUncountedOnly(methodsRegistered);
  return isContradicted ? 'yes' : toFact(isMfaRegistered);
}

function usedFact({ uses, isSignInProof, provesNoUse }: FactInput): Fact {
  if (uses.some(({ successes }) => successes > 0)) return 'yes';
  return isSignInProof || provesNoUse ? 'no' : 'unknown';
}

function toFact(value: boolean | undefined): Fact {
  if (value === undefined) return 'unknown';
  return value ? 'yes' : 'no';
}

/** How activity can be told in this tenant. */
type ActivityBasis = 'successes' | 'attempts' | 'not-known';

interface Activity {
  readonly basis: ActivityBasis;
  /** Everybody is active where nothing is known: nobody may drop out unseen. */
  isActive(user: User): boolean;
  /** True where the lack of activity proves that no application was used either. */
  provesNoUse(user: User): boolean;
}

/** Midnight UTC, this many days before today: where the window begins. */
export function windowStart(now: Date, days: number): number {
  return Math.floor(now.getTime() / DAY_MS) * DAY_MS - days * DAY_MS;
}

/**
 * Active means a successful sign-in within the days asked for. The last attempt stands in only where the tenant
 * gives the last success for nobody; it proves nothing about use, because non-interactive ones do not show there.
 */
function judgeActivity(users: readonly User[], isRead: boolean, now: Date, days: number): Activity {
  const since = dayOf(windowStart(now, days));
  // Instants are in UTC and in ISO form, so they compare with a day as texts.
  const isRecent = (instant: string | undefined, { isActivityUnreadable }: User) =>
    isActivityUnreadable === true || (instant !== undefined && instant >= since);
  if (isRead && users.some((user) => user.lastSuccessfulSignInAt !== undefined)) {
    const isActive = (user: User) => isRecent(user.lastSuccessfulSignInAt, user);
    return { basis: 'successes', isActive, provesNoUse: (user) => !isActive(user) };
  }
  if (isRead && users.some((user) => user.lastSignInAt !== undefined)) {
    const isActive = (user: User) => isRecent(user.lastSignInAt, user);
    return { basis: 'attempts', isActive, provesNoUse: () => false };
  }
  return { basis: 'not-known', isActive: () => true, provesNoUse: () => false };
}

/** Everything that was read, as the rules take it. */
export interface Observations {
  readonly users: readonly User[];
  readonly people: PeopleIndex;
  /** By object id, lower case; so are the roles. */
  readonly registrations: ReadonlyMap<string, Registration>;
  readonly rolesByPerson: ReadonlyMap<string, readonly Role[]>;
  /** Whether somebody without a role there is known to hold none. */
  readonly arePrivilegesWhole: boolean;
  /** Newest first; nobody is concluded from what is not in it. */
  readonly audits: readonly AuditEvent[];
  /** Of each emergency account that was found. */
  readonly emergencyActivity: readonly EmergencyActivity[];
  readonly namesBySku?: ReadonlyMap<string, string> | undefined;
  readonly organisation: Organisation;
  readonly use: SeenUse;
  readonly coverage: readonly SourceCoverage[];
  /** Whether somebody who was not seen signing in did not sign in. */
  readonly isSignInProof: boolean;
  /** The span of sign-ins really seen. */
  readonly seen?: Span | undefined;
  /** From here to now every sign-in of both kinds was read, and of the interactive ones; milliseconds since 1970. */
  readonly wholeSince?: number | undefined;
  readonly interactiveSince?: number | undefined;
}

/** What was seen of everybody's sign-ins; people by their number. */
export interface SeenUse {
  of(person: number): readonly Use[];
  patternOf(person: number): ToolPattern;
  readonly notInDirectory: { readonly people: number; readonly signIns: number };
  /** What all of them together did in the last days, by place in APPLICATIONS. */
  readonly recent: { of(application: number): RecentTotal };
  /** The UTC day from which everything that was seen says who asked for MFA; undefined: all of it. */
  readonly askersSince?: string | undefined;
}

/** The rules that an operator sets. */
export interface Rules {
  readonly now: Date;
  readonly daysToCheckLogs: number;
  readonly includeGuests: boolean;
  readonly excludedUsers: readonly string[];
  readonly breakGlassAccounts: readonly string[];
  readonly newAccountGraceDays: number;
  /** For so many days before today an unresolved refusal counts. */
  readonly stoppedDays: number;
  /** Whether the tenant sends SMS and voice itself, so that Microsoft's end of them stops nobody. */
  readonly telephonyProvider: boolean;
  /** Of Graph, which tells the cloud; undefined: the public one. */
  readonly graphEndpoint?: URL | undefined;
}

/** True where a source was read so far that what is not in it does not exist. */
export function isKnown({ coverage }: Pick<Observations, 'coverage'>, source: SourceName): boolean {
  const read = coverage.find((entry) => entry.source === source);
  return read?.state === 'complete' || read?.provesAbsence === true;
}
