import { member, signsIn } from './fixture-user.ts';
import type { FixtureUser } from './fixture-user.ts';
import { AZURE_CLI, PORTAL, RESOURCE_MANAGER, TERRAFORM } from './sign-in.ts';

const PUSH = ['microsoftAuthenticatorPush', 'softwareOneTimePasscode'];
const background = { kind: 'nonInteractive' } as const;

/** Once an hour, as programs do, since two weeks before the story is half told. */
const everyHour = Array.from({ length: 24 }, (_, hour) =>
  signsIn(AZURE_CLI, 'refreshed', { ...background, fromDay: -11, minuteOfDay: hour * 60 + 5 }),
);

/** What a sign-in really says: claims, lost methods, certificates, who asked, and what programs do. */
export const FIXTURES_EVIDENCE: readonly FixtureUser[] = [
  member(
    'first-factor-claim',
    'Amal Khoury',
    {
      methods: [],
      roles: ['Global Administrator'],
      habits: [signsIn(PORTAL, 'firstFactorClaim', { everyDays: 4 })],
    },
    'impact',
    'a claim about the first factor proves no MFA',
  ),
  member(
    'both-claims',
    'Baptiste Renaud',
    { methods: [], habits: [signsIn(PORTAL, 'bothClaims', { everyDays: 4 })] },
    'satisfied-elsewhere',
    'beside the claim about the first factor stands one about MFA',
  ),
  member(
    'method-gone',
    'Cecilie Aamodt',
    { methods: [], habits: [signsIn(PORTAL, 'push', { untilDay: -3 })] },
    'impact',
    'did MFA with a method that is gone',
  ),
  member(
    'report-lags',
    'Dario Conti',
    { methods: [], habits: [signsIn(PORTAL, 'push', { fromDay: 5, minuteOfDay: 1200 })] },
    'satisfied-elsewhere',
    'did MFA since the report was written: the report lags',
  ),
  member(
    'certificate',
    'Elin Bergström',
    { methods: [], habits: [signsIn(AZURE_CLI, 'certificate', { everyDays: 2 })] },
    'satisfied-elsewhere',
    'a certificate of multi-factor level, which the report does not count',
  ),
  member(
    'certificate-one-factor',
    'Fergus MacLeod',
    { methods: [], habits: [signsIn(AZURE_CLI, 'certificateOneFactor', { everyDays: 2 })] },
    'impact',
    'a certificate of single-factor level',
  ),
  member(
    'new-requirement',
    'Gita Raghavan',
    { methods: [], habits: [signsIn(PORTAL, 'newRequirement', { everyDays: 3 })] },
    'unknown',
    'a requirement that nobody knows says neither yes nor no',
  ),
  member(
    'remembered-without-method',
    'Harald Winkler',
    { methods: [], habits: [signsIn(PORTAL, 'rememberedDevice', { everyDays: 3 })] },
    'unknown',
    'MFA was skipped, which proves nothing either way',
  ),
  member(
    'hello-only',
    'Inga Lauritzen',
    { methods: ['windowsHelloForBusiness'], registered: false, capable: false },
    'not-usable',
    'Windows Hello gets in at one device only, and the report does not count it',
  ),
  member(
    'enclave-only',
    'Jacek Mazur',
    { methods: ['macOsSecureEnclaveKey'], registered: false, capable: false },
    'not-usable',
    'a platform credential gets in at one device only',
  ),
  member(
    'phone-only',
    'Katarina Holub',
    { methods: ['mobilePhone', 'email'], habits: [signsIn(PORTAL, 'textMessage')] },
    'covered',
    'a phone is the only method, until Microsoft ends SMS and voice',
  ),
  member(
    'phone-only-administrator',
    'Lucio Marchetti',
    { methods: ['officePhone'], roles: ['Global Administrator'] },
    'covered',
    'a phone is the only method, and Global Administrators have five months more',
  ),
  // Who asked
  member(
    'asked-by-application',
    'Marit Haugland',
    { methods: PUSH, habits: [signsIn(PORTAL, 'pushForApplication')] },
    'covered',
    'did MFA only because the application asked',
  ),
  member(
    'asked-by-both',
    'Nazım Aydın',
    {
      methods: PUSH,
      habits: [
        signsIn(PORTAL, 'pushForApplication', { everyDays: 2 }),
        signsIn(PORTAL, 'pushForBoth', { everyDays: 3, minuteOfDay: 700 }),
      ],
    },
    'covered',
    'the application asked alone, and at other times a policy as well',
  ),
  member(
    'asked-by-strength',
    'Pernille Juhl',
    { methods: PUSH, habits: [signsIn(PORTAL, 'pushForStrength', { everyDays: 3 })] },
    'covered',
    'a policy wants a strength, which Graph names only to who asks for newer members',
  ),
  member(
    'asked-by-something-new',
    'Oona Virtanen',
    { methods: PUSH, habits: [signsIn(PORTAL, 'pushForSomethingNew', { everyDays: 2 })] },
    'covered',
    'who asked is not said',
  ),
  // Programs
  member(
    'script-around-the-clock',
    'Nightly inventory (Petra)',
    { methods: PUSH, habits: everyHour },
    'single-factor',
    'every hour, weekends too, and no sign-in at a screen',
  ),
  member(
    'script-without-method',
    'Deployment (Quirin)',
    {
      methods: [],
      habits: [
        signsIn(TERRAFORM, 'refreshed', {
          ...background,
          resource: RESOURCE_MANAGER,
          minuteOfDay: 95,
        }),
      ],
    },
    'impact',
    'a script at weekends too, that nothing has stopped yet',
  ),
  member(
    'password-flow',
    'Report builder (Rosalind)',
    {
      methods: [],
      habits: [signsIn(AZURE_CLI, 'passwordFlow', { ...background, everyDays: 3 })],
    },
    'impact',
    'signs in with user name and password, and no MFA yet',
  ),
  // What happened since the report was written
  member(
    'registered-since',
    'Sofie Dalgaard',
    { methods: [] },
    'missing',
    'registered yesterday evening, which the report does not know yet',
  ),
  member(
    'failed-to-register',
    'Tibor Halász',
    { methods: [] },
    'missing',
    'tried to register yesterday evening, and failed',
  ),
  member(
    'activates-role',
    'Una McAllister',
    { methods: PUSH },
    'covered',
    'activated User Administrator three days ago',
  ),
];
