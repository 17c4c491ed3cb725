import { describe, expect, it } from '@jest/globals';
import type { Rules } from '../../lib/standings/facts.ts';
import { judgePeople } from '../../lib/standings/judge-people.ts';
import type { Person } from '../../lib/standings/person.ts';
import {
  aUser,
  aUseRow,
  CAPABLE,
  NOT_REGISTERED,
  NOW,
  observations,
  rules,
} from '../support/observations.ts';
import type { Seen } from '../support/observations.ts';
import { refusalOf } from '../support/seen-use.ts';
import type { RefusalsAbout } from '../support/seen-use.ts';

const { id: ADELE } = aUser();
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const YESTERDAY_AT = NOW.getTime() - DAY_MS;

function judged(seen: Seen, about: Partial<Rules> = {}): Person | undefined {
  return judgePeople(observations(seen), rules(about))[0];
}

const refused = (about: RefusalsAbout = {}, lastAt = YESTERDAY_AT) =>
  refusalOf(ADELE, lastAt, about);
const withRow = (row: object) => ({ registrations: { [ADELE]: row as typeof CAPABLE } });

describe('somebody who cannot do MFA', () => {
  it.each<[string, Seen]>([
    ['refused once, without a method', { ...withRow(NOT_REGISTERED), uses: [refused()] }],
    ['refused once, without a row in a whole report', { uses: [refused()] }],
    [
      'refused once in the background',
      {
        ...withRow(NOT_REGISTERED),
        uses: [refused({ interactiveAttempts: 0, interactiveDays: 0 })],
      },
    ],
    [
      'refused although other sign-ins succeeded with one factor',
      { ...withRow(NOT_REGISTERED), uses: [refused(), aUseRow({ application: 2 })] },
    ],
    [
      'refused, and gone quiet since July',
      {
        users: [aUser({ lastSuccessfulSignInAt: '2026-07-02T08:00:00Z' })],
        ...withRow(NOT_REGISTERED),
        uses: [refused()],
      },
    ],
  ])('is stopped: %s', (_, seen) => {
    expect(judged(seen)?.standing).toBe('stopped');
  });

  it('is not known to be stopped where a success after the refusal may be missing', () => {
    const seen = {
      ...withRow(NOT_REGISTERED),
      uses: [refused()],
      missing: { interactiveSignIns: 'partial' },
    } as const;
    const person = judged({ ...seen, wholeSince: YESTERDAY_AT + 1 });

    expect(person?.standing).toBe('unknown');
    expect(person?.unknownGroup).toBe('refused');
    expect(person?.reason).toContain(
      'a refusal at MFA was seen, and the sign-in log after it could not be read in full',
    );
  });

  it('is stopped where everything since the refusal was read, whatever is missing before it', () => {
    const seen = {
      ...withRow(NOT_REGISTERED),
      uses: [refused()],
      missing: { interactiveSignIns: 'partial', nonInteractiveSignIns: 'partial' },
      wholeSince: YESTERDAY_AT,
    } as const;

    expect(judged(seen)?.standing).toBe('stopped');
  });
});

