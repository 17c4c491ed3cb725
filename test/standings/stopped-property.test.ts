import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applicationIndex, APPLICATIONS } from '../../lib/entra/applications.ts';
import { aggregateLedger } from '../../lib/ledger/read-window.ts';
import { PeopleIndex } from '../../lib/sources/people-index.ts';
import { windowStart } from '../../lib/standings/facts.ts';
import { judgePeople } from '../../lib/standings/judge-people.ts';
import { histories, live, PEOPLE } from '../ledger/histories.ts';
import { runsOf } from '../support/extent.ts';
import type { Event } from '../support/sign-in-log.ts';
import { aUser, NOT_REGISTERED, observations, rules } from '../support/observations.ts';

const STOPPED_DAYS = 14;

const isSuccess = ({ errorCode }: Event) => errorCode === 0;
const hasMfa = (event: Event) =>
  isSuccess(event) && event.requirement === 'multiFactorAuthentication';
const placeOf = ({ appId, resourceId }: Event) => applicationIndex(appId, resourceId);

/** The rule once more, over all sign-ins at once: the last refusal at an application, and nothing that resolves it. */
function isStopped(own: readonly Event[], from: number): boolean {
  return own
    .filter(({ errorCode, at }) => errorCode === 50076 && at >= from)
    .some((refusal) =>
      own.every((event) => {
        const isLater = event.at >= refusal.at;
        const resolves = hasMfa(event) || (isSuccess(event) && placeOf(event) === placeOf(refusal));
        return !(isLater && resolves);
      }),
    );
}

describe('somebody without a method', () => {
  it('is stopped where no later success resolves a refusal, however rows and runs came', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const { ledger, known, now } = await live(history);
        const people = new PeopleIndex();
        for (const id of PEOPLE) people.add(id);
        const window = { from: windowStart(new Date(now), 29), to: now };
        const { use } = await aggregateLedger(ledger, {
          people,
          isSelected: APPLICATIONS.map(() => true),
          window,
          known,
        });
        const seen = {
          ...observations({
            users: PEOPLE.map((id) => aUser({ id, userPrincipalName: `${id}@contoso.example` })),
            registrations: Object.fromEntries(PEOPLE.map((id) => [id, NOT_REGISTERED])),
          }),
          use,
          wholeSince: window.from,
        };

        const judged = judgePeople(seen, rules({ now: new Date(now), stoppedDays: STOPPED_DAYS }));

        const from = windowStart(new Date(now), STOPPED_DAYS);
        for (const person of judged) {
          const own = history.events.filter(
            ({ userId, at, arrivesAt }) =>
              userId === person.user.id && Math.max(at, arrivesAt) <= now && at >= window.from,
          );
          expect(person.standing === 'stopped').toBe(isStopped(own, from));
        }
      }),
      { numRuns: runsOf(60) },
    );
  }, 600_000);
});
