import { member, signsIn } from './fixture-user.ts';
import type { FixtureUser } from './fixture-user.ts';
import {
  ADMIN_CENTRE,
  AZURE_CLI,
  AZURE_MOBILE,
  AZURE_POWERSHELL,
  MICROSOFT_GRAPH,
  OFFICE_PORTAL,
  PORTAL,
  RESOURCE_MANAGER,
  TERRAFORM,
} from './sign-in.ts';

const PUSH = ['microsoftAuthenticatorPush', 'softwareOneTimePasscode'];
const background = { kind: 'nonInteractive' } as const;

/** People whom enforcement locks out, each by another application or another lack. */
export const FIXTURES_IMPACT: readonly FixtureUser[] = [
  // Impact
  member(
    'cli-impact',
    'Rafael Montoya',
    {
      methods: [],
      habits: [
        signsIn(AZURE_CLI, 'password'),
        signsIn(AZURE_CLI, 'refreshed', { ...background, minuteOfDay: 800 }),
      ],
    },
    'impact',
    'uses Azure CLI with one factor, and has no method',
  ),
  member(
    'portal-impact',
    'Saoirse Byrne',
    {
      methods: ['email'],
      habits: [signsIn(PORTAL, 'password', { everyDays: 2 })],
      roles: ['Global Administrator'],
    },
    'impact',
    'a Global Administrator in the portal; e-mail is for password reset only',
  ),
  member(
    'terraform-impact',
    'Tomasz Wiśniewski',
    { methods: [], habits: [signsIn(TERRAFORM, 'refreshed', { ...background, minuteOfDay: 130 })] },
    'impact',
    "a client of the tenant's own, found by its resource only",
  ),
  member(
    'admin-centre-impact',
    'Ursula Keller',
    {
      methods: ['securityQuestion'],
      habits: [signsIn(ADMIN_CENTRE, 'password', { everyDays: 7 })],
      roles: ['Privileged Role Administrator'],
    },
    'impact',
    'uses the Microsoft 365 admin centre with one factor',
  ),
  member(
    'office-portal',
    'Vikram Desai',
    { methods: [], habits: [signsIn(OFFICE_PORTAL, 'password', { everyDays: 9 })] },
    'missing',
    'uses the Microsoft 365 portal, which ordinary people meet: MFA is not enforced there',
  ),
  member(
    'background-impact',
    'Wanjiru Kamau',
    { methods: [], habits: [signsIn(AZURE_CLI, 'refreshed', { ...background, everyDays: 2 })] },
    'impact',
    'only ever signs in non-interactively',
  ),
  member(
    'powershell-by-group',
    'Xavier Leroy',
    { methods: [], habits: [signsIn(AZURE_POWERSHELL, 'password', { everyDays: 3 })] },
    'impact',
    'holds User Administrator through a group',
  ),
  member(
    'mobile-impact',
    'Ylva Sandström',
    {
      methods: ['appPassword'],
      habits: [signsIn(AZURE_MOBILE, 'password', { everyDays: 12 })],
      roles: ['Message Center Reader'],
    },
    'impact',
    'uses the Azure mobile app with one factor',
  ),
  member(
    'portal-on-resource-manager',
    'Zoltán Szabó',
    {
      methods: [],
      habits: [signsIn(PORTAL, 'password', { resource: RESOURCE_MANAGER, everyDays: 2 })],
    },
    'impact',
    "counts once, under the portal, though its resource is Resource Manager's",
  ),
  member(
    'cli-on-graph-impact',
    'Amara Nwosu',
    {
      methods: [],
      habits: [signsIn(AZURE_CLI, 'password', { resource: MICROSOFT_GRAPH, everyDays: 4 })],
    },
    'impact',
    'uses Azure CLI for another resource',
  ),
  member(
    'not-usable-impact',
    'Bartosz Zieliński',
    { methods: PUSH, capable: false, habits: [signsIn(PORTAL, 'password', { everyDays: 3 })] },
    'impact',
    'registered, not allowed, and uses the portal',
  ),
  member(
    'denied-impact',
    'Carmen Ibáñez',
    {
      methods: [],
      habits: [
        signsIn(AZURE_CLI, 'strongAuthenticationRequired', { minuteOfDay: 558 }),
        signsIn(AZURE_CLI, 'mfaDenied', { minuteOfDay: 559 }),
        signsIn(AZURE_CLI, 'password'),
      ],
    },
    'impact',
    'failures that asked for MFA are no MFA',
  ),
];
