import type { Use } from '../ledger/use.ts';
import type { Registration, User } from '../sources/rows.ts';
import { DAY_MS } from '../sources/utc-day.ts';
import { judgeActivity } from './activity.ts';
import type { Activity } from './activity.ts';
import { isKnown } from './observations.ts';
import type { Observations, Rules } from './observations.ts';
import type { Fact, Facts } from './standings.ts';

interface FactInput {
  readonly uses: readonly Use[];
  readonly isSignInProof: boolean;
  readonly provesNoUse: boolean;
}

export interface FactGatherer {
  readonly activity: Activity;
  of(user: User, registration: Registration | undefined, uses: readonly Use[]): Facts;
}

/**
 * Tells what is known of a person: what was seen counts, and what was not seen proves something only in a whole
 * source. `isSignInProof` says whether somebody who was not seen signing in did not sign in.
 */
export function createFactGatherer(
  observations: Observations,
  rules: Rules,
  isSignInProof: boolean,
): FactGatherer {
  const activity = judgeActivity(
    observations.users,
    isKnown(observations, 'activity'),
    rules.now,
    rules.daysToCheckLogs,
  );
  const isReportWhole = isKnown(observations, 'registrations');
  const newSince = rules.now.getTime() - rules.newAccountGraceDays * DAY_MS;
  return {
    activity,
    of(user, registration, uses) {
      const used = usedFact({ uses, isSignInProof, provesNoUse: activity.provesNoUse(user) });
      return {
        ...registrationFacts(registration, isReportWhole),
        used,
        mfaSeen: used === 'no' ? 'no' : mfaFact(uses, isSignInProof),
        active: activity.isActive(user),
        isNew: user.createdAt !== undefined && Date.parse(user.createdAt) >= newSince,
      };
    },
  };
}

function registrationFacts(
  registration: Registration | undefined,
  isReportWhole: boolean,
): Pick<Facts, 'row' | 'registered' | 'capable'> {
  if (registration !== undefined) {
    return {
      row: 'yes',
      registered: toFact(registration.isMfaRegistered),
      capable: toFact(registration.isMfaCapable),
    };
  }
  const absent: Fact = isReportWhole ? 'no' : 'unknown';
  return { row: absent, registered: absent, capable: absent };
}

function usedFact({ uses, isSignInProof, provesNoUse }: FactInput): Fact {
  if (uses.some(({ successes }) => successes > 0)) return 'yes';
  return isSignInProof || provesNoUse ? 'no' : 'unknown';
}

function mfaFact(uses: readonly Use[], isSignInProof: boolean): Fact {
  if (uses.some(({ successesWithMfa }) => successesWithMfa > 0)) return 'yes';
  if (uses.some(({ successesUnsaid }) => successesUnsaid > 0)) return 'unknown';
  return isSignInProof ? 'no' : 'unknown';
}

function toFact(value: boolean | undefined): Fact {
  if (value === undefined) return 'unknown';
  return value ? 'yes' : 'no';
}
