import { describe, expect, it } from '@jest/globals';
import { readSignInFilter } from '../../../lib/simulation/graph/odata-filter.ts';
import { OUTCOMES } from '../../../lib/simulation/people/outcomes.ts';
import { AZURE_CLI, PORTAL, RESOURCE_MANAGER } from '../../../lib/simulation/people/sign-in.ts';
import type { SignIn } from '../../../lib/simulation/people/sign-in.ts';

const AT_MS = Date.UTC(2026, 10, 20, 12);

function aSignIn(facts: Partial<SignIn> = {}): SignIn {
  return {
    id: 's-1',
    atMs: AT_MS,
    kind: 'interactive',
    application: PORTAL,
    resource: PORTAL.resource,
    outcome: OUTCOMES.password,
    person: {
      id: 'p-1',
      displayName: 'Pia',
      signInName: 'pia@contoso.example',
      guest: false,
      isExternal: false,
    },
    ...facts,
  };
}

const matches = (filter: string, facts?: Partial<SignIn>) =>
  readSignInFilter(filter, 'beta').matches(aSignIn(facts));

describe('readSignInFilter', () => {
  it.each([
    [`appId eq '${PORTAL.id}'`, true],
    [`appId eq '${AZURE_CLI.id}'`, false],
    [`userId eq 'p-1'`, true],
    [`userId eq 'p''1'`, false],
    ['status/errorCode eq 0', true],
    ['status/errorCode eq 50126', false],
    [`resourceId eq '${RESOURCE_MANAGER.id}'`, false],
    [`appId eq 'x' or userId eq 'p-1'`, true],
    [`appId eq 'x' and userId eq 'p-1' or userId eq 'p-1'`, true],
    [`appId eq 'x' and (userId eq 'p-1' or userId eq 'p-1')`, false],
    ['createdDateTime ge 2026-11-20T12:00:00Z', true],
    ['createdDateTime le 2026-11-20T12:00:00Z', true],
    ['createdDateTime ge 2026-11-20T12:00:01Z', false],
    ["signInEventTypes/any(t: t eq 'interactiveUser')", true],
    ["signInEventTypes/any(t:t eq 'nonInteractiveUser')", false],
  ])('answers %s with %s', (filter, expected) => {
    expect(matches(filter)).toBe(expected);
  });

  it.each([
    'createdDateTime gt 2026-11-20T12:00:00Z',
    'createdDateTime lt 2026-11-20T12:00:00Z',
    'createdDateTime ge yesterday',
    'isInteractive eq true',
    `appId ne 'x'`,
    'appId eq x',
    `status/errorCode eq '0'`,
    `appId eq 'x' and`,
    `(appId eq 'x'`,
    `appId eq 'x') or (appId eq 'y'`,
    "signInEventTypes/any(t: u eq 'interactiveUser')",
    "signInEventTypes/any(t: t eq 'constructor')",
    'appId = 1',
    '',
  ])('refuses %s', (filter) => {
    expect(() => readSignInFilter(filter, 'beta')).toThrow('Invalid filter clause');
  });

  it('refuses event types in v1.0, which has none', () => {
    expect(() =>
      readSignInFilter("signInEventTypes/any(t: t eq 'interactiveUser')", 'v1.0'),
    ).toThrow('Invalid filter clause');
  });

  it('sees the time range and the kind through brackets', () => {
    const filter = readSignInFilter(
      "(createdDateTime ge 2026-11-01T00:00:00Z and createdDateTime le 2026-11-02T00:00:00Z) and signInEventTypes/any(t: t eq 'nonInteractiveUser')",
      'beta',
    );

    expect(filter.fromMs).toBe(Date.UTC(2026, 10, 1));
    expect(filter.toMs).toBe(Date.UTC(2026, 10, 2));
    expect(filter.kinds).toEqual(['nonInteractive']);
  });

  it('takes no time range from one side of an or', () => {
    const filter = readSignInFilter(
      `createdDateTime ge 2026-11-01T00:00:00Z or appId eq 'x'`,
      'beta',
    );

    expect(filter.fromMs).toBe(-Infinity);
  });

  it('means interactive sign-ins where nothing is said, and both where both are named', () => {
    const both =
      "signInEventTypes/any(t: t eq 'nonInteractiveUser') or signInEventTypes/any(t: t eq 'interactiveUser')";

    expect(readSignInFilter(null, 'beta').kinds).toEqual(['interactive']);
    expect(readSignInFilter(both, 'beta').kinds).toEqual(['interactive', 'nonInteractive']);
  });

  it('tells where an application and a resource are mixed with or', () => {
    const mixed = (filter: string) => readSignInFilter(filter, 'beta').mixesApplicationAndResource;

    expect(mixed(`status/errorCode eq 0 and (appId eq 'x' or resourceId eq 'y')`)).toBe(true);
    expect(mixed(`appId eq 'x' and resourceId eq 'y'`)).toBe(false);
    expect(mixed(`appId eq 'x' or appId eq 'y'`)).toBe(false);
  });
});
