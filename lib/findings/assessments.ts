import { missingSources } from '../sources/coverage.ts';
import { isGuestOrExternal } from '../sources/rows.ts';
import type { User } from '../sources/rows.ts';
import { createFactGatherer, isKnown } from '../standings/facts.ts';
import type { Observations, Rules } from '../standings/facts.ts';
import { matcher } from '../standings/scope.ts';
import type { Person } from '../standings/person.ts';
import { factsKey, isHit, possibleStandings } from '../standings/standings.ts';
import type { HitList, SeenFacts, Standing } from '../standings/standings.ts';
import type { Resolution } from './findings.ts';

/**
 * What a run proves of somebody: that they belong in a hit list, that they do not and why, or nothing, because it
 * hangs on a source that could not be read.
 */
export type Assessment =
  | { readonly kind: 'open'; readonly list: HitList }
  | {
      readonly kind: 'closed';
      readonly how: Resolution;
      /** Last sign-in with MFA, ISO. */
      readonly lastMfaAt?: string | undefined;
    }
  | { readonly kind: 'unseen' };

interface AssessmentOptions {
  readonly observations: Observations;
  readonly rules: Rules;
  /** By object id, lower case. */
  readonly findUser: (id: string) => User | undefined;
  /** Accounts that were out of scope by their role when roles were last read. */
  readonly synchronisation: ReadonlySet<string>;
  readonly changedSettings: readonly string[];
}

const UNSEEN: Assessment = { kind: 'unseen' };

/** Judges by what the run saw. Takes object ids in lower case, also of people who are not among those judged. */
export function createAssessments(
  judged: readonly Person[],
  { observations, rules, findUser, synchronisation, changedSettings }: AssessmentOptions,
): (id: string) => Assessment {
  let people: ReadonlyMap<string, Person> | undefined;
  const areRolesKnown = observations.arePrivilegesWhole;
  const areUsersWhole = isKnown(observations, 'users');
  const isSynchronisation = synchronisationTest(rules);
  const standingsOf =
    missingSources(observations.coverage).length > 0
      ? seenStandings(observations, rules)
      : ({ standing }: Person) => new Set([standing]);

  return (id) => {
    people ??= indexPeople(judged);
    const person = people.get(id);
    if (person === undefined) return assessAbsent(findUser(id));
    if (!person.user.accountEnabled) return closed('disabled');
    if (!areRolesKnown && synchronisation.has(id)) return UNSEEN;
    const possible = standingsOf(person);
    const [first] = possible;
    if (first !== undefined && possible.size === 1 && isHit(first))
      return { kind: 'open', list: first };
    return [...possible].some(isHit) ? UNSEEN : closed(resolutionOf(person), person.lastMfaAt);
  };

  function assessAbsent(user: User | undefined): Assessment {
    // A row of /users without an id that can be read may be theirs.
    if (user === undefined) return areUsersWhole ? closed('left') : UNSEEN;
    if (!user.accountEnabled) return closed('disabled');
    // Without roles, an account is taken for a synchronisation account by its name alone.
    return !areRolesKnown && isSynchronisation(user) ? UNSEEN : closed('out-of-scope');
  }

  /**
   * The first that is so: what the person did to be safe, then that they are gone quiet. Somebody who goes quiet, or
   * counts as new, on the day on which the setting for it changed did nothing.
   */
  function resolutionOf({ registration, standing }: Person): Resolution {
    if (registration?.isMfaCapable === true) return 'registered';
    if (standing === 'satisfied-elsewhere') return 'mfa-seen';
    if (standing === 'external') return 'unused';
    const isQuiet = standing === 'dormant' && !changedSettings.includes('DAYS_TO_CHECK_LOGS');
    return isQuiet ? 'inactive' : 'out-of-scope';
  }
}

