import { recordOf } from '../decode.ts';

/**
 * What a successful sign-in says about MFA, best first.
 * `here`: MFA was done in this tenant. `elsewhere`: at an external or federated provider, or in the home tenant.
 * `claim`: a token said so, or the sign-in wanted MFA and does not say how. `unsaid`: nothing was proven either way.
 * `none`: one factor.
 */
export type MfaEvidence = 'here' | 'elsewhere' | 'claim' | 'unsaid' | 'none';

/** The properties of a sign-in that tell of MFA; v1.0 has only the status. */
export interface MfaProperties {
  readonly status?: unknown;
  readonly authenticationRequirement?: unknown;
  readonly authenticationDetails?: unknown;
  readonly authenticationProcessingDetails?: unknown;
  readonly homeTenantId?: unknown;
}

export interface ReadEvidence {
  readonly evidence: MfaEvidence;
  /**
   * Whether `here` was done by means that the registration report does not count as capable: a certificate, Windows
   * Hello for Business, a platform credential. A row that says not capable does not take them back.
   */
  readonly isUncounted: boolean;
}

/**
 * What a successful sign-in says about MFA ("Sign-in log activity details" and "Use sign-in logs to review Microsoft
 * Entra multifactor authentication events", learn.microsoft.com, read 28 November 2026). The best of its texts and
 * succeeded steps decides; an MFA text that proves nothing counts before the requirement; the requirement decides where
 * no text speaks of MFA. Whatever is there and is not what it should be may have spoken of it, so that nothing follows
 * from the requirement then. `tenantId` is the tenant whose log this is, lower case.
 */
export function readMfaEvidence(signIn: MfaProperties, tenantId?: string): ReadEvidence {
  let best = rankOfText(recordOf(signIn.status)['additionalDetails']);
  let isUncounted = false;
  const { authenticationDetails } = signIn;
  const steps: readonly unknown[] = Array.isArray(authenticationDetails)
    ? authenticationDetails
    : [];
  if (steps !== authenticationDetails && isThere(authenticationDetails)) {
    best = Math.max(best, RANK.unsaid);
  }
  for (let place = 0; place < steps.length && place < MAX_STEPS; place += 1) {
    const step = steps[place];
    const { succeeded, authenticationMethod, authenticationStepResultDetail } = recordOf(step);
    const isReadable =
      typeof step === 'object' && (typeof succeeded === 'boolean' || !isThere(succeeded));
    if (!isReadable) best = Math.max(best, RANK.unsaid);
    if (succeeded !== true) continue;
    best = Math.max(best, rankOfText(authenticationStepResultDetail));
    const method = rankOfMethod(authenticationMethod, signIn);
    if (method !== undefined) best = RANK.here;
    isUncounted ||= method === 'uncounted';
  }
  if (best === RANK.claim && isForeign(signIn.homeTenantId, tenantId)) best = RANK.elsewhere;
  return { evidence: evidenceOf(best, signIn.authenticationRequirement), isUncounted };
}

/** An empty text says as much as none. */
function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** No sign-in has more; whatever follows is not looked at. */
export const MAX_STEPS = 50;

const RANK = { nothing: 0, unsaid: 1, claim: 2, elsewhere: 3, here: 4 } as const;

function evidenceOf(rank: number, requirement: unknown): MfaEvidence {
  if (rank === RANK.here) return 'here';
  if (rank === RANK.elsewhere) return 'elsewhere';
  if (rank === RANK.claim) return 'claim';
  if (rank === RANK.unsaid) return 'unsaid';
  if (isMultiFactor(requirement)) return 'claim';
  // The enumeration grows: only what says one factor is one factor.
  return isWord(requirement, 'singlefactorauthentication') ? 'none' : 'unsaid';
}

/** Whether authenticationRequirement says that MFA was wanted. */
export function isMultiFactor(requirement: unknown): boolean {
  return isWord(requirement, 'multifactorauthentication');
}

