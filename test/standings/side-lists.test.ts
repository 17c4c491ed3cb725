import { describe, expect, it } from '@jest/globals';
import type { ToolPattern } from '../../lib/ledger/usage.ts';
import type { Rules } from '../../lib/standings/facts.ts';
import type { Person } from '../../lib/standings/person.ts';
import {
  aUser,
  aUseRow,
  CAPABLE,
  NOT_REGISTERED,
  observations,
  reportOn,
  rules,
} from '../support/observations.ts';
import type { Seen } from '../support/observations.ts';
import { refusalOf } from '../support/seen-use.ts';

const { id: ADELE } = aUser();
const GLOBAL = { name: 'Global Administrator', templateId: '62e90394-69f5-4237-9190-012177145e10' };
const withMethods = (...methodsRegistered: readonly string[]): Seen => ({
  registrations: { [ADELE]: { ...CAPABLE, methodsRegistered } },
});
const PHONE = withMethods('mobilePhone', 'email');
const on = (day: string) => ({ now: new Date(`${day}T00:00:00Z`) });

function phoneOnly(seen: Seen, about: Partial<Rules> = {}): readonly Person[] {
  return reportOn(observations(seen), rules(about)).phoneOnly;
}

describe('people with nothing but a phone', () => {
  it.each<[string, Seen, boolean]>([
    ['a mobile phone and a mail address', PHONE, true],
    ['three phones', withMethods('mobilePhone', 'alternateMobilePhone', 'officePhone'), true],
    ['a phone and an app', withMethods('mobilePhone', 'microsoftAuthenticatorPush'), false],
    ['a phone and Windows Hello', withMethods('mobilePhone', 'windowsHelloForBusiness'), false],
    ['a phone and something that is not known here', withMethods('mobilePhone', 'novel'), false],
    ['only what is no factor', withMethods('email', 'securityQuestion'), false],
    [
      'a phone, and not capable',
      { registrations: { [ADELE]: { ...NOT_REGISTERED, methodsRegistered: ['mobilePhone'] } } },
      false,
    ],
    [
      'a phone, not signed in for long',
      { ...PHONE, users: [aUser({ lastSuccessfulSignInAt: '2026-01-01T00:00:00Z' })] },
      false,
    ],
    [
      'a phone, whose last success is not said and whose use was seen',
      {
        ...PHONE,
        users: [aUser({ lastSuccessfulSignInAt: '2026-01-01T00:00:00Z' })],
        uses: [aUseRow()],
      },
      true,
    ],
  ])('%s: %j', (_, seen, isListed) => {
    expect(phoneOnly(seen)).toHaveLength(isListed ? 1 : 0);
  });

  it.each<[string, Seen, string]>([
    ['a member', PHONE, '2027-02-01'],
    [
      'a guest with a password of this tenant',
      { ...PHONE, users: [aUser({ isGuest: true })] },
      '2027-02-01',
    ],
    ['an external person', { ...PHONE, users: [aUser({ kind: 'external' })] }, '2027-07-01'],
    ['a Global Administrator', { ...PHONE, roles: { [ADELE]: [GLOBAL] } }, '2027-07-01'],
    [
      'an administrator of another kind',
      { ...PHONE, roles: { [ADELE]: [{ name: 'Reports Reader' }] } },
      '2027-02-01',
    ],
  ])('end for %s', (_, seen, day) => {
    expect(phoneOnly(seen).map(({ phoneOnlyUntil }) => phoneOnlyUntil)).toEqual([day]);
  });

  it.each([
    ['person', 'register-passkey'],
    ['external', 'home-tenant-mfa'],
  ] as const)('have one thing to do: %s, %s', (kind, step) => {
    const [person] = phoneOnly({ ...PHONE, users: [aUser({ kind })] });

    expect(person?.nextStep).toBe(step);
  });

  it('are no hit until the day, and a hit from its first instant on', () => {
    const users = [aUser({ lastSuccessfulSignInAt: '2027-01-30T08:00:00Z' })];
    const seen = observations({ ...PHONE, users });

    const before = reportOn(seen, rules({ now: new Date('2027-01-31T23:59:59Z') }));
    const after = reportOn(seen, rules(on('2027-02-01')));

    expect([before.phoneOnly.length, before.people[0]?.standing]).toEqual([1, 'covered']);
    expect([after.phoneOnly.length, after.people[0]?.standing]).toEqual([0, 'not-usable']);
    expect(after.people[0]?.reason).toContain('is stopped until a passkey is registered');
    expect(after.people[0]?.nextStep).toBe('register-passkey');
  });

  it('are in this list no more from that day on, also where somebody was stopped before', () => {
    const day = '2027-02-01';
    const users = [aUser({ lastSuccessfulSignInAt: '2027-01-30T08:00:00Z' })];
    const refusal = refusalOf(ADELE, Date.parse('2027-01-31T08:00:00Z'), { days: 2, attempts: 5 });
    const seen = observations({ ...PHONE, users, uses: [refusal] });

    const before = reportOn(seen, rules({ now: new Date('2027-01-31T23:59:59Z') }));
    const after = reportOn(seen, rules(on(day)));

    expect([before.phoneOnly.length, before.people[0]?.standing]).toEqual([1, 'stopped']);
    expect([after.phoneOnly.length, after.people[0]?.standing]).toEqual([0, 'stopped']);
  });

  it('do not exist where the tenant has its own provider', () => {
    expect(phoneOnly(PHONE, { telephonyProvider: true })).toEqual([]);
    const later = rules({ ...on('2027-03-01'), telephonyProvider: true });

    expect(reportOn(observations(PHONE), later).people[0]?.standing).toBe('covered');
  });

  it('are told with the days left, while they are concerned', () => {
    const { nextChanges } = reportOn(observations(PHONE), rules(on('2026-11-28')));

    expect(nextChanges).toMatchObject([{ change: { id: 'telephony' }, daysLeft: 65, people: 1 }]);
    expect(reportOn(observations(), rules()).nextChanges).toEqual([]);
  });
});

