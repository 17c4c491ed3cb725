import { guestOf, member, signsIn } from './fixture-user.ts';
import type { FixtureUser } from './fixture-user.ts';
import { AZURE_CLI, PORTAL, TEAMS } from './sign-in.ts';

/** People without MFA who use nothing enforced, people away, and people of whom too little is known. */
export const FIXTURES_MISSING: readonly FixtureUser[] = [
  // Missing, not usable, dormant
  member('missing', 'Dorota Maj', { methods: [] }, 'missing', 'active, and has no method'),
  member(
    'missing-reader',
    'Emeka Obi',
    { methods: ['email', 'securityQuestion'], roles: ['Reports Reader'] },
    'missing',
    'active, and has methods for password reset only',
  ),
  member(
    'missing-guest',
    'Freya Lund',
    { ...guestOf('litware.example', 'freya.lund'), methods: [] },
    'external',
    'an active guest: MFA at home is not visible here',
  ),
  member(
    'failures-only',
    'Gustavo Pires',
    {
      methods: [],
      habits: (
        [
          'wrongPassword',
          'strongAuthenticationRequired',
          'mfaRequired',
          'mfaDenied',
          'blockedByPolicy',
          'mustEnrol',
          'locked',
        ] as const
      ).map((outcome, index) =>
        signsIn(PORTAL, outcome, { everyDays: 3, minuteOfDay: 480 + index }),
      ),
    },
    'stopped',
    'never got into an enforced application, and MFA was wanted',
  ),
  member(
    'other-applications',
    'Hana Suzuki',
    { methods: [], habits: [signsIn(TEAMS, 'password')], roles: ['Security Reader'] },
    'missing',
    'uses applications that Microsoft does not enforce',
  ),
  member(
    'not-usable',
    'Ismail Yıldız',
    { methods: ['mobilePhone'], capable: false },
    'not-usable',
    'registered, but policy does not allow the method',
  ),
  member(
    'dormant',
    'Jutta Riedel',
    { methods: [], activity: { attempt: 240, background: 238, success: 238 } },
    'dormant',
    'no success for 238 days',
  ),
  member(
    'sprayed',
    'Kwame Mensah',
    {
      methods: [],
      activity: { attempt: 1 },
      habits: [signsIn(PORTAL, 'wrongPassword', { minuteOfDay: 185 })],
    },
    'dormant',
    'every attempt of late failed, and none ever succeeded',
  ),
  member(
    'sprayed-without-row',
    'Lucía Ferrer',
    {
      activity: { attempt: 0, success: 300 },
      habits: [signsIn(AZURE_CLI, 'locked', { minuteOfDay: 190 })],
    },
    'dormant',
    'attempts only, and no row',
  ),
  member(
    'never-signed-in',
    'Matteo Ricci',
    { methods: [], activity: 'never' },
    'dormant',
    'never signed in',
  ),
  // Unknown and new
  member(
    'without-row',
    'Nadia Haddad',
    {},
    'unknown',
    'active, and the registration report has no row',
  ),
  member(
    'without-row-used',
    'Oskar Nyman',
    { habits: [signsIn(AZURE_CLI, 'password', { everyDays: 5 })], roles: ['User Administrator'] },
    'unknown',
    'one factor seen, and the registration report has no row',
  ),
  member(
    'newcomer',
    'Priya Raman',
    { methods: [], createdDaysBefore: 1.49 },
    'new',
    'created yesterday at noon; the registration report comes 36 hours late',
  ),
  member(
    'newcomer-used',
    'Ruben Aalto',
    {
      methods: [],
      createdDaysBefore: 1.49,
      habits: [signsIn(AZURE_CLI, 'password', { fromDay: 5, minuteOfDay: 1200 })],
    },
    'unknown',
    'new, but has already used an enforced application',
  ),
];
