import { signInsPath } from './tenant-client.ts';
import type { Row, TenantClient } from './tenant-client.ts';

const PORTALS = [
  'c44b4083-3bb0-49c1-b47d-974e53cbdf3c',
  '618dd325-23f6-4b6f-8380-4df78026e39b',
  '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
  '1950a258-227b-4e31-a9cf-717495945fc2',
  '0c1307d4-29d6-4389-a11c-5cbe7f65d7fa',
];
const AZURE = '797f4846-ba00-4fd7-ba43-dac1f8f63013';
const ENFORCED = [...PORTALS.map((id) => `appId eq '${id}'`), `resourceId eq '${AZURE}'`].join(
  ' or ',
);

/** Codes that say that MFA was wanted; 50158 only with more beside it. */
const WANTED = [
  50072, 50074, 50076, 50078, 50079, 50087, 50088, 53004, 53007, 53010, 54008, 90071, 500121,
  500881, 500882,
];
const CHALLENGE = 50158;
const STOPPED_DAYS = 14;
const DAY_MS = 86_400_000;

/** What a success says of MFA: by which means it was done, or that it was not, or neither. */
type Say = 'here' | 'device' | 'elsewhere' | 'claim' | 'one factor' | 'nothing';
const MFA: readonly Say[] = ['here', 'device', 'elsewhere', 'claim'];

interface SignIn {
  readonly at: number;
  readonly application: unknown;
  readonly isRefused: boolean;
  readonly isAtScreen: boolean;
  readonly isPasswordFlow: boolean;
  readonly say: Say;
}

interface StepRow {
  readonly succeeded: boolean;
  readonly authenticationMethod: string;
  readonly authenticationStepResultDetail: string | null;
}

/** The rules, spelled out once more over what a tenant serves, without the product's code. */
export async function standingsIn(
  { tenant, rows }: TenantClient,
  now: Date,
): Promise<ReadonlyMap<unknown, string>> {
  const users = await rows(
    '/v1.0/users?$top=500&$select=id,userPrincipalName,accountEnabled,createdDateTime,identities,signInActivity',
  );
  const report = await rows('/beta/reports/authenticationMethods/userRegistrationDetails');
  const registrations = new Map(report.map((row) => [row['id'], row]));
  const signIns = new Map<unknown, SignIn[]>();
  for (const kind of ['interactiveUser', 'nonInteractiveUser'] as const) {
    for (const row of await rows(signInsPath(kind, ENFORCED))) {
      const own = signIns.get(row['userId']) ?? [];
      signIns.set(row['userId'], own);
      const signIn = readSignIn(row, tenant.tenantId);
      if (signIn !== undefined) own.push(signIn);
    }
  }
  const roles = await rows('/v1.0/directoryRoles');
  const synchronising = roles.filter(({ displayName }) => /sync/i.test(String(displayName)));
  const members = await Promise.all(
    synchronising.map(({ id }) => rows(`/v1.0/directoryRoles/${String(id)}/members?$select=id`)),
  );
  const syncIds = new Set(members.flat().map(({ id }) => id));
  const emergency = tenant.settings['BREAK_GLASS_ACCOUNTS']?.split(';') ?? [];

  return new Map(
    users.map((user) => {
      const name = String(user['userPrincipalName']);
      const isJudged =
        user['accountEnabled'] === true &&
        !syncIds.has(user['id']) &&
        user['@odata.type'] === undefined &&
        !/^(?:healthmailbox|package_)/i.test(name);
      if (!emergency.includes(name) && !isJudged) return [user['id'], 'out-of-scope'] as const;
      const own = signIns.get(user['id']) ?? [];
      const found = standingOf(user, registrations.get(user['id']), own, now);
      // A disabled account cannot be locked out.
      const isHit = !['covered', 'single-factor', 'satisfied-elsewhere', 'external'].includes(
        found,
      );
      return [user['id'], user['accountEnabled'] !== true && isHit ? 'dormant' : found] as const;
    }),
  );
}

function readSignIn(row: Row, tenantId: string): SignIn | undefined {
  const { errorCode } = row['status'] as { readonly errorCode: number };
  const asked = row['authenticationRequirementPolicies'] as readonly unknown[];
  const isMulti = row['authenticationRequirement'] === 'multiFactorAuthentication';
  const isWanted =
    WANTED.includes(errorCode) || (errorCode === CHALLENGE && (isMulti || asked.length > 0));
  if (errorCode !== 0 && !isWanted) return undefined;
  return {
    at: Date.parse(String(row['createdDateTime'])),
    application: PORTALS.includes(String(row['appId'])) ? row['appId'] : AZURE,
    isRefused: errorCode !== 0,
    isAtScreen: row['isInteractive'] === true,
    isPasswordFlow: row['authenticationProtocol'] === 'ropc',
    say: errorCode === 0 ? sayOf(row, row['homeTenantId'] !== tenantId) : 'nothing',
  };
}

