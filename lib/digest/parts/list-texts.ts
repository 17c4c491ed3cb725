import type { Report } from '../../report/report.ts';
import type { Person } from '../../standings/person.ts';
import type { HitList } from '../../standings/standings.ts';
import { FILE_NAMES } from '../csv/csv-files.ts';
import type { Link, LinkedSentence, Tone } from '../view-context.ts';

const LEARN = 'https://learn.microsoft.com/entra';

/** Microsoft's pages, and the one where people register. */
export const LINKS = {
  mandatoryMfa: {
    label: 'Mandatory MFA',
    href: `${LEARN}/identity/authentication/concept-mandatory-multifactor-authentication`,
  },
  register: { label: 'Register a method', href: 'https://aka.ms/mysecurityinfo' },
  temporaryAccessPass: {
    label: 'Temporary Access Pass',
    href: `${LEARN}/identity/authentication/howto-authentication-temporary-access-pass`,
  },
  managedIdentities: {
    label: 'Managed identities',
    href: `${LEARN}/identity/managed-identities-azure-resources/overview`,
  },
  conditionalAccess: {
    label: 'Conditional Access template',
    href: `${LEARN}/identity/conditional-access/policy-old-require-mfa-admin-portals`,
  },
  methodsPolicy: {
    label: 'Authentication methods policy',
    href: `${LEARN}/identity/authentication/concept-authentication-methods-manage`,
  },
  guests: {
    label: 'MFA for guests',
    href: `${LEARN}/external-id/authentication-conditional-access`,
  },
  emergencyAccess: {
    label: 'Emergency accounts',
    href: `${LEARN}/identity/role-based-access-control/security-emergency-access`,
  },
} as const satisfies Record<string, Link>;

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
  impact: {
    one: 'is blocked until they can pass MFA',
    many: 'are blocked until they can pass MFA',
    label: 'blocked',
    tone: 'blocked',
    fileName: FILE_NAMES.impact,
    whatToDo: ({ hits }) => [
      REGISTER_WITH_PASS,
      ...guestSteps(hits.impact),
      ...automationSteps(hits.impact),
    ],
  },
  missing: {
    one: 'has no MFA method and will be stopped at the first portal',
    many: 'have no MFA method and will be stopped at the first portal',
    label: 'no MFA method',
    tone: 'caution',
    fileName: FILE_NAMES.missing,
    whatToDo: ({ hits }) => [
      {
        text: 'Have them register a method before they need a portal.',
        links: [LINKS.register],
      },
      {
        text: 'Require MFA at the admin portals, so that nobody gets this far again.',
        links: [LINKS.conditionalAccess],
      },
      ...guestSteps(hits.missing),
    ],
  },
  'not-usable': {
    one: 'registered a method that your policy does not allow, and will be stopped too',
    many: 'registered methods that your policy does not allow, and will be stopped too',
    label: 'method not allowed',
    tone: 'caution',
    fileName: FILE_NAMES.notCapable,
    whatToDo: () => [
      {
        text: 'Allow the method, or have them register one that is allowed.',
        links: [LINKS.methodsPolicy, LINKS.register],
      },
    ],
  },
  unknown: {
    one: 'could not be judged and may be blocked',
    many: 'could not be judged and may be blocked',
    label: 'could not be judged',
    tone: 'caution',
    fileName: FILE_NAMES.unknown,
    whatToDo: ({ isPartial }) => [
      {
        text: isPartial
          ? 'Mend first what the box at the top names: it may clear most of them.'
          : 'Open the authentication methods of each, and see whether one is registered.',
        links: [],
      },
    ],
  },
};

const REGISTER_WITH_PASS: LinkedSentence = {
  text: 'Give them a Temporary Access Pass, and have them register a passkey or Microsoft Authenticator with it.',
  links: [LINKS.temporaryAccessPass, LINKS.register],
};

function guestSteps(people: readonly Person[]): readonly LinkedSentence[] {
  if (!people.some(({ isGuest }) => isGuest)) return [];
  return [
    {
      text: 'Guests do MFA at home: trust it in the cross-tenant access settings, or have them register here.',
      links: [LINKS.guests],
    },
  ];
}

function automationSteps(people: readonly Person[]): readonly LinkedSentence[] {
  const uses = people.flatMap(({ applications }) => applications);
  const usesTools = uses.some(({ application }) => TOOLS.has(application.name));
  return [
    ...(uses.some(({ isNonInteractive }) => isNonInteractive)
      ? [
          {
            text: 'Move scripts that sign in as a person to a managed identity.',
            links: [LINKS.managedIdentities],
          },
        ]
      : []),
    ...(usesTools
      ? [
          {
            text: 'Update Azure CLI to 2.76 and Az PowerShell to 14.3, or later: older ones may fail where MFA is asked for.',
            links: [LINKS.mandatoryMfa],
          },
        ]
      : []),
  ];
}

const TOOLS: ReadonlySet<string> = new Set(['Azure CLI', 'Azure PowerShell']);
