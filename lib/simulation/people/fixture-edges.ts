import { guestOf, member, signsIn } from './fixture-user.ts';
import type { FixtureUser } from './fixture-user.ts';
import { AZURE_CLI, AZURE_POWERSHELL, PORTAL, TEAMS } from './sign-in.ts';

/** Emergency and synchronisation accounts, the disabled, and those with odd methods, licences or names. */
export const FIXTURES_EDGES: readonly FixtureUser[] = [
  // Emergency accounts
  member(
    'emergency-passkey',
    'Emergency Access 1',
    {
      emergency: true,
      userPrincipalName: 'emergency1@contoso.onmicrosoft.example',
      methods: ['passKeyDeviceBound'],
      roles: ['Global Administrator'],
      skuIds: [],
      hasMailbox: false,
      activity: { attempt: 45, success: 45 },
      habits: [signsIn(TEAMS, 'passkey', { fromDay: 5, untilDay: 5, minuteOfDay: 1140 })],
    },
    'covered',
    'has a passkey',
  ),
  member(
    'emergency-bare',
    'Emergency Access 2',
    {
      emergency: true,
      userPrincipalName: 'emergency2@contoso.onmicrosoft.example',
      methods: [],
      roles: ['Global Administrator'],
      skuIds: [],
      hasMailbox: false,
      activity: { attempt: 20, success: 20 },
    },
    'missing',
    'has no method at all, and was tried out 20 days ago',
  ),
  member(
    'emergency-disabled',
    'Emergency Access 3',
    {
      emergency: true,
      userPrincipalName: 'emergency3@contoso.onmicrosoft.example',
      enabled: false,
      methods: [],
      roles: ['Global Administrator'],
      skuIds: [],
      hasMailbox: false,
      activity: { attempt: 400, success: 400 },
    },
    'dormant',
    'in scope as every emergency account, but disabled, and so never a hit',
  ),
  // Directory synchronisation
  member(
    'sync',
    'Olaf Sorensen',
    {
      methods: [],
      userPrincipalName: 'Sync_DC01_4f2a91c07be3@contoso.onmicrosoft.example',
      roles: ['Directory Synchronization Accounts'],
      skuIds: [],
      hasMailbox: false,
    },
    'out-of-scope',
    'a synchronisation account by its role, whatever its name',
  ),
  member(
    'cloud-sync',
    'Facilities Desk',
    {
      methods: [],
      userPrincipalName: 'ADToAADSyncServiceAccount@contoso.onmicrosoft.example',
      roles: ['On Premises Directory Sync Account'],
      skuIds: [],
      hasMailbox: false,
    },
    'out-of-scope',
    'the cloud synchronisation account, by its role',
  ),
  member(
    'sync-namesake',
    'On-Premises Directory Synchronization Service Account',
    { methods: [] },
    'missing',
    "an ordinary person under the synchronisation account's name",
  ),
  // Disabled
  member(
    'disabled-user',
    'Stellan Bergqvist',
    {
      enabled: false,
      methods: [],
      activity: { success: 5 },
      habits: [signsIn(AZURE_CLI, 'password', { untilDay: 1 })],
    },
    'out-of-scope',
    'disabled, though the log still holds sign-ins',
  ),
  member(
    'mfa-report',
    'MFA report (shared mailbox)',
    {
      userPrincipalName: 'mfa-report@contoso.example',
      enabled: false,
      methods: [],
      skuIds: [],
      activity: 'never',
    },
    'out-of-scope',
    'the shared mailbox that sends the digest',
  ),
  // Methods, licences, names
  member(
    'unclassified-method',
    'Tadeusz Wrona',
    { methods: ['iridescentHandshake'] },
    'covered',
    'capable by a method that nobody knows yet',
  ),
  member(
    'unknown-licence',
    'Uzma Farooqi',
    {
      methods: [],
      skuIds: ['3c1d9f0e-52a4-4b7e-9d66-0e8a7c4b1f25', 'ffffffff-0000-4000-8000-00000000beef'],
    },
    'missing',
    'a licence without a common name, and one that the tenant no longer has',
  ),
  member(
    'several-licences',
    'Valentin Popescu',
    {
      methods: ['microsoftAuthenticatorPush'],
      skuIds: [
        '06ebc4ee-1bb5-47dd-8120-11324bc54e06',
        'f30db892-07e9-47e9-837c-80727f46fd3d',
        'a403ebcc-fae0-4ca2-8c8c-7a907fd6c235',
      ],
    },
    'covered',
    'three licences',
  ),
  member(
    'unlicensed',
    'Wilma Åkesson',
    {
      methods: ['hardwareOneTimePasscode'],
      skuIds: [],
      hasMailbox: false,
      onPremisesDistinguishedName: 'CN=Wilma Åkesson,OU=Depot,DC=contoso,DC=example',
    },
    'covered',
    'no licence, and synchronised from on premises',
  ),
  member(
    'namesake-1',
    'Maria Rossi',
    { methods: [], userPrincipalName: 'maria.rossi@contoso.example' },
    'missing',
    'shares her name with somebody who is covered',
  ),
  member(
    'namesake-2',
    'Maria Rossi',
    { methods: ['passKeySynced'], userPrincipalName: 'maria.rossi2@contoso.example' },
    'covered',
    'shares her name with somebody who is not',
  ),
  member(
    'mixed-case',
    'Jonas van der Berg',
    {
      methods: [],
      userPrincipalName: 'Jonas.VanDerBerg@Contoso.example',
      habits: [signsIn(AZURE_POWERSHELL, 'password', { everyDays: 6 })],
    },
    'impact',
    'the log writes the name in lower case',
  ),
  member(
    'guest-impact',
    'Xin Yi Goh',
    {
      ...guestOf('litware.example', 'XinYi.Goh'),
      methods: [],
      habits: [signsIn(PORTAL, 'password', { everyDays: 10 })],
    },
    'impact',
    'a guest under two names, joined by id',
  ),
  member(
    'interrupted',
    'Yosef Berhane',
    { methods: [], habits: [signsIn(PORTAL, 'keepMeSignedIn', { everyDays: 5 })] },
    'missing',
    'an interrupt is neither use nor refusal',
  ),
];
