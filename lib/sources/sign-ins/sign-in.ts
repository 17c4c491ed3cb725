import { applicationIndex } from '../applications.ts';
import { recordOf } from '../decode.ts';
import type { RawSignIn } from '../rows.ts';
import { mfaEvidence, outcomeOf } from './evidence.ts';
import type { MfaEvidence, Outcome } from './evidence.ts';
import { parseInstant } from './instant.ts';

/** What is kept of one sign-in from when its page is parsed until it is counted. */
export interface SignIn {
  readonly id: string;
  /** Milliseconds since 1970; NaN where the row does not say. */
  readonly at: number;
  /** Empty where nobody is named. */
  readonly userId: string;
  /** The index in APPLICATIONS; -1 where MFA is not enforced. */
  readonly application: number;
  readonly outcome: Outcome;
  readonly evidence: MfaEvidence;
  /** The row as Graph sent it, where somebody wants it. */
  readonly raw: RawSignIn | undefined;
}

/** Reads a row of either version; which properties it has depends on the version and on $select. */
export function decodeSignIn(row: unknown, isRaw: boolean): SignIn {
  const record = recordOf(row);
  const { createdDateTime, userId, appId, resourceId, status } = record;
  return {
    id: String(record['id']),
    at: parseInstant(createdDateTime),
    userId: typeof userId === 'string' ? userId : '',
    application: applicationIndex(idOf(appId), idOf(resourceId)),
    outcome: outcomeOf(status),
    evidence: mfaEvidence(record),
    raw: isRaw ? record : undefined,
  };
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.toLowerCase() : undefined;
}
