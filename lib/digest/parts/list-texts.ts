import type { EnforcedApplication } from '../../entra/applications.ts';
import type { Asker } from '../../entra/askers.ts';
import { LINKS } from '../../entra/links.ts';
import type { RefusalStage } from '../../entra/refusals.ts';
import type { Report } from '../../report/report.ts';
import type { NextStep, Person, UnknownGroup } from '../../standings/person.ts';
import type { HitList } from '../../standings/standings.ts';
import { FILE_NAMES } from '../csv/csv-files.ts';
import type { LinkedSentence, Tone } from '../view-context.ts';

interface ListWords {
  /** What is said of one and of more people, after their number. */
  readonly one: string;
  readonly many: string;
  readonly label: string;
  readonly tone: Tone;
  readonly fileName: string;
  readonly whatToDo: (report: Report) => readonly LinkedSentence[];
}

/** How each list speaks. */
export const LIST_WORDS: Readonly<Record<HitList, ListWords>> = {
  stopped: {
    one: 'was stopped at MFA',
    many: 'were stopped at MFA',
    label: 'stopped at MFA',
    tone: 'blocked',
    fileName: FILE_NAMES.stopped,
    whatToDo: ({ hits, isEnforced }) => [
      ...stepsFor(hits.stopped),
      ...(isEnforced ? askerSteps(hits.stopped) : []),
      PASSWORD_HINT,
    ],
  },
  impact: {
    one: 'got in with one factor and cannot do MFA',
    many: 'got in with one factor and cannot do MFA',
    label: 'one factor, cannot do MFA',
    tone: 'blocked',
    fileName: FILE_NAMES.impact,
    whatToDo: ({ hits, isEnforced }) => [
      ...stepsFor(hits.impact),
      ...(isEnforced ? enforcementNotes(hits.impact) : [NOT_ENFORCED]),
      ...toolSteps(hits.impact),
    ],
  },
  missing: {
    one: 'has no MFA method',
    many: 'have no MFA method',
    label: 'no MFA method',
    tone: 'caution',
    fileName: FILE_NAMES.missing,
    whatToDo: ({ hits, isFree }) => [
      ...stepsFor(hits.missing),
      WHO_REGISTERS_FIRST,
      isFree ? SECURITY_DEFAULTS : READINESS,
    ],
  },
  'not-usable': {
    one: 'has a method registered that cannot be used',
    many: 'have methods registered that cannot be used',
    label: 'method not usable',
    tone: 'caution',
    fileName: FILE_NAMES.notCapable,
    whatToDo: ({ hits }) => stepsFor(hits['not-usable']),
  },
  unknown: {
    one: 'could not be judged',
    many: 'could not be judged',
    label: 'could not be judged',
    tone: 'caution',
    fileName: FILE_NAMES.unknown,
    whatToDo: ({ hits, isPartial }) =>
      isPartial
        ? [
            {
              text: 'Mend first what the box at the top names: it may clear most of them.',
              links: [],
            },
          ]
        : stepsFor(hits.unknown),
  },
};

/** What to do about somebody: as a verb, in a sentence, and where it says how. */
export interface StepWords extends LinkedSentence {
  readonly verb: string;
}

export const NEXT_STEPS: Readonly<Record<NextStep, StepWords>> = {
  'send-pass': {
    verb: 'Give a Temporary Access Pass',
    text: 'Give a Temporary Access Pass, and have a passkey or Microsoft Authenticator registered with it.',
    links: [LINKS.temporaryAccessPass, LINKS.register],
  },
  'registration-restricted': {
    verb: 'Allow the registration',
    text: 'Registration is refused from where they are, or for risk: look at the policy for security information and at the risk, then give a Temporary Access Pass.',
    links: [LINKS.temporaryAccessPass],
  },
  'look-at-methods': {
    verb: 'Look at the methods',
    text: 'Look at the methods with them: a lost phone or a new one is the usual cause. Reset what does not work.',
    links: [LINKS.register],
  },
  'other-method': {
    verb: 'Register another method',
    text: 'Codes by phone did not get through: have a passkey or Microsoft Authenticator registered.',
    links: [LINKS.temporaryAccessPass, LINKS.passkeys],
  },
  'cross-tenant-trust': {
    verb: 'Trust the MFA of the home tenant',
    text: 'MFA of the home tenant is not accepted here: trust it in the cross-tenant access settings.',
    links: [LINKS.crossTenantAccess],
  },
  'home-tenant-mfa': {
    verb: 'Have MFA done at home',
    text: 'External people do MFA at home: ask the home tenant for it, and trust it in the cross-tenant access settings.',
    links: [LINKS.guests],
  },
  'move-script': {
    verb: 'Move the script',
    text: 'Move scripts off people’s accounts: in Azure to a managed identity, in a pipeline to workload identity federation, elsewhere to a service principal with a certificate.',
    links: [LINKS.managedIdentities, LINKS.federation],
  },
  'allow-method': {
    verb: 'Make the method usable',
    text: 'See why the method cannot be used: allow it in the policy, or have it registered again where an administrator demanded that.',
    links: [LINKS.methodsPolicy, LINKS.register],
  },
  'register-passkey': {
    verb: 'Register a passkey',
    text: 'Have a passkey registered that works at every device.',
    links: [LINKS.passkeys],
  },
  'check-row': {
    verb: 'Open the methods',
    text: 'Open the authentication methods, and see whether one is registered.',
    links: [],
  },
  'wait-for-report': {
    verb: 'Wait for the report',
    text: 'Nothing: a method was registered or used, and Entra’s report is up to 36 hours late.',
    links: [],
  },
  none: { verb: '', text: '', links: [] },
};

