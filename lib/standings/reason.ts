import { APPLICATIONS } from '../entra/applications.ts';
import { hasCertificate } from '../entra/methods.ts';
import type { RefusalStage } from '../entra/refusals.ts';
import type { Use } from '../ledger/usage.ts';
import type { Registration } from '../sources/rows.ts';
import { isReportLagging, mfaByMeans } from './mfa-seen.ts';
import type { Stopped } from './person.ts';
import type { Facts, Standing } from './standings.ts';

export interface ReasonInput {
  readonly standing: Standing;
  readonly facts: Facts;
  readonly uses: readonly Use[];
  readonly registration: Registration | undefined;
  readonly stopped: Stopped | undefined;
  readonly isEnabled: boolean;
  readonly isActivityKnown: boolean;
  readonly isSignInProof: boolean;
  readonly daysToCheckLogs: number;
}

/** Why a person has a standing, in one sentence that holds no text of the tenant and names what is missing. */
export function explain(input: ReasonInput): string {
  const { standing, facts, isActivityKnown, isEnabled } = input;
  if (!isEnabled) return 'The account is disabled.';
  const isToldGaps = standing !== 'unknown' && standing !== 'stopped';
  const sentence = [SENTENCES[standing](input), ...(isToldGaps ? gaps(input) : [])];
  const dependsOnActivity = ['missing', 'not-usable', 'unknown', 'new', 'external'].includes(
    standing,
  );
  if (!isActivityKnown && dependsOnActivity && facts.used !== 'yes') {
    sentence.push('the last sign-in could not be read, so the account counts as active');
  }
  return `${sentence.join('; ')}.`;
}

const SENTENCES: Readonly<Record<Standing, (input: ReasonInput) => string>> = {
  stopped: ({ stopped }) =>
    stopped === undefined
      ? 'Was stopped at MFA'
      : REFUSED[stopped.stage](joined(stopped.applications)),
  impact: explainImpact,
  missing: ({ registration }) =>
    registration?.methodsRegistered.length === 0
      ? 'Signs in, but has no MFA method registered'
      : 'Signs in, but nothing registered counts for MFA',
  'not-usable': explainNotUsable,
  unknown: explainUnknown,
  new: () => 'Is new, and the registration report has no row for the account yet',
  'single-factor': ({ uses }) =>
    `Can do MFA, but has signed in to ${applications(uses)} with one factor only`,
  'satisfied-elsewhere': explainElsewhere,
  external: () => 'Is external: whether MFA is done at home is not visible here',
  covered: ({ facts }) =>
    facts.mfaSeen === 'yes' ? 'Can do MFA and has signed in with it' : 'Can do MFA',
  dormant: ({ daysToCheckLogs }) => `Has not signed in successfully for ${daysToCheckLogs} days`,
};

const REFUSED: Readonly<Record<RefusalStage, (where: string) => string>> = {
  enrol: (where) => `Was asked to register an MFA method at ${where}, and has not passed since`,
  'cannot-enrol': (where) =>
    `Was refused the registration of an MFA method at ${where}, and has not passed since`,
  'not-passed': (where) => `Did not pass MFA at ${where}`,
  expired: (where) => `Was asked to do MFA anew at ${where}, and has not passed since`,
  'not-trusted': (where) =>
    `Was stopped at ${where}, because MFA of the home tenant is not accepted here`,
};

function explainImpact({ facts, uses, registration }: ReasonInput): string {
  if (mfaByMeans(uses, { registration, row: facts.row }) === 'gone')
    return `Signed in to ${applications(uses)} with a method that is gone, and cannot do MFA now`;
  const use = `Signs in to ${applications(uses)} with one factor`;
  if (facts.hasPhoneEnded)
    return `${use}, and has only a phone, to which Microsoft sends no codes any more`;
  if (facts.registered === 'yes') return `${use}, and has a method registered that cannot be used`;
  const hasNothing = facts.registered === 'no' && registration?.methodsRegistered.length === 0;
  return hasNothing ? `${use} and has no MFA method` : `${use} and cannot do MFA`;
}

