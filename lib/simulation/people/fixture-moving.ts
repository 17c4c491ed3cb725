import { member, signsIn } from './fixture-user.ts';
import type { FixtureUser } from './fixture-user.ts';
import { AZURE_CLI, AZURE_POWERSHELL, PORTAL } from './sign-in.ts';

/** People whom the story moves, as they are at its end; story.ts says how they were before. */
export const FIXTURES_MOVING: readonly FixtureUser[] = [
  member(
    'registers-early',
    'Agnes Halloran',
    {
      methods: ['microsoftAuthenticatorPush'],
      habits: [
        signsIn(AZURE_CLI, 'password', { untilDay: 2 }),
        signsIn(AZURE_CLI, 'push', { fromDay: 3, minuteOfDay: 15 }),
      ],
    },
    'covered',
    'registered on day 3, and has done MFA since',
  ),
  member(
    'registers-today',
    'Benedikt Auer',
    {
      methods: ['passKeyDeviceBoundAuthenticator'],
      habits: [signsIn(AZURE_CLI, 'password', { untilDay: 5 })],
    },
    'single-factor',
    'registered today, after using one factor only',
  ),
  member('loses-unused', 'Cosima Wenger', { methods: [] }, 'missing', 'lost her method on day 2'),
  member(
    'loses-today',
    'Dragan Jović',
    { methods: [], habits: [signsIn(PORTAL, 'password')] },
    'impact',
    'lost his method today',
  ),
  member(
    'leaves',
    'Eamon Fitzgerald',
    { enabled: false, methods: [], activity: { success: 3 } },
    'out-of-scope',
    'disabled on day 4',
  ),
  member(
    'begins-cli',
    'Fatou Diallo',
    { methods: [], habits: [signsIn(AZURE_CLI, 'password', { fromDay: 5, minuteOfDay: 860 })] },
    'impact',
    'began to use Azure CLI on the afternoon of day 5',
  ),
  member(
    'comes-back',
    'Gideon Marsh',
    {
      methods: [],
      habits: [signsIn(AZURE_POWERSHELL, 'password', { fromDay: 5, minuteOfDay: 900 })],
    },
    'impact',
    'dormant for long, came back on the afternoon of day 5',
  ),
  member(
    'returns',
    'Henrike Vogt',
    { methods: [] },
    'missing',
    'disabled on day 2, enabled again today',
  ),
  member(
    'joins',
    'Ivo Marković',
    { methods: [], createdDaysBefore: 2.51 },
    'missing',
    'created on day 4, and the registration report has him by now',
  ),
];
