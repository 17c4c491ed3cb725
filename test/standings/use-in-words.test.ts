import { describe, expect, it } from '@jest/globals';
import type { Use } from '../../lib/ledger/usage.ts';
import { areAskersKnown, judgePeople } from '../../lib/standings/judge-people.ts';
import type { Person } from '../../lib/standings/person.ts';
import { refusalsOf, whoAsked } from '../../lib/standings/use-in-words.ts';
import { aUser, aUseRow, observations, rules } from '../support/observations.ts';
import type { Seen } from '../support/observations.ts';

const CLI = 2;
const POWERSHELL = 3;
const at = (instant: number) => new Date(instant).toISOString();

function judged(seen: Seen): readonly Person[] {
  return judgePeople(observations(seen), rules());
}

function personWith(...uses: readonly Partial<Use>[]): Person {
  return judged({ uses: uses.map((use) => aUseRow(use)) })[0]!;
}

describe('what a person did', () => {
  it('is nothing where no sign-in was seen', () => {
    expect(judged({})[0]).toMatchObject({
      applications: [],
      successfulSignIns: 0,
      successfulSignInsWithMfa: 0,
      lastRefusalAskers: [],
    });
    expect(judged({})[0]?.lastMfaAt).toBeUndefined();
    expect(judged({})[0]?.lastRefusalAt).toBeUndefined();
  });

  it('is summed over all applications, with whatever evidence of MFA', () => {
    const person = personWith(
      { successes: 7, here: 1, elsewhere: 2, claim: 3, lastMfaAt: 20 },
      { application: CLI, successes: 4, here: 1, unsaid: 1, none: 2, lastMfaAt: 30 },
      { application: POWERSHELL, successes: 2, lastMfaAt: 0 },
    );

    expect(person.successfulSignIns).toBe(13);
    expect(person.successfulSignInsWithMfa).toBe(7);
    expect(person.lastMfaAt).toBe(at(30));
    expect(person.applications.map((use) => [use.successes, use.successesWithMfa])).toEqual([
      [7, 6],
      [4, 1],
      [2, 0],
    ]);
    expect(person.applications.map((use) => use.successesWithOneFactor)).toEqual([1, 2, 2]);
  });

  it('is that of the person alone, whoever is asked for first', () => {
    const [first, second] = judged({
      users: [aUser({ id: 'a' }), aUser({ id: 'b' })],
      uses: [aUseRow({ id: 'a', successes: 3 }), aUseRow({ id: 'b', successes: 8 })],
    });

    expect(second?.successfulSignIns).toBe(8);
    expect(first?.successfulSignIns).toBe(3);
    expect(second?.applications[0]?.successes).toBe(8);
  });

  it('names no first or last success where every sign-in failed, and puts it last', () => {
    const person = personWith(
      { application: POWERSHELL, successes: 0, refusals: [1, 1, 1, 1, 1] },
      { successes: 1, firstAt: 10, lastAt: 10 },
      { application: CLI, successes: 2, firstAt: 5, lastAt: 40 },
    );

    expect(person.applications.map(({ firstAt, lastAt }) => [firstAt, lastAt])).toEqual([
      [at(5), at(40)],
      [at(10), at(10)],
      [undefined, undefined],
    ]);
    expect(person.applications[2]?.failuresThatAskedForMfa).toBe(5);
  });

  it('holds applications that were used at one instant in the order of the list', () => {
    const person = personWith({ lastAt: 10 }, { application: CLI, lastAt: 10 });

    expect(person.applications.map(({ application }) => application.name)).toEqual([
      'Azure portal, Entra and Intune admin centres',
      'Azure CLI',
    ]);
  });
});

describe('the last refusal', () => {
  it('is the latest of all applications, with those who asked there', () => {
    const person = personWith(
      { successes: 0, lastRefusalAt: 50, lastRefusalAskers: 1 },
      { application: CLI, successes: 0, lastRefusalAt: 70, lastRefusalAskers: 2 },
      { application: POWERSHELL, successes: 0, lastRefusalAt: 60, lastRefusalAskers: 1 },
    );

    expect(person.lastRefusalAt).toBe(at(70));
    expect(person.lastRefusalAskers).toEqual(['policy']);
  });

  it('counts every stage', () => {
    expect(refusalsOf(aUseRow({ refusals: [1, 20, 300, 4000, 50_000] }))).toBe(54_321);
  });
});

describe('who asked for MFA where it was done', () => {
  it.each<[number, number, Person['mfaAskedBy']]>([
    [0, 0, undefined],
    [1, 0, 'application'],
    [0, 1, 'tenant'],
    [1, 1, 'both'],
  ])('%i by the application, %i by the tenant: %s', (mfaByApplication, mfaByTenant, asker) => {
    const use = { here: 2, mfaByApplication, mfaByTenant, mfaByUnsaid: 0 };

    expect(whoAsked([aUseRow(use)])).toBe(asker);
    expect(personWith(use).mfaAskedBy).toBe(asker);
  });

  it.each<[string, Partial<Seen>, boolean]>([
    ['where everything says who asked', {}, true],
    ['from the first day of the window on', { askersSince: '2026-08-23T00:00:00Z' }, true],
    ['from the second day on', { askersSince: '2026-08-24T00:00:00Z' }, false],
    ['without one kind', { missing: { interactiveSignIns: 'not-available' } }, false],
    ['without the other', { missing: { nonInteractiveSignIns: 'partial' } }, false],
  ])('%s is known: %#', (_, seen, isKnown) => {
    const [person] = judged({ uses: [aUseRow({ here: 1, mfaByTenant: 1 })], ...seen });

    expect(person?.mfaAskedBy).toBe(isKnown ? 'tenant' : undefined);
  });

  it('is not known where the newest sign-ins of a kind lean on an older ledger', () => {
    for (const kind of ['interactiveSignIns', 'nonInteractiveSignIns'] as const) {
      const seen = { ...observations({ missing: { [kind]: 'partial' } }), isSignInProof: true };

      expect(areAskersKnown(seen, rules())).toBe(false);
    }
  });
});
