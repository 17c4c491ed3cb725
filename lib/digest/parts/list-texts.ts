import type { EnforcedApplication } from '../../entra/applications.ts';
import { LINKS } from '../../entra/links.ts';
import type { Report } from '../../report/report.ts';
import type { Person } from '../../standings/person.ts';
import type { HitList } from '../../standings/standings.ts';
import { FILE_NAMES } from '../csv/file-names.ts';
import type { LinkedSentence, Tone } from '../view-context.ts';

interface ListWords {
  /** What is said of one and of more people, after their number. */
  readonly one: string;
  readonly many: string;
  readonly label: string;
  readonly tone: Tone;
  readonly fileName: string;
  /** What the reader must know of all of them, beside each one's next step. */
  readonly notes: (report: Report) => readonly LinkedSentence[];
}

/** How each list speaks. */
export const LIST_WORDS: Readonly<Record<HitList, ListWords>> = {
  stopped: {
    one: 'was stopped at MFA',
    many: 'were stopped at MFA',
    label: 'stopped at MFA',
    tone: 'blocked',
    fileName: FILE_NAMES.stopped,
    notes: ({ hits, isEnforced }) => [
      PASSWORD_HINT,
      ...(isEnforced ? askerSteps(hits.stopped) : []),
    ],
  },
  impact: {
    one: 'got in with one factor and cannot do MFA',
    many: 'got in with one factor and cannot do MFA',
    label: 'one factor, cannot do MFA',
    tone: 'blocked',
    fileName: FILE_NAMES.impact,
    notes: ({ hits, isEnforced }) =>
      isEnforced ? [...toolSteps(hits.impact), ...enforcementNotes(hits.impact)] : [NOT_ENFORCED],
  },
  missing: {
    one: 'has no MFA method',
    many: 'have no MFA method',
    label: 'no MFA method',
    tone: 'caution',
    fileName: FILE_NAMES.missing,
    notes: ({ isFree, isEnforced }) => [
      isEnforced ? WHO_REGISTERS_FIRST : NOT_ENFORCED,
      isFree ? SECURITY_DEFAULTS : READINESS,
    ],
  },
  'not-usable': {
    one: 'has a method registered that cannot be used',
    many: 'have methods registered that cannot be used',
    label: 'method not usable',
    tone: 'caution',
    fileName: FILE_NAMES.notCapable,
    notes: ({ hits }) =>
      hits['not-usable'].some(({ nextStep }) => nextStep === 'allow-method') ? [WHY_UNUSABLE] : [],
  },
  unknown: {
    one: 'could not be judged',
    many: 'could not be judged',
    label: 'could not be judged',
    tone: 'caution',
    fileName: FILE_NAMES.unknown,
    notes: ({ isPartial }) => (isPartial ? [MEND_FIRST] : []),
  },
};

const MEND_FIRST: LinkedSentence = {
  text: 'Mend first what the box at the top names: it may clear most of them.',
  links: [],
};

const WHY_UNUSABLE: LinkedSentence = {
  text: 'Policy may not allow the method, or an administrator demanded to register again.',
  links: [],
};

const PASSWORD_HINT: LinkedSentence = {
  text: 'Whoever knows the password can be the one who was stopped: treat attempts that somebody knows nothing of as an attack.',
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
  any: 'Portals ask for MFA at sign-in since October 2024: who got in with one factor was not asked, by an exemption of Microsoft’s support or in a way not known here.',
  'sign-in':
    'The Microsoft 365 admin centre asks everybody since 9 February 2026: the same holds there.',
  'create, update, delete':
    'Azure tools ask at create, update and delete since October 2025; reads stay free, and a refused change stands in the Activity log alone.',
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
  // The page that says it is the same for all: once is enough.
  return [...operations].map((kind, place) => ({
    text: ENFORCED_AT[kind],
    links: place === operations.size - 1 ? [LINKS.mandatoryMfa] : [],
  }));
}

function toolSteps(people: readonly Person[]): readonly LinkedSentence[] {
  const usesTools = people.some(({ applications }) =>
    applications.some(({ application }) => TOOLS.has(application.name)),
  );
  return usesTools
    ? [
        {
          text: 'Azure CLI before 2.76 and Az PowerShell before 14.3 may fail instead of asking.',
          links: [],
        },
      ]
    : [];
}

const TOOLS: ReadonlySet<string> = new Set(['Azure CLI', 'Azure PowerShell']);
