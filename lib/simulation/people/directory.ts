import { fixturePerson } from './fixture-life.ts';
import { fixtureId } from './fixture-user.ts';
import type { FixtureUser } from './fixture-user.ts';
import { generatedAdmins, generatedIndex, generatedPerson } from './generated-users.ts';
import type { GeneratedUsers } from './generated-users.ts';
import type { Person } from './person.ts';
import { CROWD_ROLE } from './roles.ts';
import type { RoleName } from './roles.ts';

/** Everybody in the tenant, by place: the fixture users first, then the generated users. */
export interface Directory {
  readonly placeCount: number;
  /** The person at a place, or undefined where nobody is (yet). */
  personAt(place: number, now: Date): Person | undefined;
  /** The person with an object id or UPN, whatever its case. */
  find(idOrName: string, now: Date): Person | undefined;
  /** People who hold the role themselves. */
  holdersOf(role: RoleName, now: Date): readonly Person[];
  /** The fixture users with these keys. */
  fixtureUsers(keys: readonly string[], now: Date): readonly Person[];
}

export function createDirectory(
  fixtures: readonly FixtureUser[],
  generated: GeneratedUsers,
  lastDay: Date,
): Directory {
  const inGenerated = (index: number, now: Date) =>
    generatedPerson(generated, index, now.getTime());
  let latest: { readonly atMs: number; readonly people: readonly Person[] } | undefined;

  /** Everybody of them is made for each who is looked for, and a run looks for many at one instant. */
  function inFixtures(now: Date): readonly Person[] {
    const atMs = now.getTime();
    if (latest?.atMs !== atMs) {
      const people = fixtures
        .map((member) => fixturePerson(member, lastDay, now))
        .filter((person) => person !== undefined);
      latest = { atMs, people };
    }
    return latest.people;
  }

  function fixtureUsers(keys: readonly string[], now: Date): readonly Person[] {
    const ids = new Set(keys.map(fixtureId));
    return inFixtures(now).filter(({ id }) => ids.has(id));
  }

  return {
    placeCount: fixtures.length + generated.count,
    fixtureUsers,
    personAt(place, now) {
      const member = fixtures[place];
      return member === undefined
        ? inGenerated(place - fixtures.length, now)
        : fixturePerson(member, lastDay, now);
    },
    find(idOrName, now) {
      const name = idOrName.toLowerCase();
      const index = generatedIndex(generated, name);
      return index === undefined
        ? inFixtures(now).find(
            ({ id, userPrincipalName }) => id === name || userPrincipalName?.toLowerCase() === name,
          )
        : inGenerated(index, now);
    },
    holdersOf(role, now) {
      const keys = fixtures.filter(({ roles }) => roles.includes(role)).map(({ key }) => key);
      const others = role === CROWD_ROLE ? generatedAdmins(generated) : [];
      return [...fixtureUsers(keys, now), ...others.map((index) => inGenerated(index, now))];
    },
  };
}
