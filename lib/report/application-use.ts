import type { Use } from '../ledger/use.ts';
import { APPLICATIONS } from '../sources/applications.ts';
import type { Observations } from './observations.ts';
import type { ApplicationUse, Person } from './report.ts';

const NOBODY = -1;
const NO_USES: readonly ApplicationUse[] = [];

/**
 * What all people of a report have in common, as the prototype of each: puts a person's use into words when somebody
 * asks. Most people of a large tenant are never shown, and what they did at each application would take more memory
 * than everything else that is known of them.
 */
export function shareUse({
  use,
  people,
}: Pick<Observations, 'use' | 'people'>): Pick<Person, 'applications'> & ThisType<Person> {
  return {
    get applications() {
      const uses = use.of(people.find((this as Person).user.id) ?? NOBODY);
      return uses.length === 0 ? NO_USES : uses.map(toApplicationUse).sort(latestFirst);
    },
  };
}

function toApplicationUse(use: Use): ApplicationUse {
  const application = APPLICATIONS[use.application];
  if (application === undefined)
    throw new RangeError('A use names an application that is not known.');
  const hasSucceeded = use.successes > 0;
  return {
    application,
    successes: use.successes,
    successesWithMfa: use.successesWithMfa,
    failuresThatAskedForMfa: use.failures,
    ...(hasSucceeded && {
      firstAt: new Date(use.firstAt).toISOString(),
      lastAt: new Date(use.lastAt).toISOString(),
    }),
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
