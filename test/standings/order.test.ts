import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { byUrgency } from '../../lib/standings/order.ts';
import type { Person } from '../../lib/standings/person.ts';
import { PRIVILEGE_ORDER } from '../../lib/standings/privilege.ts';
import { aPerson } from '../support/a-report.ts';

const anyPerson: fc.Arbitrary<Person> = fc
  .record({
    isEmergency: fc.boolean(),
    privilege: fc.constantFrom(...PRIVILEGE_ORDER),
    lastUse: fc.option(fc.integer({ min: 1, max: 5 })),
    upn: fc.option(fc.constantFrom('a@x.example', 'b@x.example')),
  })
  .map(({ isEmergency, privilege, lastUse, upn }) =>
    aPerson({
      isEmergency,
      privilege,
      ...(lastUse !== null && { lastUseAt: `2026-11-0${lastUse}T00:00:00.000Z` }),
      user: (upn === null ? {} : { userPrincipalName: upn }) as Person['user'],
    }),
  );

describe('byUrgency', () => {
  it('puts emergency accounts first, then privilege, then latest use, then names', () => {
    const people = [
      aPerson({ privilege: 'none', lastUseAt: '2026-11-20T00:00:00.000Z' }),
      aPerson({ privilege: 'none', lastUseAt: '2026-11-21T00:00:00.000Z' }),
      aPerson({ privilege: 'unknown' }),
      aPerson({ privilege: 'role-of-unknown-kind' }),
      aPerson({ privilege: 'role' }),
      aPerson({ privilege: 'privileged-role' }),
      aPerson({ privilege: 'global-administrator' }),
      aPerson({ privilege: 'none', isEmergency: true }),
    ];

    const ordered = people.toSorted(byUrgency).map((person) => people.indexOf(person));

    expect(ordered).toEqual([7, 6, 5, 4, 3, 2, 1, 0]);
  });

  it('takes the last success where no enforced application was used', () => {
    const older = aPerson({ user: { lastSuccessfulSignInAt: '2026-11-01T00:00:00Z' } });
    const newer = aPerson({ user: { lastSuccessfulSignInAt: '2026-11-02T00:00:00Z' } });
    const never = aPerson();

    expect([never, older, newer].toSorted(byUrgency)).toEqual([newer, older, never]);
  });

  it('puts last who has registered since, even an emergency account', () => {
    const people = [
      aPerson({ isEmergency: true, registeredSince: '2026-11-20T00:00:00.000Z' }),
      aPerson({ privilege: 'none' }),
    ];

    expect(people.toSorted(byUrgency)).toEqual(people.toReversed());
  });

  it('takes the last refusal of somebody who was stopped before any use', () => {
    const stoppedAt = (lastAt: string, lastUseAt: string) =>
      aPerson({ stopped: { lastAt } as NonNullable<Person['stopped']>, lastUseAt });
    const earlier = stoppedAt('2026-11-01T00:00:00.000Z', '2026-11-20T00:00:00.000Z');
    const later = stoppedAt('2026-11-02T00:00:00.000Z', '2026-10-20T00:00:00.000Z');

    expect([earlier, later].toSorted(byUrgency)).toEqual([later, earlier]);
  });

  it('takes the use of an enforced application before any other success', () => {
    const use = (lastUseAt: string, lastSuccessfulSignInAt: string) =>
      aPerson({ lastUseAt, user: { lastSuccessfulSignInAt } });
    const earlier = use('2026-11-01T00:00:00.000Z', '2026-11-20T00:00:00.000Z');
    const later = use('2026-11-02T00:00:00.000Z', '2026-10-20T00:00:00.000Z');

    expect([earlier, later].toSorted(byUrgency)).toEqual([later, earlier]);
  });

  it('goes by name where all else is equal, and by id where there is none', () => {
    const named = (id: string, userPrincipalName?: string) =>
      aPerson({ user: { id, userPrincipalName } });
    const people = [named('1', 'c@x.example'), named('b'), named('3', 'a@x.example')];

    const ordered = people.toSorted(byUrgency).map(({ user }) => user.userPrincipalName ?? user.id);

    expect(ordered).toEqual(['a@x.example', 'b', 'c@x.example']);
  });

  it('is an order: the same list from whatever order one begins', () => {
    fc.assert(
      fc.property(fc.array(anyPerson, { maxLength: 12 }), (people) => {
        const keysOf = (list: readonly Person[]) =>
          list.map((person) => [person.isEmergency, person.privilege, person.lastUseAt]);

        expect(keysOf(people.toReversed().toSorted(byUrgency))).toEqual(
          keysOf(people.toSorted(byUrgency)),
        );
      }),
    );
  });
});
