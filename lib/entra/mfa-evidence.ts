import { recordOf, textOf } from '../decode.ts';

/** What one sign-in says about MFA. */
export type MfaEvidence = 'done' | 'not-done' | 'not-said';

/**
 * The ends of the texts with which Entra says that MFA was done, without regard to case ("Sign-in log activity
 * details" and "Use sign-in logs to review MFA events", learn.microsoft.com). Texts that say "skipped", for a
 * remembered device or a location, are not among them: nothing was proven.
 */
const DONE_TEXTS = [
  'completed in the cloud',
  'completed in azure ad',
  'successfully completed',
  'satisfied by claim in the token',
  'satisfied by claim provided by external provider',
  'satisfied by strong authentication',
];

/** First factors that are a second factor by themselves, by the name of the step's method. */
const STRONG_METHODS = /passkey|fido ?2|windows hello for business|passwordless|phone sign-?in/i;

/** Codes with which Entra refuses a sign-in because it wants MFA that was not there. */
const MFA_ERRORS = new Set([50072, 50074, 50076, 50079, 50203, 500121]);

/** How a sign-in ended. `ignored`: it failed for another reason, or does not say. */
export type Outcome = 'success' | 'asked-for-mfa' | 'ignored';

export function outcomeOf(status: unknown): Outcome {
  const errorCode = recordOf(status)['errorCode'];
  if (errorCode === 0) return 'success';
  return MFA_ERRORS.has(Number(errorCode)) ? 'asked-for-mfa' : 'ignored';
}

/** The properties of a sign-in that tell of MFA; v1.0 has only the status. */
export interface MfaProperties {
  readonly status?: unknown;
  readonly authenticationRequirement?: unknown;
  readonly authenticationDetails?: unknown;
}

/**
 * What a successful sign-in says about MFA. The requirement says what was asked for; a sign-in that rode on an
 * earlier claim or on a passkey may say single factor, so the texts and steps count as well. Without the
 * requirement (v1.0) one factor seen proves nothing.
 */
export function mfaEvidence(signIn: MfaProperties): MfaEvidence {
  const requirement = textOf(signIn.authenticationRequirement);
  if (requirement === 'multiFactorAuthentication') return 'done';
  if (saysDone(recordOf(signIn.status)['additionalDetails'])) return 'done';
  const steps = Array.isArray(signIn.authenticationDetails) ? signIn.authenticationDetails : [];
  if (steps.some((step) => provesMfa(recordOf(step)))) return 'done';
  return requirement === undefined ? 'not-said' : 'not-done';
}

function provesMfa(step: Readonly<Record<string, unknown>>): boolean {
  if (step['succeeded'] !== true) return false;
  const method = textOf(step['authenticationMethod']) ?? '';
  return saysDone(step['authenticationStepResultDetail']) || STRONG_METHODS.test(method);
}

function saysDone(value: unknown): boolean {
  if (typeof value !== 'string' || value === '') return false;
  const text = value.trim().replace(/\.+$/, '').toLowerCase();
  return DONE_TEXTS.some((end) => text.endsWith(end) && !text.endsWith(`not ${end}`));
}
