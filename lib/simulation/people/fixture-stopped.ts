import { guestOf, member, signsIn } from './fixture-user.ts';
import type { FixtureUser } from './fixture-user.ts';
import { AZURE_CLI, PORTAL, TEAMS } from './sign-in.ts';

const PUSH = ['microsoftAuthenticatorPush', 'softwareOneTimePasscode'];
const background = { kind: 'nonInteractive' } as const;

/** On three days before the story, and not since: days -6, -4 and -2. */
const threeDays = { everyDays: 2, fromDay: -6, untilDay: -2 } as const;

/** People who are stopped at MFA, each at another stage, and those for whom a refusal is only noise. */
export const FIXTURES_STOPPED: readonly FixtureUser[] = [
  member(
    'stopped-administrator',
    'Alba Serrano',
    {
      methods: [],
      roles: ['Global Administrator'],
      habits: [
        signsIn(PORTAL, 'enrolmentRequired', { minuteOfDay: 600 }),
        signsIn(PORTAL, 'mustEnrol', { minuteOfDay: 601 }),
        signsIn(TEAMS, 'password'),
      ],
    },
    'stopped',
    'must register, and gets into other applications',
  ),
  member(
    'stopped-away',
    'Benoît Lacroix',
    {
      methods: [],
      roles: ['Global Administrator'],
      activity: { attempt: 2, success: 140 },
      habits: [signsIn(PORTAL, 'enrolmentRequired', threeDays)],
    },
    'stopped',
    'must register, and has got in nowhere for 140 days',
  ),
  member(
    'stopped-at-registration',
    'Clara Oberholzer',
    { methods: ['email'], habits: [signsIn(PORTAL, 'enrolmentRefused', { everyDays: 3 })] },
    'stopped',
    'registration is not allowed from there',
  ),
  member(
    'stopped-by-risk',
    'Dimitri Vasilakis',
    { methods: [], habits: [signsIn(AZURE_CLI, 'riskRefused', { everyDays: 5 })] },
    'stopped',
    'registration is refused for the risk',
  ),
  member(
    'cannot-get-through',
    'Edda Kristjánsdóttir',
    {
      methods: PUSH,
      habits: [
        signsIn(PORTAL, 'push', { untilDay: -14 }),
        signsIn(PORTAL, 'mfaDenied', { ...threeDays, minuteOfDay: 570 }),
      ],
    },
    'stopped',
    'capable, and has not passed MFA on three days',
  ),
  member(
    'calls-ran-out',
    'Filip Novotný',
    { methods: ['mobilePhone'], habits: [signsIn(PORTAL, 'callsRanOut', threeDays)] },
    'stopped',
    'capable, but Entra sends no more calls and texts',
  ),
  member(
    'stopped-in-the-background',
    'Gwen Pritchard',
    { methods: [], habits: [signsIn(AZURE_CLI, 'mfaRequired', { ...background, everyDays: 9 })] },
    'stopped',
    'not capable, so one refusal in the background is enough',
  ),
  member(
    'stopped-by-the-application',
    'Hedda Solberg',
    {
      methods: [],
      roles: ['Global Administrator'],
      habits: [signsIn(PORTAL, 'requiredByApplication', { everyDays: 2 })],
    },
    'stopped',
    'only the application asked: no exclusion from a policy helps',
  ),
  member(
    'home-mfa-not-trusted',
    'Ignacio Barrios',
    {
      ...guestOf('fabrikam.example', 'ignacio.barrios'),
      methods: [],
      habits: [signsIn(PORTAL, 'homeMfaNotTrusted', { everyDays: 2 })],
    },
    'stopped',
    'MFA of the home tenant is not accepted here',
  ),
  member(
    'password-flow-refused',
    'Backup job (Jarmila)',
    {
      methods: PUSH,
      habits: [
        signsIn(AZURE_CLI, 'passwordFlowRefused', { ...background, minuteOfDay: 125 }),
        signsIn(PORTAL, 'push', { untilDay: -20 }),
      ],
    },
    'stopped',
    'capable, but a flow with user name and password never passes MFA',
  ),
  // Refusals that stop nobody
  member(
    'ordinary-prompt',
    'Kirsten Nørgaard',
    { methods: PUSH, habits: [signsIn(PORTAL, 'push', { minuteOfDay: 540 })] },
    'covered',
    'is prompted every morning, and answers some seconds later',
  ),
  member(
    'prompt-unanswered',
    'Lorenzo Ferretti',
    {
      methods: PUSH,
      habits: [signsIn(PORTAL, 'strongAuthenticationRequired', { fromDay: -2, untilDay: -2 })],
    },
    'covered',
    'capable, and left one prompt unanswered',
  ),
  member(
    'proof-expired',
    'Milica Petrović',
    { methods: PUSH, habits: [signsIn(AZURE_CLI, 'proofExpired', background)] },
    'covered',
    'capable, and refreshes in the background want a new proof',
  ),
  member(
    'terms-of-use',
    'Nuno Tavares',
    { methods: [], habits: [signsIn(PORTAL, 'termsOfUse', { everyDays: 4 })] },
    'missing',
    'has not accepted the terms of use: nobody asked for MFA',
  ),
  member(
    'snoozed-notice',
    'Olivia Hartmann',
    {
      methods: [],
      habits: [
        signsIn(PORTAL, 'campaignNotice', { minuteOfDay: 590 }),
        signsIn(PORTAL, 'password', { minuteOfDay: 591, everyDays: 2 }),
      ],
    },
    'impact',
    'snoozed the campaign, and got in with one factor',
  ),
  member(
    'resolved-elsewhere',
    'Pavlina Kaneva',
    {
      methods: [],
      habits: [
        signsIn(PORTAL, 'strongAuthenticationRequired', { minuteOfDay: 540 }),
        signsIn(AZURE_CLI, 'claimFromElsewhere', { minuteOfDay: 541 }),
      ],
    },
    'satisfied-elsewhere',
    'was refused in the portal, and did MFA for Azure CLI afterwards',
  ),
];