/** Whether a value is this word, in whatever case; `word` is lower case. */
export function isWord(value: unknown, word: string): boolean {
  return typeof value === 'string' && value.length === word.length && value.toLowerCase() === word;
}

function isForeign(homeTenantId: unknown, tenantId: string | undefined): boolean {
  if (typeof homeTenantId !== 'string' || homeTenantId === '' || tenantId === undefined)
    return false;
  return homeTenantId.toLowerCase() !== tenantId;
}

/** What a text is about. Of the first factor nothing follows for MFA. */
const MFA = /\bmfa\b|\bmulti-? ?factor\b|\btwo-? ?(?:factor|step)\b|\bsecond factor\b/;
const OTHER_FACTOR =
  /\bfirst-? ?factor\b|\bsingle-? ?factor\b|\bprimary (?:factor|authentication)\b/;
const SUBJECTS = new RegExp(`(${MFA.source})|${OTHER_FACTOR.source}`, 'g');

/** Said of MFA, each of these means that it was not proven at this sign-in. */
const PROVES_NOTHING =
  /\bnot\b|n't\b|\bnever\b|\bno\b|\bwithout\b|\bfail|\bden(?:y|ied)\b|\bdeclin|\breject|\bunable\b|\bunsuccess|\bincomplete\b|\bpartial|\bpending\b|\bin progress\b|\binterrupt|\babort|\bcancel|\btimed? ?out\b|\b(?:to|must|should|could|will|would|can|may|needs?) be\b|\buntil\b|\bif\b|\bskipp|\bbypass|\bexempt|\bremember|\bexpir|\brequired\b|\brequires\b|\bprompt|\bregist|\benrol|\btrusted (?:device|location|ip)|\bapp password\b/;
const DENIES = /\bnot?\b|n't\b|\bnever\b|\bwithout\b|\bfail|\bunable\b/;
/** What takes a completion back that was said before it. */
const TAKES_BACK =
  /\bunsuccess|\bfail|\bden(?:y|ied)\b|\bdeclin|\breject|\bskipp|\bbypass|\bexempt|\bexpired\b/;
const AT_A_PROVIDER =
  /\bfederat|\bexternal (?:identity )?(?:provider|authentication)|\bthird-? ?party\b/;
const BY_A_CLAIM = /\bclaim/;
const BY_STRONG_AUTHENTICATION = /\bstrong authentication\b/;
const SATISFIED = /\bsatisf/;
const DONE = /\bcompleted\b|\bsucceeded\b|\bsuccess(?:ful)?\b|\bpassed\b|\bsatisf/;

/** Entra writes few different texts; no more than these are remembered. */
const MAX_REMEMBERED = 500;
export const MAX_TEXT = 1000;

/** Works something out once for each text. */
function remembered<Value>(workOut: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const same = known.get(text);
    if (same !== undefined) return same;
    const value = workOut(text);
    if (known.size < MAX_REMEMBERED && text.length <= MAX_TEXT) known.set(text, value);
    return value;
  };
}

/**
 * How far a text proves MFA, by its kind of wording: subject before verb, so that neither a new name of a product nor
 * a new ending turns it round. A text about MFA of an unknown kind proves nothing.
 */
function rankOfText(value: unknown): number {
  if (typeof value !== 'string') return isThere(value) ? RANK.unsaid : RANK.nothing;
  return value === '' ? RANK.nothing : rankOf(value);
}

const rankOf = remembered((text) => judgeText(text.slice(0, MAX_TEXT).toLowerCase()));

/** The best of what the text says of MFA: from each place where MFA is its subject to the next one where it is not. */
function judgeText(text: string): number {
  let best: number = RANK.nothing;
  let from = -1;
  let isMfa = false;
  const end = (to?: number) => {
    if (isMfa) best = Math.max(best, judgePart(text.slice(from, to)));
  };
  for (const subject of text.matchAll(SUBJECTS)) {
    const isNowMfa = subject[1] !== undefined;
    if (from !== -1 && isNowMfa === isMfa) continue;
    // Verbs follow their subject, but what comes before the first one may deny it: "no MFA completed".
    if (from === -1 && isNowMfa && DENIES.test(text.slice(0, subject.index))) return RANK.unsaid;
    end(subject.index);
    [from, isMfa] = [subject.index, isNowMfa];
  }
  end();
  return best;
}

