import type { Use } from '../ledger/use.ts';
import type { Registration } from '../sources/rows.ts';
import type { Fact, Facts } from './standings.ts';

export interface FactInput {
  readonly registration: Registration | undefined;
  readonly uses: readonly Use[];
  readonly isRegistrationReportWhole: boolean;
  readonly isSignInProof: boolean;
  readonly isActive: boolean;
  readonly provesNoUse: boolean;
  readonly isNew: boolean;
}

/** What is known of a person: what was seen counts, and what was not seen proves something only in a whole source. */
export function gatherFacts(input: FactInput): Facts {
  const { registration, uses, isActive, isNew } = input;
  const used = usedFact(input);
  return {
    ...registrationFacts(registration, input.isRegistrationReportWhole),
    used,
    mfaSeen: used === 'no' ? 'no' : mfaFact(uses, input.isSignInProof),
    active: isActive,
    isNew,
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
