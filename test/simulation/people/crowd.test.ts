import { describe, expect, it } from '@jest/globals';
import {
  createCrowd,
  crowdId,
  crowdIndex,
  crowdNames,
  crowdPerson,
  expectedCrowdCounts,
} from '../../../lib/simulation/people/crowd.ts';
import { AN_INSTANT } from '../tenant-client.ts';

const CROWD = createCrowd(7, 5000, 100_000);

describe('the crowd', () => {
  it('is the same every time, and another for another seed', () => {
    const person = (seed: number) =>
      crowdPerson(createCrowd(seed, 5000, 100_000), 4321, AN_INSTANT.getTime());

    expect(person(7)).toEqual(person(7));
    expect(person(7).id).not.toBe(person(8).id);
  });

  it('is found again by id and by UPN', () => {
    const indices = Array.from({ length: CROWD.count }, (_, index) => index);

    const lost = indices.filter(
      (index) =>
        crowdIndex(CROWD, crowdId(CROWD, index)) !== index ||
        crowdIndex(CROWD, crowdNames(CROWD, index).userPrincipalName.toLowerCase()) !== index,
    );

    expect(lost).toEqual([]);
    expect(crowdIndex(CROWD, 'person.1@elsewhere.example')).toBeUndefined();
    expect(crowdIndex(CROWD, 'missing@contoso.example')).toBeUndefined();
  });

  it('has ids of its own for everybody', () => {
    const ids = Array.from({ length: CROWD.count }, (_, index) => crowdId(CROWD, index));

    expect(new Set(ids).size).toBe(CROWD.count);
  });

  it('counts everybody once', () => {
    const counts = expectedCrowdCounts(CROWD);

    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(CROWD.count);
    expect(Object.keys(counts).toSorted()).toEqual([
      'covered',
      'dormant',
      'external',
      'impact',
      'missing',
      'not-usable',
      'out-of-scope',
      'satisfied-elsewhere',
      'single-factor',
      'unknown',
    ]);
  });
});

describe('the mix of the crowd', () => {
  const counted = (mix: 'calm' | 'many') => expectedCrowdCounts(createCrowd(1, 1_080, 5_280, mix));

  it('has nobody on a calm day of whom anything is to be said', () => {
    expect(counted('calm')).toEqual({ covered: 1_080 });
  });

  it('has some 450 hits beside the handmade ones where there are many', () => {
    const { impact = 0, missing = 0, unknown = 0, ...others } = counted('many');

    const hits = impact + missing + unknown + (others['not-usable'] ?? 0);
    expect(hits).toBeGreaterThan(400);
    expect(hits).toBeLessThan(500);
  });
});
