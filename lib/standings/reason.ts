import { APPLICATIONS } from '../entra/applications.ts';
import type { Use } from '../ledger/usage.ts';
import type { Facts, Standing } from './standings.ts';

export interface ReasonInput {
  readonly standing: Standing;
  readonly facts: Facts;
  readonly uses: readonly Use[];
  readonly isActivityKnown: boolean;
  readonly daysToCheckLogs: number;
}

/** Why a person has a standing, in one sentence that holds no text of the tenant and names what is missing. */
export function explain(input: ReasonInput): string {
  const { standing, facts, isActivityKnown } = input;
  const sentence = [SENTENCES[standing](input), ...(standing === 'unknown' ? [] : gaps(facts))];
  const isHangingOnActivity = ['missing', 'not-usable', 'unknown', 'new'].includes(standing);
  if (!isActivityKnown && isHangingOnActivity && facts.used !== 'yes') {
    sentence.push('the last sign-in could not be read, so the account counts as active');
  }
  return `${sentence.join('; ')}.`;
}

const SENTENCES: Readonly<Record<Standing, (input: ReasonInput) => string>> = {
  impact: ({ facts, uses }) => {
    const use = `Signs in to ${applications(uses)} with one factor`;
    if (facts.registered === 'yes')
      return `${use}, and policy does not allow the method registered`;
    return facts.registered === 'no' ? `${use} and has no MFA method` : `${use} and cannot do MFA`;
  },
  missing: () => 'Signs in, but has no MFA method registered',
  'not-usable': () => 'Has a method registered that policy does not allow',
  unknown: explainUnknown,
  new: () => 'Is new, and the registration report has no row for the account yet',
  'single-factor': ({ uses }) =>
    `Can do MFA, but has signed in to ${applications(uses)} with one factor only`,
  'satisfied-elsewhere': ({ facts }) => {
    if (facts.capable === 'unknown') return 'Signs in with MFA';
    return facts.row === 'yes'
      ? 'Cannot do MFA here, but signs in with MFA done elsewhere'
      : 'Has no row in the registration report, but signs in with MFA';
  },
  covered: ({ facts }) =>
    facts.mfaSeen === 'yes' ? 'Can do MFA and has signed in with it' : 'Can do MFA',
  dormant: ({ daysToCheckLogs }) => `Has not signed in successfully for ${daysToCheckLogs} days`,
};

function explainUnknown({ facts, uses }: ReasonInput): string {
  const missing = gaps(facts);
  if (missing.length > 0) return `Cannot be judged: ${missing.join(', and ')}`;
  const use = uses.some(({ successes }) => successes > 0)
    ? `Signs in to ${applications(uses)} with one factor, and`
    : 'Cannot be judged:';
  return `${use} the registration report has no row for the account`;
}

/** What could not be read, and so left facts unknown. */
function gaps(facts: Facts): readonly string[] {
  return [
    ...([facts.row, facts.capable].includes('unknown') ? [registrationGap(facts)] : []),
    ...([facts.used, facts.mfaSeen].includes('unknown')
      ? ['the sign-in log could not be read in full']
      : []),
  ];
}

function registrationGap({ row }: Facts): string {
  return row === 'yes'
    ? 'the registration report does not say whether the account can do MFA'
    : 'the registration report could not be read in full';
}

/** The applications used successfully, most recent first, as a phrase. */
function applications(uses: readonly Use[]): string {
  const names = uses
    .filter(({ successes }) => successes > 0)
    .sort((a, b) => b.lastAt - a.lastAt)
    .map(({ application }) => APPLICATIONS[application]?.name ?? '');
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
