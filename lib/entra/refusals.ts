import { isMultiFactor } from './mfa-evidence.ts';

/**
 * How far a sign-in came that failed because MFA was wanted. `enrol`: the person must register a method.
 * `cannot-enrol`: and may not from there, or because of risk. `not-passed`: MFA was asked for and not passed.
 * `expired`: an earlier proof is too old. `not-trusted`: MFA of the home tenant is not accepted here. The order is part
 * of the ledger's format.
 */
export const STAGES = ['enrol', 'cannot-enrol', 'not-passed', 'expired', 'not-trusted'] as const;

export type RefusalStage = (typeof STAGES)[number];

/**
 * "Microsoft Entra authentication and authorization error codes" (learn.microsoft.com) and a public list of result
 * codes, read 28 November 2026. No refusals are 50203, the notice of a registration campaign, which can be snoozed, and
 * 53003, 53006, 53011, 530032 and the like, which block for other reasons.
 */
export const REFUSAL_CODES: Readonly<Record<RefusalStage, readonly number[]>> = {
  enrol: [50072, 50079],
  'cannot-enrol': [53010, 53004],
  // The federated provider did not do it (53007); the credential cannot be a first factor (54008); calls and texts
  // ran out (50088, 500881, 500882).
  'not-passed': [50074, 50076, 500121, 50087, 53007, 54008, 50088, 500881, 500882],
  expired: [50078],
  'not-trusted': [90071],
};

/** Sent for MFA at a third party's provider, and for terms of use. */
export const EXTERNAL_CHALLENGE = 50158;

const STAGE_BY_CODE = new Map(
  STAGES.flatMap((stage, place) => REFUSAL_CODES[stage].map((code) => [code, place] as const)),
);
const NOT_PASSED = STAGES.indexOf('not-passed');

/** How a sign-in ended: a place in STAGES, or one of these. */
export const SUCCESS = -1;
/** It failed for another reason. */
export const IGNORED = -2;
/** The row does not say. */
export const UNREADABLE = -3;

/**
 * How a sign-in ended. An external challenge is a refusal only where MFA was wanted: it is sent for terms of use, too.
 * `isAsked` says whether the row names somebody who asked for MFA.
 */
export function outcomeOf(errorCode: unknown, requirement: unknown, isAsked: boolean): number {
  if (errorCode === 0) return SUCCESS;
  if (typeof errorCode !== 'number' || !Number.isInteger(errorCode)) return UNREADABLE;
  if (errorCode === EXTERNAL_CHALLENGE) {
    return isMultiFactor(requirement) || isAsked ? NOT_PASSED : IGNORED;
  }
  return STAGE_BY_CODE.get(errorCode) ?? IGNORED;
}
