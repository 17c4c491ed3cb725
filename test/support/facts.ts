import type { Facts } from '../../lib/standings/standings.ts';

/** Somebody in the registration report who can do MFA, is active, and was seen nowhere. */
export function aFacts(about: Partial<Facts> = {}): Facts {
  return {
    row: 'yes',
    registered: 'yes',
    capable: 'yes',
    used: 'no',
    mfaSeen: 'no',
    active: true,
    stoppedIfCapable: 'no',
    stoppedIfNotCapable: 'no',
    isNew: false,
    isExternal: false,
    isUncounted: false,
    hasPhoneEnded: false,
    ...about,
  };
}
