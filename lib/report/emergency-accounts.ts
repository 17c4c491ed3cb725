import { getsInAnywhere, isUncounted } from '../entra/methods.ts';
import { GLOBAL_ADMINISTRATOR } from '../entra/privileged-roles.ts';
import type { EmergencyActivity } from '../sources/emergency-activity.ts';
import type { Role } from '../sources/rows.ts';
import { isKnown } from '../standings/facts.ts';
import type { Observations, Rules } from '../standings/facts.ts';
import type { Person } from '../standings/person.ts';
import { matcher } from '../standings/scope.ts';
import { DAY_MS } from '../utc-day.ts';
import { EMERGENCY_CHECKS } from './report.ts';
import type { EmergencyAccount, EmergencyCheck } from './report.ts';

type CheckState = EmergencyAccount['checks'][number]['state'];

/** "Validate every 90 days" (security-emergency-access, learn.microsoft.com, read 28 November 2026). */
const DRILL_DAYS = 90;
const DRILL_NOTICE_DAYS = 75;

/** Every configured emergency account and its checklist; one that does not exist is said, not dropped. */
export function checkEmergencyAccounts(
  observations: Observations,
  rules: Rules,
  people: readonly Person[],
): readonly EmergencyAccount[] {
  const emergency = people.filter(({ isEmergency }) => isEmergency);
  return rules.breakGlassAccounts.map((configured) => {
    const isNamed = matcher([configured]);
    const person = emergency.find(({ user }) => isNamed(user));
    if (person === undefined) return notFound(configured);
    return checkAccount(configured, person, observations, rules.now.getTime());
  });
}

function notFound(configured: string): EmergencyAccount {
  return {
    configured,
    state: 'not-found',
    checks: EMERGENCY_CHECKS.map((check) => ({
      check,
      state: check === 'found' ? 'no' : 'not-known',
    })),
    isDrillDue: false,
    sentence: SENTENCES.found.no,
  };
}

function checkAccount(
  configured: string,
  person: Person,
  observations: Observations,
  now: number,
): EmergencyAccount {
  const { user } = person;
  const activity = observations.emergencyActivity.find(({ userId }) => userId === user.id);
  const lastUsedAt = lastUse(person, activity);
  const roles = observations.rolesByPerson.get(user.id.toLowerCase()) ?? [];
  const areRolesWhole = isKnown(observations, 'roles') && observations.arePrivilegesWhole;
  const states: Readonly<Record<EmergencyCheck, CheckState>> = {
    found: 'yes',
    enabled: toState(user.accountEnabled),
    'cloud-only': toState(user.isCloudOnly),
    'initial-domain': toState(user.isOnInitialDomain),
    'global-administrator': checkRole(roles, areRolesWhole),
    'strong-method': checkMethod(person, activity, observations),
    drill: checkDrill(lastUsedAt, now, isKnown(observations, 'activity')),
  };
  const checks = EMERGENCY_CHECKS.map((check) => ({ check, state: states[check] }));
  const failed = checks.find(({ state }) => state === 'no');
  const open = checks.find(({ state }) => state === 'not-known');
  const isDrillDue =
    states.drill === 'yes' &&
    lastUsedAt !== undefined &&
    daysSince(lastUsedAt, now) >= DRILL_NOTICE_DAYS;
  return {
    configured,
    person,
    user,
    state: stateOf(failed?.check, open !== undefined),
    checks,
    lastUsedAt,
    isDrillDue,
    newsUnknownBecause: activity?.areSignInsWhole === true ? undefined : causeOf(activity),
    sentence: sentenceOf(failed?.check, open?.check, isDrillDue),
  };
}

function stateOf(failed: EmergencyCheck | undefined, isOpen: boolean): EmergencyAccount['state'] {
  if (failed === 'enabled') return 'disabled';
  if (failed !== undefined) return 'gap';
  return isOpen ? 'not-known' : 'ready';
}

function toState(value: boolean | undefined): CheckState {
  if (value === undefined) return 'not-known';
  return value ? 'yes' : 'no';
}

function checkRole(roles: readonly Role[], areRolesWhole: boolean): CheckState {
  if (roles.some(({ templateId }) => templateId === GLOBAL_ADMINISTRATOR)) return 'yes';
  return areRolesWhole ? 'no' : 'not-known';
}

function causeOf(activity: EmergencyActivity | undefined): string {
  return activity?.cause?.because ?? 'there were more sign-ins than are read in one run';
}