describe('what looks like a script', () => {
  const STEADY = { toolDays: 14, hours: 24, weekendDays: 4 };
  const patternOf = (pattern: Partial<ToolPattern>, about: Seen = {}) =>
    reportOn(
      observations({
        registrations: { [ADELE]: CAPABLE },
        patterns: { [ADELE]: pattern },
        ...about,
      }),
      rules(),
    ).scripts[0]?.script?.pattern;

  it.each<[string, Partial<ToolPattern>, string | undefined]>([
    ['every hour, weekends too', STEADY, 'every hour, weekends too, no sign-in at a screen'],
    [
      'around the clock on ten weekdays',
      { toolDays: 10, hours: 20, weekendDays: 0 },
      'in 20 hours of the day, no sign-in at a screen',
    ],
    [
      'once a day, weekends too',
      { toolDays: 13, hours: 1, weekendDays: 3 },
      'weekends too, no sign-in at a screen',
    ],
    ['nine days only', { ...STEADY, toolDays: 9 }, undefined],
    ['office hours on weekdays', { toolDays: 10, hours: 10, weekendDays: 0 }, undefined],
    ['nineteen hours, two weekend days', { toolDays: 14, hours: 19, weekendDays: 2 }, undefined],
    ['also at a screen', { ...STEADY, isInteractiveSeen: true }, undefined],
    ['nothing at all', {}, undefined],
    ['one username-password flow', { ropc: true }, 'with user name and password'],
  ])('%s', (_, pattern, words) => {
    expect(patternOf(pattern)).toBe(words);
  });

  it('is nobody of whom it is not known whether they were at a screen', () => {
    const missing = { interactiveSignIns: 'partial' } as const;

    expect(patternOf(STEADY, { missing })).toBeUndefined();
    expect(patternOf({ ropc: true }, { missing })).toBe('with user name and password');
  });

  it('decides no standing, and is told to move whatever the standing', () => {
    const report = reportOn(
      observations({
        registrations: { [ADELE]: CAPABLE },
        uses: [aUseRow({ here: 5 })],
        patterns: { [ADELE]: STEADY },
      }),
      rules(),
    );

    expect(report.scripts).toMatchObject([{ standing: 'covered', nextStep: 'move-script' }]);
    expect(Object.values(report.hits).flat()).toEqual([]);
  });
});