describe('somebody who can do MFA', () => {
  it.each<[string, RefusalsAbout, string]>([
    ['one prompt that nobody answered', {}, 'covered'],
    ['four prompts on one day', { attempts: 4, interactiveAttempts: 4 }, 'covered'],
    ['five prompts on one day', { attempts: 5, interactiveAttempts: 5 }, 'stopped'],
    [
      'prompts on two days',
      { days: 2, attempts: 2, interactiveDays: 2, interactiveAttempts: 2 },
      'stopped',
    ],
    [
      'background refreshes on many days',
      { days: 9, attempts: 90, interactiveDays: 0, interactiveAttempts: 0 },
      'covered',
    ],
    [
      'one username-password flow in the background',
      { interactiveDays: 0, interactiveAttempts: 0, ropc: true },
      'stopped',
    ],
  ])('with %s', (_, about, standing) => {
    expect(judged({ ...withRow(CAPABLE), uses: [refused(about)] })?.standing).toBe(standing);
  });

  it('is stopped by prompts of two days at two applications', () => {
    const other = { ...refused({}, YESTERDAY_AT - DAY_MS), application: 2 };

    expect(judged({ ...withRow(CAPABLE), uses: [refused(), other] })?.standing).toBe('stopped');
  });

  it('is stopped by a prompt at each of two applications, whatever background refreshes lie between', () => {
    const mixed = refused({ days: 3, interactiveDays: 1 }, YESTERDAY_AT);
    const other = { ...refused({}, YESTERDAY_AT - 4 * DAY_MS), application: 2 };

    expect(judged({ ...withRow(CAPABLE), uses: [mixed] })?.standing).toBe('covered');
    const person = judged({ ...withRow(CAPABLE), uses: [mixed, other] });
    expect(person?.standing).toBe('stopped');
    expect(person?.stopped).toMatchObject({ days: 4, attempts: 4 });
  });

  it('is stopped by a prompt of yesterday and an older one at another application, as at the same', () => {
    const older = refused({}, YESTERDAY_AT - 20 * DAY_MS);

    expect(judged({ ...withRow(CAPABLE), uses: [older] })?.standing).toBe('covered');
    const uses = [refused(), { ...older, application: 2 }];
    expect(judged({ ...withRow(CAPABLE), uses })?.standing).toBe('stopped');
  });

  it('is not called stopped where a success that was not read may lie between the prompts', () => {
    const seen = {
      ...withRow(CAPABLE),
      uses: [refused({ days: 5 })],
      missing: { interactiveSignIns: 'partial' },
    } as const;
    const since = Math.floor(YESTERDAY_AT / DAY_MS) * DAY_MS;

    expect(judged({ ...seen, wholeSince: since })?.standing).toBe('unknown');
    const person = judged({ ...seen, wholeSince: since - DAY_MS });
    expect(person?.standing).toBe('stopped');
    expect(person?.stopped).toMatchObject({ days: 2, attempts: 2 });
  });

  it('is stopped by the prompts of two applications that are five together', () => {
    const few = { attempts: 3, interactiveAttempts: 3 };
    const other = { ...refused(few), application: 2 };

    expect(judged({ ...withRow(CAPABLE), uses: [refused(few), other] })?.standing).toBe('stopped');
  });
});

describe('somebody of whom no registration is known', () => {
  const missing = { registrations: 'not-available' } as const;

  it('is unknown after one refusal, which would stop only who cannot do MFA', () => {
    expect(judged({ uses: [refused()], missing })?.standing).toBe('unknown');
  });

  it('is stopped after refusals that stop anybody', () => {
    const often = { days: 3, attempts: 3, interactiveDays: 3, interactiveAttempts: 3 };

    expect(judged({ uses: [refused(often)], missing })?.standing).toBe('stopped');
  });
});

describe('the days that count', () => {
  it.each([
    ['at midnight 14 days before today', '2026-11-07T00:00:00Z', 14, 'stopped'],
    ['a second before it', '2026-11-06T23:59:59Z', 14, 'missing'],
    ['three days ago, with two days set', '2026-11-18T08:00:00Z', 2, 'missing'],
  ])('a refusal %s', (_, at, stoppedDays, standing) => {
    const seen = { ...withRow(NOT_REGISTERED), uses: [refused({}, Date.parse(at))] };

    expect(judged(seen, { stoppedDays })?.standing).toBe(standing);
  });
});

