import { guestOf, member, signsIn } from './fixture-user.ts';
import type { FixtureUser } from './fixture-user.ts';
import { ADMIN_CENTRE, AZURE_CLI, AZURE_POWERSHELL, PORTAL } from './sign-in.ts';

const PUSH = ['microsoftAuthenticatorPush', 'softwareOneTimePasscode'];
const background = { kind: 'nonInteractive' } as const;

/** People who have MFA, or might: covered, single-factor and satisfied elsewhere, each by another road. */
export const FIXTURES_COVERED: readonly FixtureUser[] = [
  // Covered
  member(
    'portal-covered',
    'Adele Lindgren',
    { methods: PUSH, habits: [signsIn(PORTAL, 'push')] },
    'covered',
    'capable, and MFA was done in the portal',
  ),
  member(
    'covered-unused',
    'Bruno Castellan',
    { methods: PUSH },
    'covered',
    'capable, and uses no enforced application',
  ),
  member(
    'passkey-covered',
    'Chiyo Nakahara',
    { methods: ['passKeyDeviceBound'], habits: [signsIn(PORTAL, 'passkey')] },
    'covered',
    'a passkey is MFA though the row says single factor',
  ),
  member(
    'security-key-covered',
    'Davit Petrosyan',
    { methods: ['fido2SecurityKey'], habits: [signsIn(AZURE_CLI, 'securityKey')] },
    'covered',
    'a FIDO2 key is MFA though the row says single factor',
  ),
  member(
    'hello-covered',
    'Elsa Brandvold',
    {
      methods: ['windowsHelloForBusiness'],
      habits: [signsIn(ADMIN_CENTRE, 'windowsHello', { everyDays: 3 })],
    },
    'covered',
    'Windows Hello is MFA though the row says single factor',
  ),
  member(
    'phone-covered',
    'Femi Adeyemi',
    {
      methods: ['microsoftAuthenticatorPasswordless'],
      habits: [signsIn(PORTAL, 'phoneSignIn', { everyDays: 2 })],
    },
    'covered',
    'passwordless phone sign-in is MFA',
  ),
  member(
    'text-message-covered',
    'Greta Holmqvist',
    { methods: ['mobilePhone'], habits: [signsIn(ADMIN_CENTRE, 'textMessage', { everyDays: 5 })] },
    'covered',
    'text messages are the only method, and count until they retire',
  ),
  member(
    'inactive-covered',
    'Hamid Rostami',
    { methods: PUSH, activity: { success: 210, attempt: 210 } },
    'covered',
    'capable, so activity does not matter',
  ),
  // Single factor
  member(
    'cli-single-factor',
    'Ilse Verhoeven',
    { methods: PUSH, habits: [signsIn(AZURE_CLI, 'refreshed', background)] },
    'single-factor',
    'capable, but no sign-in shows MFA',
  ),
  member(
    'remembered-device',
    'Jorge Quintana',
    { methods: PUSH, habits: [signsIn(PORTAL, 'rememberedDevice')] },
    'covered',
    'skipped for a remembered device: nothing was proven, and capable',
  ),
  member(
    'trusted-location',
    'Katya Morozova',
    { methods: PUSH, habits: [signsIn(PORTAL, 'trustedLocation', { everyDays: 4 })] },
    'covered',
    'skipped for a location: nothing was proven, and capable',
  ),
  member(
    'denied-single-factor',
    'Liam Gallagher',
    {
      methods: PUSH,
      habits: [
        signsIn(PORTAL, 'mfaDenied', { everyDays: 2 }),
        signsIn(PORTAL, 'password', { everyDays: 2, minuteOfDay: 700 }),
      ],
    },
    'single-factor',
    'MFA that was asked for and denied is no MFA',
  ),
  // Satisfied elsewhere
  member(
    'federated',
    'Mireille Fontaine',
    { methods: [], habits: [signsIn(PORTAL, 'claimInToken')] },
    'satisfied-elsewhere',
    'a claim in the token satisfied MFA, though the row says single factor',
  ),
  member(
    'external-mfa',
    'Nikos Papadakis',
    { methods: ['email'], habits: [signsIn(AZURE_POWERSHELL, 'claimFromElsewhere')] },
    'satisfied-elsewhere',
    'an external provider did MFA',
  ),
  member(
    'required-elsewhere',
    'Oksana Shevchuk',
    { methods: [], habits: [signsIn(ADMIN_CENTRE, 'requiredOnly', { everyDays: 6 })] },
    'satisfied-elsewhere',
    'a success that asked for multi-factor, without any words',
  ),
  member(
    'guest-home-mfa',
    'Pilar Echeverría',
    {
      ...guestOf('fabrikam.example', 'Pilar.Echeverria'),
      methods: [],
      habits: [signsIn(PORTAL, 'claimFromElsewhere')],
    },
    'satisfied-elsewhere',
    'a guest whose home tenant did MFA; has a row here',
  ),
  member(
    'guest-without-row',
    'Quentin Dubois',
    {
      ...guestOf('fabrikam.example', 'quentin.dubois'),
      habits: [signsIn(AZURE_CLI, 'claimFromElsewhere', { everyDays: 3 })],
    },
    'satisfied-elsewhere',
    'a guest whose home tenant did MFA; has no row here',
  ),
];