/** The steps that somebody of a list needs, each once, as often needed first. */
function stepsFor(people: readonly Person[]): readonly LinkedSentence[] {
  const counts = new Map<NextStep, number>();
  for (const { nextStep } of people) counts.set(nextStep, (counts.get(nextStep) ?? 0) + 1);
  return [...counts]
    .filter(([step]) => step !== 'none')
    .toSorted(([, a], [, b]) => b - a)
    .map(([step]) => ({ text: NEXT_STEPS[step].text, links: NEXT_STEPS[step].links }));
}

const PASSWORD_HINT: LinkedSentence = {
  text: 'Whoever knows the password can be the one who was stopped: where somebody does not know of the attempts, treat them as an attack.',
  links: [],
};

const WHO_REGISTERS_FIRST: LinkedSentence = {
  text: 'Microsoft prompts them to set one up, and whoever holds the password registers first.',
  links: [],
};

const READINESS: LinkedSentence = {
  text: 'Require MFA by two policies, for the admin portals and for Azure management, so that nobody gets this far again.',
  links: [LINKS.readiness],
};

/** What costs nothing where there is no Entra ID P1. */
export const SECURITY_DEFAULTS: LinkedSentence = {
  text: 'Security defaults require everybody to register MFA, and cost nothing.',
  links: [LINKS.securityDefaults],
};

/** How a refusal came about, after "last". */
export const STAGE_WORDS: Readonly<Record<RefusalStage, string>> = {
  enrol: 'asked to register a method',
  'cannot-enrol': 'registration refused',
  'not-passed': 'did not pass',
  expired: 'asked for a new proof',
  'not-trusted': 'MFA of the home tenant not accepted',
};

/** What is known of people who could not be judged, after their number. */
export const UNKNOWN_WORDS: Readonly<Record<UnknownGroup, string>> = {
  refused: 'refused at MFA; whether they got in since is not known',
  'used-without-method':
    'without a usable method who got in; whether MFA was done elsewhere is not known',
  'used-without-row': 'without a row in the registration report who got in with one factor',
  'no-method': 'without a usable method; use not known',
  'no-row': 'without a row in the registration report',
  'registration-not-known': 'whose registration is not known',
};

/** Who asked for MFA, as the subject of a sentence. */
export const ASKER_WORDS: Readonly<Record<Asker, string>> = {
  application: 'the application (Microsoft’s own requirement)',
  policy: 'a policy of yours',
  'security-defaults': 'security defaults',
  'per-user': 'per-user MFA',
};

/** What those who asked leave to be done; nothing where it is not said. */
function askerSteps(people: readonly Person[]): readonly LinkedSentence[] {
  const isOnlyApplication = ({ stopped }: Person) =>
    stopped?.askers.length === 1 && stopped.askers[0] === 'application';
  return people.some(isOnlyApplication)
    ? [
        {
          text: 'Where the application asked, it is Microsoft’s own requirement: no policy of yours lifts it, and an exclusion from Conditional Access does not help, emergency accounts included.',
          links: [LINKS.mandatoryMfa],
        },
      ]
    : [];
}

/** What a success with one factor means at each kind of application. */
export const ENFORCED_AT: Readonly<Record<EnforcedApplication['enforcedOperations'], string>> = {
  any: 'At the portals MFA is asked for at sign-in: who got in with one factor was not asked, by an exemption of Microsoft’s support or in a way that is not known here.',
  'sign-in':
    'At the Microsoft 365 admin centre nobody signs in without MFA since 9 February 2026: who got in with one factor was not asked, by an exemption of Microsoft’s support or in a way that is not known here.',
  'create, update, delete':
    'Azure tools ask for MFA at create, update and delete, and reads stay free: a refused change is no sign-in, and stands in the Activity log alone.',
};

/** In national clouds. */
export const NOT_ENFORCED: LinkedSentence = {
  text: 'Microsoft does not enforce MFA in this cloud: these people are told because of what they could do, not because anything stops them.',
  links: [],
};

function enforcementNotes(people: readonly Person[]): readonly LinkedSentence[] {
  const operations = new Set(
    people.flatMap(({ applications }) =>
      applications
        .filter(({ successes }) => successes > 0)
        .map(({ application }) => application.enforcedOperations),
    ),
  );
  return [...operations].map((kind) => ({ text: ENFORCED_AT[kind], links: [LINKS.mandatoryMfa] }));
}

function toolSteps(people: readonly Person[]): readonly LinkedSentence[] {
  const usesTools = people.some(({ applications }) =>
    applications.some(({ application }) => TOOLS.has(application.name)),
  );
  return usesTools
    ? [
        {
          text: 'Update Azure CLI to 2.76 and Az PowerShell to 14.3, or later: older ones may fail where MFA is asked for.',
          links: [LINKS.mandatoryMfa],
        },
      ]
    : [];
}

const TOOLS: ReadonlySet<string> = new Set(['Azure CLI', 'Azure PowerShell']);
