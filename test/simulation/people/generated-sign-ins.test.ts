import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generatedSignIns } from '../../../lib/simulation/people/generated-sign-ins.ts';
import { generateUsers } from '../../../lib/simulation/people/generated-users.ts';
import { OUTLOOK, RESOURCE_MANAGER, TEAMS } from '../../../lib/simulation/people/sign-in.ts';
import type { SignIn } from '../../../lib/simulation/people/sign-in.ts';
import { AN_INSTANT } from '../tenant-client.ts';

const DAY_MS = 86_400_000;
const TO_MS = AN_INSTANT.getTime();
const FROM_MS = TO_MS - 5 * DAY_MS;
const signIns = generatedSignIns(generateUsers(3, 1000, 20_000), 'nonInteractive', 1000);
const everything = [...signIns(FROM_MS, TO_MS)];

const facts = ({ id, atMs, application, resource, outcome, person }: SignIn) => ({
  id,
  atMs,
  application,
  resource,
  outcome,
  person,
});

describe("the generated users' sign-ins", () => {
  it('come newest first, about as many as were asked for', () => {
    const times = everything.map(({ atMs }) => atMs);

    expect(times).toEqual(times.toSorted((one, other) => other - one));
    expect(Math.abs(everything.length - 5000)).toBeLessThanOrEqual(1);
    expect(new Set(everything.map(({ id }) => id)).size).toBe(everything.length);
  });

  it('are in any range what one reading of everything has there', () => {
    const instant = fc.integer({ min: FROM_MS, max: TO_MS });
    fc.assert(
      fc.property(instant, instant, (one, other) => {
        const [fromMs, toMs] = one < other ? [one, other] : [other, one];

        const range = [...signIns(fromMs, toMs)].map(facts);

        expect(range).toEqual(
          everything.filter(({ atMs }) => fromMs <= atMs && atMs <= toMs).map(facts),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('concern enforced applications in 66 of 100 cases, Resource Manager in 26', () => {
    const others = everything.filter(({ application }) => [TEAMS, OUTLOOK].includes(application));
    const onResourceManager = everything.filter(({ resource }) => resource === RESOURCE_MANAGER);

    expect(others.length / everything.length).toBeCloseTo(0.34, 1);
    expect(onResourceManager.length / everything.length).toBeCloseTo(0.26, 1);
  });

  it('are none where there are too few for anybody to come round', () => {
    const lonely = generatedSignIns(generateUsers(3, 1000, 0), 'interactive', 0);

    expect([...lonely(FROM_MS, TO_MS)]).toEqual([]);
  });
});