/** By object id, lower case. A first report asks about nobody, and a hundred thousand people are a large index. */
function indexPeople(people: readonly Person[]): ReadonlyMap<string, Person> {
  const index = new Map<string, Person>();
  for (const person of people) index.set(person.user.id.toLowerCase(), person);
  return index;
}

/** Judges anew, with every fact unknown that a missing source would have told. */
function seenStandings(
  observations: Observations,
  rules: Rules,
): (person: Person) => ReadonlySet<Standing> {
  const { people, use } = observations;
  // Standings may lean on an older ledger where the newest days are missing; a change may not.
  const isSignInProof =
    isKnown(observations, 'interactiveSignIns') && isKnown(observations, 'nonInteractiveSignIns');
  const gatherer = createFactGatherer(observations, rules, isSignInProof);
  const isActivityKnown = gatherer.activity.basis !== 'not-known';
  const known = new Map<number, ReadonlySet<Standing>>();

  return ({ user, registration, privilege }) => {
    const uses = use.of(people.find(user.id) ?? -1);
    const facts = gatherer.of({ user, registration, uses, privilege });
    return standingsFor({
      ...facts,
      active: !isActivityKnown ? 'unknown' : facts.active ? 'yes' : 'no',
    });
  };

  /** A hundred thousand people have a few dozen different sets of facts. */
  function standingsFor(facts: SeenFacts): ReadonlySet<Standing> {
    const key = factsKey(facts);
    const standings = known.get(key) ?? possibleStandings(facts);
    known.set(key, standings);
    return standings;
  }
}

function closed(how: Resolution, lastMfaAt?: string): Assessment {
  return { kind: 'closed', how, lastMfaAt };
}

interface CapabilityInput {
  readonly before: ReadonlySet<string>;
  readonly people: readonly Person[];
  readonly findUser: (id: string) => User | undefined;
  readonly isExcepted: (id: string) => boolean;
  readonly assessmentOf: (id: string) => Assessment;
}

/**
 * Who could do MFA when last judged, by object id in lower case. A row says it; where there is none, where the run
 * could not judge the person, or while an exception hides a loss from the lists, it stays as it was.
 */
export function updateCapability({
  before,
  people,
  findUser,
  isExcepted,
  assessmentOf,
}: CapabilityInput): ReadonlySet<string> {
  const mayBeThere = (id: string) =>
    findUser(id) !== undefined || assessmentOf(id).kind === 'unseen';
  const capable = new Set([...before].filter(mayBeThere));
  for (const { user, registration } of people) {
    const id = user.id.toLowerCase();
    if (isExcepted(id)) continue;
    if (registration?.isMfaCapable === true) capable.add(id);
    if (registration?.isMfaCapable !== false || !capable.has(id)) continue;
    if (assessmentOf(id).kind !== 'unseen') capable.delete(id);
  }
  return capable;
}

/**
 * Tells whether a user outside the report is out of scope by role: an enabled account that no setting excludes is a
 * synchronisation account.
 */
function synchronisationTest({
  excludedUsers,
  includeGuests,
}: Pick<Rules, 'excludedUsers' | 'includeGuests'>): (user: User) => boolean {
  const isExcluded = matcher(excludedUsers);
  return (user) =>
    user.accountEnabled &&
    user.kind !== 'agent' &&
    user.kind !== 'technical' &&
    !isExcluded(user) &&
    (includeGuests || !isGuestOrExternal(user));
}

/** The synchronisation accounts, lower case; where roles could not be read, those of the last time. */
export function listSynchronisation(
  people: readonly Person[],
  observations: Observations,
  rules: Rules,
  before: readonly string[] = [],
): readonly string[] {
  if (!observations.arePrivilegesWhole) return before;
  const inScope = new Set(people.map(({ user }) => user.id));
  const isSynchronisation = synchronisationTest(rules);
  return observations.users
    .filter((user) => !inScope.has(user.id) && isSynchronisation(user))
    .map(({ id }) => id.toLowerCase());
}
