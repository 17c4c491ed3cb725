import { describe, expect, it } from '@jest/globals';
import {
  generateUsers,
  generatedId,
  generatedIndex,
  generatedNames,
  generatedPerson,
  expectedGeneratedCounts,
} from '../../../lib/simulation/people/generated-users.ts';
import { AN_INSTANT } from '../tenant-client.ts';

const GENERATED_USERS = generateUsers(7, 5000, 100_000);

describe('the generated users', () => {
  it('is the same every time, and another for another seed', () => {
    const person = (seed: number) =>
      generatedPerson(generateUsers(seed, 5000, 100_000), 4321, AN_INSTANT.getTime());

    expect(person(7)).toEqual(person(7));
    expect(person(7).id).not.toBe(person(8).id);
  });

  it('is found again by id and by UPN', () => {
    const indices = Array.from({ length: GENERATED_USERS.count }, (_, index) => index);

    const lost = indices.filter(
      (index) =>
        generatedIndex(GENERATED_USERS, generatedId(GENERATED_USERS, index)) !== index ||
        generatedIndex(
          GENERATED_USERS,
          generatedNames(GENERATED_USERS, index).userPrincipalName.toLowerCase(),
        ) !== index,
    );

    expect(lost).toEqual([]);
    expect(generatedIndex(GENERATED_USERS, 'person.1@elsewhere.example')).toBeUndefined();
    expect(generatedIndex(GENERATED_USERS, 'missing@contoso.example')).toBeUndefined();
  });

  it('has ids of its own for everybody', () => {
    const ids = Array.from({ length: GENERATED_USERS.count }, (_, index) =>
      generatedId(GENERATED_USERS, index),
    );

    expect(new Set(ids).size).toBe(GENERATED_USERS.count);
  });

  it('counts everybody once', () => {
    const counts = expectedGeneratedCounts(GENERATED_USERS);

    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(
      GENERATED_USERS.count,
    );
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

describe('the mix of the generated users', () => {
  const counted = (mix: 'calm' | 'many') =>
    expectedGeneratedCounts(generateUsers(1, 1_080, 5_280, mix));

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