function explainNotUsable({ facts, registration }: ReasonInput): string {
  if (facts.hasPhoneEnded)
    return 'Has only a phone, to which Microsoft sends no codes any more, and is stopped until a passkey is registered';
  if (facts.isUncounted && hasCertificate(registration?.methodsRegistered ?? []))
    return 'Has only a certificate, which the registration report does not count';
  if (facts.isUncounted) return 'Has only a method that works at one device';
  return 'Has a method registered that cannot be used: policy may not allow it, or an administrator demanded to register again';
}

function explainElsewhere({ facts, uses, registration }: ReasonInput): string {
  if (facts.capable === 'unknown') return 'Signs in with MFA';
  if (facts.row === 'no') return 'Has no row in the registration report, but signs in with MFA';
  if (isReportLagging(uses, registration)) return 'MFA done; the registration report lags';
  if (uses.some(({ hereUncounted }) => hereUncounted > 0))
    return 'Signs in with a certificate or Windows Hello, which the registration report does not count';
  return 'Cannot do MFA here, but signs in with MFA done elsewhere';
}

function explainUnknown(input: ReasonInput): string {
  const { facts, uses } = input;
  const missing = gaps(input);
  if (missing.length > 0) {
    const known =
      facts.used === 'yes' && facts.capable === 'no' ? 'Has no usable method and used' : '';
    return known === ''
      ? `Cannot be judged: ${missing.join(', and ')}`
      : `${known} ${applications(uses)}; whether with MFA cannot be told: ${missing.join(', and ')}`;
  }
  const use = uses.some(({ successes }) => successes > 0)
    ? `Signs in to ${applications(uses)} with one factor, and`
    : 'Cannot be judged:';
  return `${use} the registration report has no row for the account`;
}

/** What could not be read, or is not said, and so left facts unknown. */
function gaps(input: ReasonInput): readonly string[] {
  const { facts } = input;
  const isRefusal = isRefusalOpen(facts);
  // A refusal that is open for want of later sign-ins says so by itself.
  const isLogNeeded = !isRefusal && (facts.used === 'unknown' || facts.mfaSeen === 'unknown');
  return [
    ...([facts.row, facts.capable].includes('unknown') ? [registrationGap(facts)] : []),
    ...(isRefusal
      ? ['a refusal at MFA was seen, and the sign-in log after it could not be read in full']
      : []),
    ...(isLogNeeded ? signInGaps(input) : []),
  ];
}

/** True where it is sign-ins that keep a refusal from being told. */
function isRefusalOpen({ capable, stoppedIfCapable, stoppedIfNotCapable }: Facts): boolean {
  return (capable === 'yes' ? stoppedIfCapable : stoppedIfNotCapable) === 'unknown';
}

function signInGaps({ facts, uses, registration, isSignInProof }: ReasonInput): readonly string[] {
  if (!isSignInProof) return ['the sign-in log could not be read in full'];
  if (mfaByMeans(uses, { registration, row: facts.row }) !== 'not-known')
    return ['the sign-ins do not say whether MFA was done'];
  // Without the row, or what it is to say, its own gap says enough.
  return registration === undefined || registration.lastUpdatedAt !== undefined
    ? []
    : ['when the registration report was last refreshed is not said'];
}

function registrationGap({ row }: Facts): string {
  return row === 'yes'
    ? 'the registration report does not say whether the account can do MFA'
    : 'the registration report could not be read in full';
}

/** The applications used successfully, most recent first, as a phrase. */
function applications(uses: readonly Use[]): string {
  return joined(
    uses
      .filter(({ successes }) => successes > 0)
      .sort((a, b) => b.lastAt - a.lastAt)
      .map(({ application }) => APPLICATIONS[application]?.name ?? ''),
  );
}

function joined(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
