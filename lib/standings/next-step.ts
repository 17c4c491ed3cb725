import type { NextStep, Stopped, UnknownGroup } from './person.ts';
import type { Facts, Standing } from './standings.ts';

interface StepInput {
  readonly standing: Standing;
  readonly facts: Facts;
  readonly stopped: Stopped | undefined;
  readonly unknownGroup: UnknownGroup | undefined;
  readonly isScript: boolean;
  /** A method was registered since the report was refreshed. */
  readonly hasRegistered: boolean;
  readonly isPhoneOnly: boolean;
  readonly isReportLagging: boolean;
}

/** The one thing to do about somebody. External people are sent home, never given a pass of this tenant. */
export function nextStep(input: StepInput): NextStep {
  const { standing, facts, stopped, unknownGroup, isScript, isPhoneOnly } = input;
  switch (standing) {
    case 'stopped':
    case 'impact':
    case 'missing':
    case 'not-usable':
      if (stopped?.stage === 'not-trusted') return 'cross-tenant-trust';
      if (isScript) return 'move-script';
      if (input.hasRegistered) return 'wait-for-report';
      if (facts.isExternal) return 'home-tenant-mfa';
      if (stopped !== undefined) return stepAfterRefusal(stopped, facts);
      if (facts.hasPhoneEnded) return 'register-passkey';
      return standing === 'not-usable' ? stepWithMethod(facts) : 'send-pass';
    case 'unknown': {
      const step = STEPS_OF_UNKNOWN[unknownGroup ?? 'registration-not-known'];
      return step === 'send-pass' && facts.isExternal ? 'home-tenant-mfa' : step;
    }
    default:
      if (isScript) return 'move-script';
      if (isPhoneOnly) return facts.isExternal ? 'home-tenant-mfa' : 'register-passkey';
      return input.isReportLagging ? 'wait-for-report' : 'none';
  }
}

function stepWithMethod({ isUncounted }: Facts): NextStep {
  return isUncounted ? 'register-passkey' : 'allow-method';
}

function stepAfterRefusal({ stage, isPhoneOnly }: Stopped, { registered }: Facts): NextStep {
  switch (stage) {
    case 'enrol':
      return 'send-pass';
    case 'cannot-enrol':
      return 'registration-restricted';
    case 'not-trusted':
      return 'cross-tenant-trust';
    case 'not-passed':
    case 'expired':
      if (isPhoneOnly) return 'other-method';
      // Who has no method was prompted all the same, and has none to look at.
      return registered === 'no' ? 'send-pass' : 'look-at-methods';
  }
}

const STEPS_OF_UNKNOWN: Readonly<Record<UnknownGroup, NextStep>> = {
  'did-not-get-in': 'look-at-methods',
  refused: 'look-at-methods',
  'used-without-method': 'send-pass',
  'used-without-row': 'check-row',
  'no-method': 'send-pass',
  'no-row': 'check-row',
  'registration-not-known': 'check-row',
  'did-mfa': 'none',
};
