/** How far a sign-in came that failed because MFA was wanted, worst to mend first. */
export const STAGES = ['enrol', 'cannot-enrol', 'not-passed', 'expired', 'not-trusted'] as const;

export type RefusalStage = (typeof STAGES)[number];
