import { recordOf } from '../decode.ts';
import { applicationIndex } from '../entra/applications.ts';
import { mfaEvidence, outcomeOf } from '../entra/mfa-evidence.ts';
import type { MfaEvidence, Outcome } from '../entra/mfa-evidence.ts';
import type { RawSignIn } from '../sources/rows.ts';

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

const [ZERO, COLON, Z] = [48, 58, 90] as const;

/** The day that was read last, with its `T`: sign-ins come in order, so nearly all are of the same. */
let day = '';
let dayStart = Number.NaN;

/** Milliseconds since 1970 of an instant as Graph writes it; NaN where it is none. Date.parse is ten times slower. */
export function parseInstant(value: unknown): number {
  if (typeof value !== 'string') return Number.NaN;
  if (value.length !== 20 || value.charCodeAt(19) !== Z) return Date.parse(value);
  if (!value.startsWith(day) || day === '') {
    day = value.slice(0, 11);
    dayStart = Date.parse(`${day}00:00:00Z`);
  }
  const [hours, minutes, seconds] = [
    twoDigits(value, 11),
    twoDigits(value, 14),
    twoDigits(value, 17),
  ];
  const areColons = value.charCodeAt(13) === COLON && value.charCodeAt(16) === COLON;
  if (areColons && hours < 24 && minutes < 60 && seconds < 60) {
    return dayStart + ((hours * 60 + minutes) * 60 + seconds) * 1000;
  }
  return Date.parse(value);
}

/** A number of two digits; 100 where they are none. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 100;
}
