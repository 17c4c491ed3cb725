import type { Use } from '../ledger/usage.ts';
import type { Registration } from '../sources/rows.ts';
import type { Fact } from './standings.ts';

/**
 * Whether MFA was seen. MFA that was done here before the row that says "not capable" was made with a method that is
 * gone: it does not count any more, nor does any claim of that person. MFA done elsewhere always counts; so do
 * certificates and Windows Hello, which the registration report does not count as capable in the first place. Where the
 * row could not be read, nobody knows whether the method is still there; where sign-ins could not, whether claims count.
 */
export function mfaFact(
  uses: readonly Use[],
  { registration, row }: RowRead,
  isSignInProof: boolean,
): Fact {
  const whereMfa = mfaByMeans(uses, { registration, row });
  if (whereMfa === 'counts')
    return isSignInProof || !isClaimAlone(uses, { registration, row }) ? 'yes' : 'unknown';
  if (whereMfa === 'not-known') return 'unknown';
  const hasOneFactor = uses.some(({ none }) => none > 0);
  const isUnsaid = !hasOneFactor && whereMfa !== 'gone' && uses.some(({ unsaid }) => unsaid > 0);
  if (isUnsaid) return 'unknown';
  return isSignInProof ? 'no' : 'unknown';
}

/**
 * True where nothing but claims was seen of somebody who may not be able to do MFA: a sign-in of before the row that was
 * not read may have been MFA with a method that is gone, which takes the claims back.
 */
function isClaimAlone(uses: readonly Use[], { registration, row }: RowRead): boolean {
  const mayHaveLost =
    registration === undefined ? row !== 'no' : registration.isMfaCapable !== true;
  return mayHaveLost && uses.every(({ here, elsewhere }) => here === 0 && elsewhere === 0);
}

/** The registration row of somebody, and whether there is one. */
export interface RowRead {
  readonly registration: Registration | undefined;
  readonly row: Fact;
}

/** counts: seen; gone: seen with a method that is gone; not-known: seen, and whether it is gone is not known. */
type SeenMfa = 'counts' | 'gone' | 'not-known' | 'none';

export function mfaByMeans(uses: readonly Use[], { registration, row }: RowRead): SeenMfa {
  if (uses.some((use) => use.elsewhere > 0 || use.hereUncounted > 0)) return 'counts';
  const isHereSeen = uses.some(({ here }) => here > 0);
  const isClaimSeen = uses.some(({ claim }) => claim > 0);
  if (!isHereSeen) return isClaimSeen ? 'counts' : 'none';
  if (registration === undefined) return row === 'no' ? 'counts' : 'not-known';
  if (registration.isMfaCapable === true) return 'counts';
  const refreshedAt = registration.lastUpdatedAt;
  if (refreshedAt === undefined) return 'not-known';
  if (uses.some(({ lastHereAt }) => lastHereAt >= refreshedAt)) return 'counts';
  return registration.isMfaCapable === false ? 'gone' : 'not-known';
}

/** True where MFA was done here since the row that says "not capable": the report lags. */
export function isReportLagging(
  uses: readonly Use[],
  registration: Registration | undefined,
): boolean {
  const refreshedAt = registration?.lastUpdatedAt;
  return (
    registration?.isMfaCapable === false &&
    refreshedAt !== undefined &&
    uses.some(
      ({ here, hereUncounted, lastHereAt }) => here > hereUncounted && lastHereAt >= refreshedAt,
    )
  );
}
