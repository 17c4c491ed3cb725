import { createFactGatherer } from '../report/facts.ts';
import type { Resolution } from '../report/history.ts';
import { isKnown } from '../report/observations.ts';
import type { Observations, Rules } from '../report/observations.ts';
import type { Person, Report } from '../report/report.ts';
import { isHit, possibleStandings } from '../report/standings.ts';
import type { HitList, SeenFacts, Standing } from '../report/standings.ts';
import type { User } from '../sources/rows.ts';
import { synchronisationTest } from './synchronisation.ts';

/**
 * What a run proves of somebody: that they belong in a hit list, that they do not and why, or nothing, because it
 * hangs on a source that could not be read.
 */
export type Verdict =
  | { readonly kind: 'open'; readonly list: HitList }
  | { readonly kind: 'closed'; readonly how: Resolution }
  | { readonly kind: 'unseen' };

export interface VerdictOptions {
  readonly observations: Observations;
  readonly rules: Rules;
  /** By object id, lower case. */
  readonly findUser: (id: string) => User | undefined;
  /** Accounts that were out of scope by their role when roles were last read. */
  readonly synchronisation: ReadonlySet<string>;
  readonly changedSettings: readonly string[];
}

const UNSEEN: Verdict = { kind: 'unseen' };

/** Judges by what the run saw. Takes object ids in lower case, also of people who are not in the report. */
export function createVerdicts(
  report: Report,
  { observations, rules, findUser, synchronisation, changedSettings }: VerdictOptions,
): (id: string) => Verdict {
  let people: ReadonlyMap<string, Person> | undefined;
  const areRolesKnown = isKnown(observations, 'roles');
  const isSynchronisation = synchronisationTest(rules);
  const standingsOf = report.isPartial
    ? seenStandings(observations, rules)
    : ({ standing }: Person) => new Set([standing]);

  return (id) => {
    people ??= indexPeople(report.people);
    const person = people.get(id);
    if (person === undefined) return verdictOnAbsent(findUser(id));
    if (!person.user.accountEnabled) return closed('disabled');
    if (!areRolesKnown && synchronisation.has(id)) return UNSEEN;
    const possible = standingsOf(person);
    const [first] = possible;
    if (first !== undefined && possible.size === 1 && isHit(first))
      return { kind: 'open', list: first };
    return [...possible].some(isHit) ? UNSEEN : closed(whyNoHit(person));
  };

  function verdictOnAbsent(user: User | undefined): Verdict {
    if (user === undefined) return closed('left');
    if (!user.accountEnabled) return closed('disabled');
    // Without roles, an account is taken for a synchronisation account by its name alone.
    return !areRolesKnown && isSynchronisation(user) ? UNSEEN : closed('out-of-scope');
  }

  /**
   * The first that is so: what the person did to be safe, then that they are gone quiet. Somebody who goes quiet, or
   * counts as new, on the day on which the setting for it changed did nothing.
   */
  function whyNoHit({ registration, applications, standing }: Person): Resolution {
    if (registration?.isMfaCapable === true) return 'registered';
    if (applications.some(({ successesWithMfa }) => successesWithMfa > 0)) return 'mfa-seen';
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
  const known = new Map<string, ReadonlySet<Standing>>();

  return ({ user, registration }) => {
    const facts = gatherer.of(user, registration, use.of(people.find(user.id) ?? -1));
    return remember({
      ...facts,
      active: !isActivityKnown ? 'unknown' : facts.active ? 'yes' : 'no',
    });
  };

  /** A hundred thousand people have a few dozen different sets of facts. */
  function remember(facts: SeenFacts): ReadonlySet<Standing> {
    const key = Object.values(facts).join();
    const standings = known.get(key) ?? possibleStandings(facts);
    known.set(key, standings);
    return standings;
  }
}

function closed(how: Resolution): Verdict {
  return { kind: 'closed', how };
}
