import { castPerson } from './cast-life.ts';
import { castId } from './cast-member.ts';
import type { CastMember } from './cast-member.ts';
import { crowdAdmins, crowdIndex, crowdPerson } from './crowd.ts';
import type { Crowd } from './crowd.ts';
import type { Person } from './person.ts';
import { CROWD_ROLE } from './roles.ts';
import type { RoleName } from './roles.ts';

/** Everybody in the tenant, by place: the cast first, then the crowd. */
export interface Directory {
  readonly placeCount: number;
  /** The person at a place, or undefined where nobody is (yet). */
  personAt(place: number, now: Date): Person | undefined;
  /** The person with an object id or UPN, whatever its case. */
  find(idOrName: string, now: Date): Person | undefined;
  /** People who hold the role themselves. */
  holdersOf(role: RoleName, now: Date): readonly Person[];
  /** The cast members with these keys. */
  castMembers(keys: readonly string[], now: Date): readonly Person[];
}

export function createDirectory(
  cast: readonly CastMember[],
  crowd: Crowd,
  lastDay: Date,
): Directory {
  const inCrowd = (index: number, now: Date) => crowdPerson(crowd, index, now.getTime());
  const inCast = (now: Date) =>
    cast.map((member) => castPerson(member, lastDay, now)).filter((person) => person !== undefined);

  function castMembers(keys: readonly string[], now: Date): readonly Person[] {
    const ids = new Set(keys.map(castId));
    return inCast(now).filter(({ id }) => ids.has(id));
  }

  return {
    placeCount: cast.length + crowd.count,
    castMembers,
    personAt(place, now) {
      const member = cast[place];
      return member === undefined
        ? inCrowd(place - cast.length, now)
        : castPerson(member, lastDay, now);
    },
    find(idOrName, now) {
      const name = idOrName.toLowerCase();
      const index = crowdIndex(crowd, name);
      return index === undefined
        ? inCast(now).find(
            ({ id, userPrincipalName }) => id === name || userPrincipalName?.toLowerCase() === name,
          )
        : inCrowd(index, now);
    },
    holdersOf(role, now) {
      const keys = cast.filter(({ roles }) => roles.includes(role)).map(({ key }) => key);
      const others = role === CROWD_ROLE ? crowdAdmins(crowd) : [];
      return [...castMembers(keys, now), ...others.map((index) => inCrowd(index, now))];
    },
  };
}
