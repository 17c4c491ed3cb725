import { isPlainId, recordOf } from '../decode.ts';
import { applicationIndex } from '../entra/applications.ts';
import { readAskers } from '../entra/askers.ts';
import type { MfaAsker } from '../entra/askers.ts';
import { isWord, readMfaEvidence } from '../entra/mfa-evidence.ts';
import type { MfaEvidence } from '../entra/mfa-evidence.ts';
import { IGNORED, outcomeOf, SUCCESS, UNREADABLE } from '../entra/refusals.ts';
import type { RawSignIn } from '../sources/rows.ts';

/** What is kept of one sign-in from when its page is parsed until it is counted. */
export interface SignIn {
  /** Empty where the row has none: it then counts, and nobody can tell whether it was counted before. */
  readonly id: string;
  /** Milliseconds since 1970; NaN where the row does not say. */
  readonly at: number;
  /** Empty where nobody is named. */
  readonly userId: string;
  /** The index in APPLICATIONS; -1 where MFA is not enforced. */
  readonly application: number;
  /** SUCCESS, a place in STAGES, or IGNORED. */
  readonly outcome: number;
  /** Of a success. */
  readonly evidence: MfaEvidence;
  readonly isUncounted: boolean;
  /** A mask of ASKERS, and what it says of a success with MFA. */
  readonly askers: number;
  readonly asker: MfaAsker;
  /** Whether a program handed in user name and password (resource owner password credentials). */
  readonly isRopc: boolean;
  /** Whether anything in the row that counts could not be read. */
  readonly isUnreadable: boolean;
  /** The row as Graph sent it, where somebody wants it. */
  readonly raw: RawSignIn | undefined;
}

/**
 * Reads a row of either version; which properties it has depends on the version and on $select. `tenantId` is the
 * tenant whose log this is, lower case.
 */
export function decodeSignIn(row: unknown, isRaw: boolean, tenantId?: string): SignIn {
  const record = recordOf(row);
  const { authenticationRequirement } = record;
  const [appId, resourceId] = [lowerCase(record['appId']), lowerCase(record['resourceId'])];
  const id = idOf(record['id']);
  const at = parseInstant(record['createdDateTime']);
  const userId = idOf(record['userId']);
  const { mask, isAsked, asker } = readAskers(record['authenticationRequirementPolicies']);
  const { errorCode } = recordOf(record['status']);
  const ended = outcomeOf(errorCode, authenticationRequirement, isAsked);
  const application = applicationIndex(appId, resourceId);
  const isOfNobody = userId === '' && ended === IGNORED;
  const isUnreadable =
    id === '' ||
    Number.isNaN(at) ||
    ended === UNREADABLE ||
    (!isOfNobody && userId === '') ||
    !isApplicationReadable(record['appId'], record['resourceId']);
  const isSuccess = ended === SUCCESS && application >= 0;
  const { evidence, isUncounted } = isSuccess ? readMfaEvidence(record, tenantId) : OF_NO_SUCCESS;
  return {
    id,
    at,
    userId,
    application,
    outcome: ended === UNREADABLE ? IGNORED : ended,
    evidence,
    isUncounted,
    askers: mask,
    asker,
    isRopc: isWord(record['authenticationProtocol'], 'ropc'),
    isUnreadable,
    raw: isRaw ? record : undefined,
  };
}

const OF_NO_SUCCESS = { evidence: 'unsaid', isUncounted: false } as const;

function idOf(value: unknown): string {
  return isPlainId(value) ? value : '';
}

/** Rows of NPS and AD FS adapters have no appId; one that is there and no text may be any application's. */
function isApplicationReadable(appId: unknown, resourceId: unknown): boolean {
  if (lowerCase(appId) !== undefined) return true;
  const isAbsent = appId === undefined || appId === null || appId === '';
  return isAbsent && lowerCase(resourceId) !== undefined;
}

function lowerCase(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.toLowerCase() : undefined;
}

const [ZERO, COLON, Z] = [48, 58, 90] as const;

/** The day that was read last, with its `T`: sign-ins come in order, so nearly all are of the same. */
let day = '';
let dayStart = Number.NaN;

/** Milliseconds since 1970 of an instant as Graph writes it; NaN where it is none. Date.parse is ten times slower. */
export function parseInstant(value: unknown): number {
  if (typeof value !== 'string') return Number.NaN;
  if (value.length !== 20 || value.charCodeAt(19) !== Z) return parseOdd(value);
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
  return parseOdd(value);
}

/** Anything else that is an instant in ISO form; Date.parse alone takes half of all texts for one. */
function parseOdd(value: string): number {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) ? Date.parse(value) : Number.NaN;
}

/** A number of two digits; 100 where they are none. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 100;
}