describe('what is told of somebody who was stopped', () => {
  it('names since when, on how many days, how often, where, at which stage and who asked', () => {
    const first = NOW.getTime() - 5 * DAY_MS;
    const portal = refused({
      since: first,
      days: 3,
      attempts: 7,
      askers: 0b11,
      stage: 'not-passed',
    });
    const cli = { ...refused({}, YESTERDAY_AT - HOUR_MS), application: 2 };

    const person = judged({ ...withRow(NOT_REGISTERED), uses: [cli, portal] });

    expect(person?.stopped).toEqual({
      since: new Date(first).toISOString(),
      lastAt: new Date(YESTERDAY_AT).toISOString(),
      days: 3,
      attempts: 8,
      stage: 'not-passed',
      askers: ['application', 'policy'],
      isPhoneOnly: false,
      applications: ['Azure portal, Entra and Intune admin centres', 'Azure CLI'],
    });
    expect(person?.lastRefusalAskers).toEqual(['application', 'policy']);
    expect(person?.lastRefusalAt).toBe(new Date(YESTERDAY_AT).toISOString());
  });

  it('names a day where no more is known of when it began', () => {
    const midnight = Date.parse('2026-11-18T00:00:00Z');
    const uses = [refused({ since: midnight, attempts: 3 })];

    const person = judged({ ...withRow(NOT_REGISTERED), uses });

    expect(person?.stopped?.since).toBe('2026-11-18');
  });

  it.each([
    ['enrol', 'Was asked to register an MFA method at'],
    ['cannot-enrol', 'Was refused the registration of an MFA method at'],
    ['not-passed', 'Did not pass MFA at'],
    ['expired', 'Was asked to do MFA anew at'],
    ['not-trusted', 'because MFA of the home tenant is not accepted here'],
  ] as const)('says how it came about: %s', (stage, words) => {
    const person = judged({ ...withRow(NOT_REGISTERED), uses: [refused({ stage })] });

    expect(person?.reason).toContain(words);
    expect(person?.reason).not.toContain('blocked');
  });
});

describe('the next step', () => {
  const phone = { ...CAPABLE, methodsRegistered: ['mobilePhone', 'email'] };
  const often = { days: 3, attempts: 3, interactiveDays: 3, interactiveAttempts: 3 };

  it.each<[string, Seen, Person['nextStep']]>([
    ['a pass, to register', { ...withRow(NOT_REGISTERED), uses: [refused()] }, 'send-pass'],
    [
      'the registration, where it is refused',
      { ...withRow(NOT_REGISTERED), uses: [refused({ stage: 'cannot-enrol' })] },
      'registration-restricted',
    ],
    [
      'the methods, where MFA was not passed',
      { ...withRow(CAPABLE), uses: [refused({ ...often, stage: 'not-passed' })] },
      'look-at-methods',
    ],
    [
      'a pass, where MFA was not passed for want of a method',
      { ...withRow(NOT_REGISTERED), uses: [refused({ stage: 'not-passed' })] },
      'send-pass',
    ],
    [
      'another method, where there is only a phone',
      { ...withRow(phone), uses: [refused({ ...often, stage: 'not-passed' })] },
      'other-method',
    ],
    [
      'cross-tenant access, for MFA that is not trusted',
      {
        users: [aUser({ kind: 'external' })],
        ...withRow(NOT_REGISTERED),
        uses: [refused({ stage: 'not-trusted' })],
      },
      'cross-tenant-trust',
    ],
    [
      'the home tenant and no pass, for an external person',
      { users: [aUser({ kind: 'external' })], ...withRow(NOT_REGISTERED), uses: [refused()] },
      'home-tenant-mfa',
    ],
    [
      'a move, for a script',
      {
        ...withRow(CAPABLE),
        uses: [refused({ ropc: true })],
        patterns: { [ADELE]: { ropc: true } },
      },
      'move-script',
    ],
    [
      'to wait, for somebody who has registered since',
      {
        ...withRow({ ...NOT_REGISTERED, lastUpdatedAt: YESTERDAY_AT - DAY_MS }),
        uses: [refused()],
        audits: [{ userId: ADELE, at: YESTERDAY_AT + HOUR_MS, kind: 'registered' }],
      },
      'wait-for-report',
    ],
  ])('is %s', (_, seen, step) => {
    const person = judged(seen);

    expect(person?.standing).toBe('stopped');
    expect(person?.nextStep).toBe(step);
  });
});