/** Judges a text about MFA alone. */
function judgePart(text: string): number {
  const doneAt = text.search(DONE);
  if (doneAt === -1) return RANK.unsaid;
  if (SATISFIED.test(text)) {
    if (PROVES_NOTHING.test(text)) return RANK.unsaid;
    if (AT_A_PROVIDER.test(text)) return RANK.elsewhere;
    if (BY_A_CLAIM.test(text)) return RANK.claim;
    return BY_STRONG_AUTHENTICATION.test(text) ? RANK.here : RANK.unsaid;
  }
  // Where it was completed, and on what device, changes nothing; whether it was does.
  if (PROVES_NOTHING.test(text.slice(0, doneAt)) || TAKES_BACK.test(text.slice(doneAt))) {
    return RANK.unsaid;
  }
  if (AT_A_PROVIDER.test(text)) return RANK.elsewhere;
  return BY_A_CLAIM.test(text) ? RANK.claim : RANK.here;
}

/** First factors that are two factors by themselves, by the name of the step's method. */
const STRONG_METHOD = /passkey|fido|passwordless|phone sign-?in/i;
/** The same, and the registration report does not count them. */
const UNCOUNTED_METHOD = /hello for business|platform credential|secure enclave/i;
const CERTIFICATE_METHOD = /x\.? ?509|certificate/i;
const CERTIFICATE_LEVEL = /certificate authentication level/i;

/**
 * All of the above, for the query that judges the same sign-ins in a workspace. Those without a flag are for texts in
 * lower case. Look-around has no place in them: the engine there is RE2.
 */
export const WORDINGS = {
  mfa: MFA,
  otherFactor: OTHER_FACTOR,
  provesNothing: PROVES_NOTHING,
  denies: DENIES,
  takesBack: TAKES_BACK,
  atProvider: AT_A_PROVIDER,
  byClaim: BY_A_CLAIM,
  byStrong: BY_STRONG_AUTHENTICATION,
  satisfied: SATISFIED,
  done: DONE,
  strongMethod: STRONG_METHOD,
  uncountedMethod: UNCOUNTED_METHOD,
  certificateMethod: CERTIFICATE_METHOD,
  certificateLevel: CERTIFICATE_LEVEL,
} as const;

const strengthOf = remembered((method): 'counted' | 'uncounted' | 'certificate' | 'none' => {
  if (method.length > MAX_TEXT) return 'none';
  if (UNCOUNTED_METHOD.test(method)) return 'uncounted';
  if (STRONG_METHOD.test(method)) return 'counted';
  return CERTIFICATE_METHOD.test(method) ? 'certificate' : 'none';
});

function rankOfMethod(
  value: unknown,
  { authenticationProcessingDetails }: MfaProperties,
): 'counted' | 'uncounted' | undefined {
  const strength = typeof value === 'string' ? strengthOf(value) : 'none';
  if (strength === 'none') return undefined;
  if (strength !== 'certificate') return strength;
  return isMultiFactorCertificate(authenticationProcessingDetails) ? 'uncounted' : undefined;
}

/** The tenant binds certificates to one factor or to two; the row says which under this key. */
function isMultiFactorCertificate(details: unknown): boolean {
  if (!Array.isArray(details)) return false;
  return details.slice(0, MAX_STEPS).some((detail: unknown) => {
    const { key, value } = recordOf(detail);
    return (
      typeof key === 'string' &&
      CERTIFICATE_LEVEL.test(key.slice(0, MAX_TEXT)) &&
      isMultiFactor(value)
    );
  });
}
