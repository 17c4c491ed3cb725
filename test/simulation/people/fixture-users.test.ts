import { describe, expect, it } from '@jest/globals';
import {
  FIXTURE_USERS,
  fixturesOf,
  EMERGENCY_ACCOUNTS,
  SENDER,
} from '../../../lib/simulation/people/fixture-users.ts';

describe('the fixture users', () => {
  it('has every standing, each key and each UPN once', () => {
    const keys = FIXTURE_USERS.map(({ key }) => key);
    const names = FIXTURE_USERS.map(({ userPrincipalName }) => userPrincipalName?.toLowerCase());

    expect([...new Set(FIXTURE_USERS.map(({ expected }) => expected.standing))].toSorted()).toEqual(
      [
        'covered',
        'dormant',
        'external',
        'impact',
        'missing',
        'new',
        'not-usable',
        'out-of-scope',
        'satisfied-elsewhere',
        'single-factor',
        'stopped',
        'unknown',
      ],
    );
    expect(new Set(keys).size).toBe(FIXTURE_USERS.length);
    expect(new Set(names).size).toBe(FIXTURE_USERS.length);
  });

  it('lives on reserved domains only', () => {
    const domains = FIXTURE_USERS.flatMap(({ userPrincipalName, signInName }) => [
      userPrincipalName ?? 'nobody@contoso.example',
      signInName || 'nobody@contoso.example',
    ]).map((name) => name.split('@').at(-1)?.toLowerCase());

    expect(domains.filter((domain) => !domain?.endsWith('.example'))).toEqual([]);
  });

  it('has three emergency accounts and a mailbox to send from', () => {
    const sender = FIXTURE_USERS.find(({ userPrincipalName }) => userPrincipalName === SENDER);

    expect(EMERGENCY_ACCOUNTS).toHaveLength(3);
    expect(sender).toMatchObject({ hasMailbox: true, enabled: false });
  });
});

describe('fixturesOf', () => {
  it('leaves every hostile name out of the plausible people, in names and addresses', () => {
    const odd = fixturesOf('plausible').filter(
      ({ key, displayName, userPrincipalName }) =>
        !/^[\p{L}\d ().-]+$/u.test(displayName) ||
        (userPrincipalName === `${key}@contoso.example` && userPrincipalName !== SENDER),
    );

    expect(odd).toEqual([]);
    expect(FIXTURE_USERS.length).toBeGreaterThan(fixturesOf('plausible').length);
  });

  it('has nobody on a calm day of whom anything is to be said', () => {
    const calm = fixturesOf('calm');

    expect([...new Set(calm.map(({ expected }) => expected.standing))].toSorted()).toEqual([
      'covered',
      'out-of-scope',
    ]);
    expect(calm.filter(({ emergency }) => emergency)).toHaveLength(1);
  });

  it('puts employees into departments, and no guest, agent or emergency account', () => {
    const within = fixturesOf('plausible').filter(({ department }) => department !== undefined);

    expect(new Set(within.map(({ department }) => department)).size).toBeGreaterThan(4);
    expect(within.filter(({ guest, isAgent, emergency }) => guest || isAgent || emergency)).toEqual(
      [],
    );
  });
});
