import { APPLICATIONS } from '../entra/applications.ts';
import { askersOf } from '../entra/askers.ts';
import type { Use } from '../ledger/usage.ts';
import type { Observations } from './facts.ts';
import type { ApplicationUse, Person } from './person.ts';

/** What of a person is told when somebody asks. */
type ToldUse = Pick<
  Person,
  | 'applications'
  | 'lastMfaAt'
  | 'successfulSignIns'
  | 'successfulSignInsWithMfa'
  | 'lastRefusalAt'
  | 'lastRefusalAskers'
  | 'mfaAskedBy'
>;

type Told = readonly ApplicationUse[];

const NOBODY = -1;
const NO_USES: readonly ApplicationUse[] = [];

/**
 * What all people of a report have in common, as the prototype of each: puts a person's use into words when somebody
 * asks. Most people of a large tenant are never shown, and what they did at each application would take more memory
 * than everything else that is known of them.
 */
export function shareUse(
  { use, people }: Pick<Observations, 'use' | 'people'>,
  areAskersKnown: boolean,
): ToldUse & ThisType<Person> {
  let last: { readonly id: string; readonly uses: readonly Use[]; told?: Told } | undefined;
  // A row of a file asks several times for the same person.
  const usesOf = ({ user: { id } }: Person): readonly Use[] => {
    if (last?.id !== id) last = { id, uses: use.of(people.find(id) ?? NOBODY) };
    return last.uses;
  };
  return {
    get applications() {
      const uses = usesOf(this as Person);
      if (uses.length === 0) return NO_USES;
      return (last!.told ??= uses.map(toApplicationUse).sort(latestFirst));
    },
    get lastMfaAt() {
      return instantOf(Math.max(0, ...usesOf(this as Person).map(({ lastMfaAt }) => lastMfaAt)));
    },
    get successfulSignIns() {
      return sum(usesOf(this as Person), ({ successes }) => successes);
    },
    get successfulSignInsWithMfa() {
      return sum(usesOf(this as Person), withMfa);
    },
    get lastRefusalAt() {
      return instantOf(lastRefusal(usesOf(this as Person))?.lastRefusalAt ?? 0);
    },
    get lastRefusalAskers() {
      return askersOf(lastRefusal(usesOf(this as Person))?.lastRefusalAskers ?? 0);
    },
    get mfaAskedBy() {
      return areAskersKnown ? whoAsked(usesOf(this as Person)) : undefined;
    },
  };
}

/** Who asked for MFA where it was done, as far as it is said. */
export function whoAsked(uses: readonly Use[]): Person['mfaAskedBy'] {
  const byApplication = uses.some(({ mfaByApplication }) => mfaByApplication > 0);
  const byTenant = uses.some(({ mfaByTenant }) => mfaByTenant > 0);
  if (byApplication) return byTenant ? 'both' : 'application';
  return byTenant ? 'tenant' : undefined;
}

/** Successes with MFA, whatever has become of the method since. */
export function withMfa({ here, elsewhere, claim }: Use): number {
  return here + elsewhere + claim;
}

export function refusalsOf({ refusals }: Use): number {
  return refusals.reduce((all, count) => all + count, 0);
}

function lastRefusal(uses: readonly Use[]): Use | undefined {
  return uses.reduce<Use | undefined>(
    (last, use) => (use.lastRefusalAt > (last?.lastRefusalAt ?? 0) ? use : last),
    undefined,
  );
}

function toApplicationUse(use: Use): ApplicationUse {
  const application = APPLICATIONS[use.application];
  if (application === undefined)
    throw new RangeError('A use names an application that is not known.');
  const hasSucceeded = use.successes > 0;
  return {
    application,
    successes: use.successes,
    successesWithMfa: withMfa(use),
    successesWithOneFactor: use.none,
    failuresThatAskedForMfa: refusalsOf(use),
    firstAt: hasSucceeded ? new Date(use.firstAt).toISOString() : undefined,
    lastAt: hasSucceeded ? new Date(use.lastAt).toISOString() : undefined,
    isInteractive: use.isInteractive,
    isNonInteractive: use.isNonInteractive,
  };
}

/** Applications without a success come last. */
function latestFirst(
  { lastAt: a = '' }: ApplicationUse,
  { lastAt: b = '' }: ApplicationUse,
): number {
  if (a === b) return 0;
  return a < b ? 1 : -1;
}

function sum(uses: readonly Use[], count: (use: Use) => number): number {
  return uses.reduce((all, use) => all + count(use), 0);
}

function instantOf(at: number): string | undefined {
  return at === 0 ? undefined : new Date(at).toISOString();
}
