import type { Asker } from '../../entra/askers.ts';
import { LINKS } from '../../entra/links.ts';
import type { RefusalStage } from '../../entra/refusals.ts';
import type { NextStep, UnknownGroup } from '../../standings/person.ts';
import type { LinkedSentence } from '../view-context.ts';

/** What to do about somebody: as a verb, in a sentence, and where it says how. */
export interface StepWords extends LinkedSentence {
  readonly verb: string;
}

export const NEXT_STEPS: Readonly<Record<NextStep, StepWords>> = {
  'send-pass': {
    verb: 'Give a Temporary Access Pass',
    text: 'Give a Temporary Access Pass, and have a passkey or Microsoft Authenticator registered with it.',
    links: [LINKS.temporaryAccessPass, LINKS.register],
  },
  'registration-restricted': {
    verb: 'Allow the registration',
    text: 'Registration is refused from where they are, or for risk: look at the policy for security information and at the risk, then give a Temporary Access Pass.',
    links: [LINKS.temporaryAccessPass],
  },
  'look-at-methods': {
    verb: 'Look at the methods',
    text: 'Look at the methods with them: a lost phone or a new one is the usual cause. Reset what does not work.',
    links: [LINKS.register],
  },
  'other-method': {
    verb: 'Register another method',
    text: 'Codes by phone did not get through: have a passkey or Microsoft Authenticator registered.',
    links: [LINKS.temporaryAccessPass, LINKS.passkeys],
  },
  'cross-tenant-trust': {
    verb: 'Trust the MFA of the home tenant',
    text: 'MFA of the home tenant is not accepted here: trust it in the cross-tenant access settings.',
    links: [LINKS.crossTenantAccess],
  },
  'home-tenant-mfa': {
    verb: 'Have MFA done at home',
    text: 'External people do MFA at home: ask the home tenant for it, and trust it in the cross-tenant access settings.',
    links: [LINKS.guests],
  },
  'move-script': {
    verb: 'Move the script',
    text: 'Move scripts off people’s accounts: in Azure to a managed identity, in a pipeline to workload identity federation, elsewhere to a service principal with a certificate.',
    links: [LINKS.managedIdentities, LINKS.federation],
  },
  'allow-method': {
    verb: 'Make the method usable',
    text: 'See why the method cannot be used: allow it in the policy, or have it registered again where an administrator demanded that.',
    links: [LINKS.methodsPolicy, LINKS.register],
  },
  'register-passkey': {
    verb: 'Register a passkey',
    text: 'Have a passkey registered that works at every device.',
    links: [LINKS.passkeys],
  },
  'check-row': {
    verb: 'Open the methods',
    text: 'Open the authentication methods, and see whether one is registered.',
    links: [],
  },
  'wait-for-report': {
    verb: 'Wait for the report',
    text: 'Nothing: a method was registered or used, and Entra’s report is up to 36 hours late.',
    links: [],
  },
  none: { verb: '', text: '', links: [] },
};

/** How a refusal came about, after "last". */
export const STAGE_WORDS: Readonly<Record<RefusalStage, string>> = {
  enrol: 'must register',
  'cannot-enrol': 'registration refused',
  'not-passed': 'did not pass',
  expired: 'asked for a new proof',
  'not-trusted': 'MFA of the home tenant not accepted',
};

/** What is known of people who could not be judged, after their number. */
export const UNKNOWN_WORDS: Readonly<Record<UnknownGroup, string>> = {
  'did-not-get-in': 'refused at MFA who did not get in since; whether they can do MFA is not known',
  refused: 'refused at MFA; whether they got in since is not known',
  'used-without-method':
    'without a usable method who got in; whether MFA was done elsewhere is not known',
  'used-without-row': 'without a row in the registration report who got in with one factor',
  'no-method': 'without a usable method; use not known',
  'no-row': 'without a row in the registration report',
  'registration-not-known': 'whose registration is not known',
  'did-mfa': 'who did MFA; whether they still can is not known',
};

/** The same of one person, after what was seen: what keeps the table of rules from an answer. */
export const WHY_UNKNOWN: Readonly<Record<UnknownGroup, string>> = {
  'did-not-get-in': 'did not get in since; whether they can do MFA is not known',
  refused: 'whether they got in since is not known',
  'used-without-method': 'no usable method; MFA done elsewhere is not known',
  'used-without-row': 'no row in the registration report',
  'no-method': 'no usable method; use not known',
  'no-row': 'no row in the registration report',
  'registration-not-known': 'what is registered is not known',
  'did-mfa': 'did MFA; whether they still can is not known',
};

/** Who asked for MFA, before "asked". What it means that only the application asked stands above the list. */
export const ASKER_WORDS: Readonly<Record<Asker, string>> = {
  application: 'the application',
  policy: 'your policy',
  'security-defaults': 'security defaults',
  'per-user': 'per-user MFA',
};
