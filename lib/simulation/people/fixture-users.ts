import { FIXTURES_COVERED } from './fixture-covered.ts';
import { FIXTURES_EDGES } from './fixture-edges.ts';
import { FIXTURES_EVIDENCE } from './fixture-evidence.ts';
import { FIXTURES_IMPACT } from './fixture-impact.ts';
import { FIXTURES_KINDS } from './fixture-kinds.ts';
import { member, signsIn } from './fixture-user.ts';
import type { FixtureUser } from './fixture-user.ts';
import { FIXTURES_MISSING } from './fixture-missing.ts';
import { FIXTURES_MOVING } from './fixture-moving.ts';
import { FIXTURES_STOPPED } from './fixture-stopped.ts';
import type { ExpectedStanding } from './person.ts';
import { AZURE_CLI, PORTAL } from './sign-in.ts';

const AWKWARD_NAMES: readonly (readonly [string, string, ExpectedStanding])[] = [
  ['awkward-quotes', `Siobhán "Shiv" O'Neill`, 'missing'],
  ['awkward-brackets', '<b>Bold</b> & </td> Sons', 'impact'],
  ['awkward-script', '<img src=x onerror=alert(1)>', 'impact'],
  ['awkward-command', "=cmd|'/c calc'!A0", 'missing'],
  ['awkward-plus', '+49 170 0000000', 'covered'],
  ['awkward-at', '@SUM(1)', 'covered'],
  ['awkward-minus', '-1+1', 'covered'],
  ['awkward-tab', '\t=1+1', 'covered'],
  ['awkward-newline', '\n=1+1', 'not-usable'],
  ['awkward-no-break-space', '\u00a0=1+1', 'covered'],
  ['awkward-zero-width', '\u200b=1+1', 'covered'],
  ['awkward-override', 'Anna \u202Efdp.exe', 'missing'],
  ['awkward-arabic', 'ليلى حداد', 'impact'],
  ['awkward-hebrew', 'נועה לוי', 'unknown'],
  ['awkward-emoji', 'Zoë 👩‍🚀 Park', 'missing'],
  ['awkward-header', 'Eve Marlow\r\nBcc: stranger@elsewhere.example', 'missing'],
  ['awkward-link', 'Reset at https://elsewhere.example/login now', 'missing'],
  ['awkward-address', 'billing@elsewhere.example', 'unknown'],
  ['awkward-long', 'Maximiliana Theodora '.repeat(10).slice(0, 200), 'missing'],
  ['awkward-empty', '', 'missing'],
  ['awkward-template', '{{constructor.name}} {{{html}}}', 'missing'],
  ['awkward-mjml', '<mj-raw>Mia Johansson</mj-raw>', 'not-usable'],
];

const PUSH = ['microsoftAuthenticatorPush'];

const TRAITS: Readonly<Partial<Record<ExpectedStanding, Partial<FixtureUser>>>> = {
  impact: { methods: [], habits: [signsIn(AZURE_CLI, 'password', { everyDays: 8 })] },
  missing: { methods: [] },
  'not-usable': { methods: PUSH, capable: false },
  covered: { methods: PUSH },
};

/** People whose names are hostile or merely unusual, spread over the lists so that each is written somewhere. */
const FIXTURES_AWKWARD: readonly FixtureUser[] = [
  ...AWKWARD_NAMES.map(([key, displayName, standing]) =>
    member(
      key,
      displayName,
      { ...TRAITS[standing], userPrincipalName: `${key}@contoso.example` },
      standing,
      'an awkward name',
    ),
  ),
  member(
    'awkward-nameless',
    'Nora Without-Upn',
    {
      userPrincipalName: null,
      methods: [],
      hasMailbox: false,
      habits: [signsIn(PORTAL, 'password', { everyDays: 11 })],
    },
    'impact',
    'has no user principal name',
  ),
];

/** People with the names that people have. */
const PLAUSIBLE: readonly FixtureUser[] = [
  ...FIXTURES_COVERED,
  ...FIXTURES_IMPACT,
  ...FIXTURES_MISSING,
  ...FIXTURES_EDGES,
  ...FIXTURES_STOPPED,
  ...FIXTURES_EVIDENCE,
  ...FIXTURES_KINDS,
  ...FIXTURES_MOVING,
];

/** The handmade people, as they are on the last day of the story, each with the standing that is right for them. */
export const FIXTURE_USERS: readonly FixtureUser[] = [...PLAUSIBLE, ...FIXTURES_AWKWARD];

/** Which of the handmade people are there. */
export type FixtureChoice = 'everybody' | 'plausible' | 'calm' | 'nobody';

/** What a calm day has beside people who can do MFA: an emergency account that nobody used, and the sender. */
const CALM_ACCOUNTS = ['emergency-passkey', 'mfa-report'];

/** The handmade people of a choice; of a calm day, those of whom nothing is to be said. */
export function fixturesOf(choice: FixtureChoice): readonly FixtureUser[] {
  switch (choice) {
    case 'everybody':
      return FIXTURE_USERS;
    case 'plausible':
      return PLAUSIBLE;
    case 'calm':
      return PLAUSIBLE.flatMap((each) => {
        if (CALM_ACCOUNTS.includes(each.key)) return [{ ...each, habits: [] }];
        return FIXTURES_COVERED.includes(each) && each.expected.standing === 'covered'
          ? [each]
          : [];
      });
    case 'nobody':
      return [];
  }
}

/** Sign-ins by people of other tenants, whose ids are in nobody's `/users`. */
export const NOT_IN_DIRECTORY = ['partner-technician', 'passing-guest'].map((key, index) => ({
  key,
  displayName: index === 0 ? 'Partner Technician' : 'Passing Guest',
  signInName: `${key}@partner.example`,
  habits: [signsIn(index === 0 ? PORTAL : AZURE_CLI, 'push', { everyDays: 2, minuteOfDay: 610 })],
}));

/** User principal names of the emergency accounts among people, for BREAK_GLASS_ACCOUNTS. */
export function emergencyAccountsOf(fixtures: readonly FixtureUser[]): readonly string[] {
  return fixtures
    .filter(({ emergency }) => emergency)
    .map(({ userPrincipalName }) => userPrincipalName ?? '');
}

export const EMERGENCY_ACCOUNTS: readonly string[] = emergencyAccountsOf(FIXTURE_USERS);

/** The shared mailbox that the digest is sent from. */
export const SENDER = 'mfa-report@contoso.example';