/** Of the methods themselves, those that get in anywhere: a passkey in a key, a phone or a password manager. */
const LIVE_PASSKEY = /^(?:fido2|passkey)/i;

/**
 * The list of methods is of now and has no certificates; the registration report has them and is up to 36 hours late.
 * A certificate shows by its use as well.
 */
function checkMethod(
  { user, registration }: Person,
  activity: EmergencyActivity | undefined,
  observations: Observations,
): CheckState {
  const { people, use } = observations;
  const live = activity?.methods ?? [];
  if (live.some(({ kind }) => LIVE_PASSKEY.test(kind))) return 'yes';
  const methods = registration?.methodsRegistered;
  const isCertificate = methods?.includes('certificateBasedAuthentication') === true;
  if (isCertificate || (live.length === 0 && methods?.some(getsInAnywhere) === true)) return 'yes';
  const uses = use.of(people.find(user.id) ?? -1);
  const isCertificateSeen = uses.some(({ hereUncounted }) => hereUncounted > 0);
  if (isCertificateSeen) {
    // Windows Hello and the like are seen in the same way.
    const mayBeDevice = methods === undefined || methods.some(isUncounted);
    return mayBeDevice ? 'not-known' : 'yes';
  }
  return methods === undefined && live.length === 0 ? 'not-known' : 'no';
}

function checkDrill(
  lastUsedAt: string | undefined,
  now: number,
  isActivityKnown: boolean,
): CheckState {
  if (lastUsedAt !== undefined && daysSince(lastUsedAt, now) <= DRILL_DAYS) return 'yes';
  return isActivityKnown ? 'no' : 'not-known';
}

/** The last successful sign-in anywhere, ISO. */
function lastUse(
  { user, lastUseAt }: Person,
  activity: EmergencyActivity | undefined,
): string | undefined {
  const instants = [
    Date.parse(lastUseAt ?? ''),
    Date.parse(user.lastSuccessfulSignInAt ?? ''),
    activity?.lastSuccessAt ?? Number.NaN,
  ].filter((at) => !Number.isNaN(at));
  return instants.length === 0 ? undefined : new Date(Math.max(...instants)).toISOString();
}

function daysSince(instant: string, now: number): number {
  return (now - Date.parse(instant)) / DAY_MS;
}

type CheckSentences = Readonly<Record<'no' | 'not-known', string>>;

const SENTENCES: Readonly<Record<EmergencyCheck, CheckSentences>> = {
  found: {
    no: 'No account of the tenant has this name or id. Correct BREAK_GLASS_ACCOUNTS, or create it again.',
    'not-known': 'Whether the account exists is not known.',
  },
  enabled: {
    no: 'Cannot be used in an emergency. Enable it, or take it off the list.',
    'not-known': 'Whether the account is enabled is not known.',
  },
  'cloud-only': {
    no: 'Is synchronised from on premises, and would fail with it. Replace it by a cloud-only account.',
    'not-known': 'Whether the account is cloud-only is not known.',
  },
  'initial-domain': {
    no: 'Is not on the initial onmicrosoft.com domain, and would fail with another one. Give it a name there.',
    'not-known': 'Whether the account is on the initial domain is not known.',
  },
  'global-administrator': {
    no: 'Does not hold Global Administrator now. Assign the role permanently.',
    'not-known':
      'Whether the account holds Global Administrator is not known, because roles could not be read in full.',
  },
  'strong-method': {
    no: 'Has no passkey or certificate that gets in anywhere, so MFA would stop it. Register a passkey (FIDO2) now.',
    'not-known':
      'Is not known to have a passkey or certificate. Register a passkey (FIDO2), and test the account.',
  },
  drill: {
    no: `Was not used within ${DRILL_DAYS} days, so nobody knows whether it gets in. Sign in with it once.`,
    'not-known': `Whether it was used within ${DRILL_DAYS} days is not known. Sign in with it once.`,
  },
};

function sentenceOf(
  failed: EmergencyCheck | undefined,
  open: EmergencyCheck | undefined,
  isDrillDue: boolean,
): string {
  if (failed !== undefined) return SENTENCES[failed].no;
  if (open !== undefined) return SENTENCES[open]['not-known'];
  return isDrillDue
    ? `Everything holds. The next drill is due: it was last used more than ${DRILL_NOTICE_DAYS} days ago.`
    : 'Everything holds.';
}