function sayOf(row: Row, isFromElsewhere: boolean): Say {
  const { additionalDetails } = row['status'] as { readonly additionalDetails: string | null };
  const steps = (row['authenticationDetails'] as readonly StepRow[]).filter(
    (step) => step.succeeded,
  );
  const texts = [additionalDetails, ...steps.map((step) => step.authenticationStepResultDetail)];
  const words = texts.filter((text) => text !== null && /\bMFA\b/.test(text)).join(' / ');
  const methods = steps.map((step) => step.authenticationMethod).join(' / ');
  const processing = JSON.stringify(row['authenticationProcessingDetails']);
  const hasCertificate = /certificate/i.test(methods) && processing.includes('multiFactor');
  if (/windows hello/i.test(methods) || hasCertificate) return 'device';
  if (/passkey|fido2|passwordless/i.test(methods) || /MFA (?:successfully )?completed/.test(words))
    return 'here';
  if (words.includes('external provider')) return 'elsewhere';
  if (words.includes('claim in the token')) return isFromElsewhere ? 'elsewhere' : 'claim';
  if (words !== '') return 'nothing';
  switch (row['authenticationRequirement']) {
    case 'multiFactorAuthentication':
      return isFromElsewhere ? 'elsewhere' : 'claim';
    case 'singleFactorAuthentication':
      return 'one factor';
    default:
      return 'nothing';
  }
}

function standingOf(
  user: Row,
  row: Row | undefined,
  signIns: readonly SignIn[],
  now: Date,
): string {
  const successes = signIns.filter(({ isRefused }) => !isRefused);
  const isCapable = row?.['isMfaCapable'] === true;
  if (isStopped(signIns, isCapable, now)) return 'stopped';
  const possible = mfaAnswers(successes, row).map((mfaSeen) => afterRefusals(mfaSeen));
  const [one = '', other = one] = possible;
  if (one === other) return one;
  // Neither way a hit: the least that is certain.
  return isCapable ? 'covered' : 'unknown';

  function afterRefusals(mfaSeen: boolean): string {
    const activity = user['signInActivity'] as Row | undefined;
    const lastAt = Date.parse(String(activity?.['lastSuccessfulSignInDateTime']));
    const isActive = now.getTime() - lastAt < 90 * DAY_MS;
    const isUsed = successes.length > 0;
    if (isUsed && mfaSeen) return isCapable ? 'covered' : 'satisfied-elsewhere';
    if (isCapable) return isUsed ? 'single-factor' : 'covered';
    if (isUsed) return row === undefined ? 'unknown' : 'impact';
    if (!isActive) return 'dormant';
    if (comesFromElsewhere(user)) return 'external';
    if (row === undefined) {
      const isNew = now.getTime() - Date.parse(String(user['createdDateTime'])) < 2 * DAY_MS;
      return isNew ? 'new' : 'unknown';
    }
    const methods = row['methodsRegistered'] as readonly string[];
    const isAtOneDevice = methods.some((method) => /windowsHello|macOsSecure/.test(method));
    return row['isMfaRegistered'] === true || isAtOneDevice ? 'not-usable' : 'missing';
  }
}

/** Whether MFA was seen: yes, no, or either. */
function mfaAnswers(successes: readonly SignIn[], row: Row | undefined): readonly boolean[] {
  const refreshedAt = Date.parse(String(row?.['lastUpdatedDateTime']));
  const here = successes.filter(({ say }) => say === 'here');
  const isGone = row?.['isMfaCapable'] === false && here.some(({ at }) => at < refreshedAt);
  const seen = successes.filter(({ say, at }) => {
    if (say === 'here') return !isGone || at >= refreshedAt;
    return say === 'claim' ? !isGone : MFA.includes(say);
  });
  if (seen.length > 0) return [true];
  const isSaid = isGone || successes.some(({ say }) => say === 'one factor');
  return isSaid || successes.length === 0 ? [false] : [true, false];
}

function isStopped(signIns: readonly SignIn[], isCapable: boolean, now: Date): boolean {
  const open = signIns.filter(
    (refusal) =>
      refusal.isRefused &&
      !signIns.some(
        (later) =>
          !later.isRefused &&
          later.at >= refusal.at &&
          (MFA.includes(later.say) || later.application === refusal.application),
      ),
  );
  const today = Math.floor(now.getTime() / DAY_MS);
  const dayOf = ({ at }: SignIn) => Math.floor(at / DAY_MS);
  if (!open.some((refusal) => dayOf(refusal) >= today - STOPPED_DAYS)) return false;
  if (!isCapable) return true;
  const atScreen = open.filter(({ isAtScreen }) => isAtScreen);
  return (
    open.some(({ isPasswordFlow }) => isPasswordFlow) ||
    atScreen.length >= 5 ||
    new Set(atScreen.map(dayOf)).size >= 2
  );
}

function comesFromElsewhere(user: Row): boolean {
  const identities = user['identities'] as readonly { readonly signInType: string }[];
  return (
    String(user['userPrincipalName']).includes('#EXT#') ||
    identities.some(({ signInType }) => signInType === 'federated')
  );
}
