import { describe, expect, it } from '@jest/globals';
import { nextStep } from '../../lib/standings/next-step.ts';
import type { NextStep, Stopped, UnknownGroup } from '../../lib/standings/person.ts';
import { aFacts } from '../support/facts.ts';

type Input = Parameters<typeof nextStep>[0];

const FACTS = aFacts({ registered: 'no', capable: 'no' });
const REGISTERED = { ...FACTS, registered: 'yes' } as const;
const EXTERNAL = { ...FACTS, isExternal: true };

function stopped(stage: Stopped['stage'], isPhoneOnly = false): Stopped {
  const [since, lastAt] = ['2026-11-19T08:00:00.000Z', '2026-11-20T08:00:00.000Z'];
  return { since, lastAt, days: 2, attempts: 5, stage, askers: [], isPhoneOnly, applications: [] };
}

function stepOf(about: Partial<Input>): NextStep {
  return nextStep({
    standing: 'missing',
    facts: FACTS,
    stopped: undefined,
    unknownGroup: undefined,
    isScript: false,
    hasRegistered: false,
    isPhoneOnly: false,
    isReportLagging: false,
    ...about,
  });
}

describe('the step for a hit', () => {
  it.each<[string, Partial<Input>, NextStep]>([
    ['impact', { standing: 'impact' }, 'send-pass'],
    ['missing', { standing: 'missing' }, 'send-pass'],
    ['not-usable', { standing: 'not-usable', facts: REGISTERED }, 'allow-method'],
    [
      'not-usable, at one device only',
      { standing: 'not-usable', facts: { ...REGISTERED, isUncounted: true } },
      'register-passkey',
    ],
    [
      'a phone that has ended',
      { facts: { ...REGISTERED, hasPhoneEnded: true } },
      'register-passkey',
    ],
    ['an external person', { facts: EXTERNAL }, 'home-tenant-mfa'],
    ['who has registered since', { hasRegistered: true }, 'wait-for-report'],
    [
      'an external person who has registered since',
      { facts: EXTERNAL, hasRegistered: true },
      'wait-for-report',
    ],
    ['a script', { isScript: true }, 'move-script'],
    ['a script that has registered since', { isScript: true, hasRegistered: true }, 'move-script'],
  ])('%s', (_, about, step) => {
    expect(stepOf(about)).toBe(step);
  });
});

describe('the step for somebody who was stopped', () => {
  it.each<[string, Partial<Input>, NextStep]>([
    ['to register', { stopped: stopped('enrol') }, 'send-pass'],
    ['at registration', { stopped: stopped('cannot-enrol') }, 'registration-restricted'],
    ['with a method', { stopped: stopped('not-passed'), facts: REGISTERED }, 'look-at-methods'],
    ['without a method', { stopped: stopped('not-passed') }, 'send-pass'],
    ['with an old proof', { stopped: stopped('expired'), facts: REGISTERED }, 'look-at-methods'],
    ['with an old proof, without a method', { stopped: stopped('expired') }, 'send-pass'],
    ['with a phone', { stopped: stopped('not-passed', true), facts: REGISTERED }, 'other-method'],
    ['with a phone and an old proof', { stopped: stopped('expired', true) }, 'other-method'],
    ['whose MFA is not trusted', { stopped: stopped('not-trusted') }, 'cross-tenant-trust'],
    [
      'whose MFA is not trusted, whatever they are',
      { stopped: stopped('not-trusted'), facts: EXTERNAL, isScript: true, hasRegistered: true },
      'cross-tenant-trust',
    ],
    [
      'from outside for want of a method',
      { stopped: stopped('enrol'), facts: EXTERNAL },
      'home-tenant-mfa',
    ],
  ])('%s', (_, about, step) => {
    expect(stepOf({ standing: 'stopped', ...about })).toBe(step);
  });
});

describe('the step for somebody who cannot be judged', () => {
  it.each<[UnknownGroup | undefined, NextStep, NextStep]>([
    ['did-not-get-in', 'look-at-methods', 'look-at-methods'],
    ['refused', 'look-at-methods', 'look-at-methods'],
    ['used-without-method', 'send-pass', 'home-tenant-mfa'],
    ['used-without-row', 'check-row', 'check-row'],
    ['no-method', 'send-pass', 'home-tenant-mfa'],
    ['no-row', 'check-row', 'check-row'],
    ['registration-not-known', 'check-row', 'check-row'],
    ['did-mfa', 'none', 'none'],
    [undefined, 'check-row', 'check-row'],
  ])('%s', (unknownGroup, inside, outside) => {
    const about = { standing: 'unknown', unknownGroup } as const;

    expect(stepOf(about)).toBe(inside);
    expect(stepOf({ ...about, facts: EXTERNAL })).toBe(outside);
  });
});

describe('the step for somebody who is no hit', () => {
  it.each<[string, Partial<Input>, NextStep]>([
    ['covered', {}, 'none'],
    ['behind whom the report lags', { isReportLagging: true }, 'wait-for-report'],
    ['with a phone alone', { isPhoneOnly: true, isReportLagging: true }, 'register-passkey'],
    ['a script with a phone', { isPhoneOnly: true, isScript: true }, 'move-script'],
  ])('%s', (_, about, step) => {
    expect(stepOf({ standing: 'covered', ...about })).toBe(step);
  });
});
