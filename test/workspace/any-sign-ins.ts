import fc from 'fast-check';
import { APPLICATIONS, RESOURCE_MANAGER } from '../../lib/entra/applications.ts';
import { FIRST_POLICIES, PROVIDERS, SILENT_PROVIDER } from '../../lib/entra/askers.ts';
import { EXTERNAL_CHALLENGE, REFUSAL_CODES } from '../../lib/entra/refusals.ts';
import type { TableRow } from './workspace-engine.ts';

/** The day that is read, in which all else is told by milliseconds. */
export const DAY = Date.parse('2026-11-26T00:00:00Z');
export const TENANT = 'aaaaaaaa-0000-4000-8000-00000000000a';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Texts of each kind of wording, and fragments that make new ones. */
const WORDINGS = [
  'MFA completed in Azure AD',
  'MFA completed in Microsoft Entra ID. ',
  'MFA SUCCESSFULLY COMPLETED',
  'MFA requirement satisfied by strong authentication',
  'MFA requirement satisfied by claim in the token',
  'MFA requirement satisfied by claim provided by external provider',
  'MFA completed by federated identity provider',
  'MFA requirement skipped due to remembered device',
  'MFA requirement satisfied by multi-factor device',
  'MFA required in Azure AD',
  "MFA wasn't completed",
  'MFA completed unsuccessfully',
  'No MFA completed',
  'MFA completed in Azure AD; first factor expired',
  'MFA required; first factor successfully completed; MFA completed',
  'MFA failed; first factor completed; MFA requirement satisfied by claim in the token',
  'First factor requirement satisfied by claim in the token',
  'First factor requirement satisfied by claim in the token; MFA requirement satisfied by claim in the token',
  'Primary authentication successfully completed',
  'Correct password',
  'User approved',
];
const FRAGMENTS = [
  'MFA',
  'multi-factor',
  'multifactor',
  'Multi factor',
  'two-step',
  'second factor',
  'Admfa',
  'first factor',
  'single-factor',
  'primary authentication',
  'primary factor',
  'completed',
  'succeeded',
  'successful',
  'passed',
  'satisfied',
  'satisfies',
  'by claim',
  'claims',
  'federated',
  'by external provider',
  'third-party',
  'strong authentication',
  'not',
  "didn't",
  'never',
  'no',
  'without',
  'failed',
  'denied',
  'unable',
  'unsuccessful',
  'if',
  'skipped',
  'expired',
  'required',
  'to be',
  'in progress',
  'app password',
  'timed out',
  'until',
  'requirement',
  'in the cloud',
  ';',
  '.',
  '{',
  '}',
  '|',
  '\n',
  '\t',
  '\\1',
  '"',
  "'",
  'é',
];

const text = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...WORDINGS) },
  {
    weight: 3,
    arbitrary: fc
      .array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 9 })
      .chain((parts) => fc.constantFrom(' ', ' ', '').map((between) => parts.join(between))),
  },
  // Only so much of a text is looked at.
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.integer({ min: 960, max: 1005 }), fc.constantFrom(...WORDINGS))
      .map(([length, wording]) => `${'x'.repeat(length)} ${wording}`),
  },
);

const METHODS = [
  'Password',
  'Text message',
  'Previously satisfied',
  'Temporary Access Pass',
  '',
  'Passkey (device-bound)',
  'FIDO2 security key',
  'Passwordless phone sign-in',
  'Phone sign in',
  'Windows Hello for Business',
  'Platform Credential for macOS',
  'macOS Secure Enclave key',
  'X.509 Certificate',
  'x509',
  'Certificate with passkey',
  `Passkey ${'x'.repeat(1000)}`,
];

/** What is there, what is not, and what has another type. */
const odd = fc.constantFrom<unknown>(undefined, null, 7, true, '', {}, [], 'Odd', [
  'MFA completed',
]);
const rarely = <Value>(usual: fc.Arbitrary<Value>, unusual: fc.Arbitrary<unknown>) =>
  fc.oneof<
    [
      { weight: number; arbitrary: fc.Arbitrary<unknown> },
      { weight: number; arbitrary: fc.Arbitrary<unknown> },
    ]
  >({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: unusual });

const step = rarely(
  fc.record(
    {
      authenticationMethod: rarely(fc.constantFrom(...METHODS), odd),
      succeeded: rarely(fc.constantFrom(true, true, false), fc.constantFrom('true', 1, null, '')),
      authenticationStepResultDetail: rarely(text, odd),
      requirementProvider: fc.constantFrom('user', 'request'),
    },
    { requiredKeys: [] },
  ),
  odd,
);

/** A list, now and then so long that its end is not looked at. */
function listOf(member: fc.Arbitrary<unknown>): fc.Arbitrary<readonly unknown[]> {
  return fc.oneof(
    { weight: 40, arbitrary: fc.array(member, { maxLength: 4 }) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.integer({ min: 48, max: 51 }), fc.array(member, { minLength: 1, maxLength: 2 }))
        .map(([length, last]) => [...Array.from({ length }, () => ({ key: 'none' })), ...last]),
    },
  );
}

const provider = fc
  .constantFrom(
    ...Object.keys(PROVIDERS),
    'request',
    'request',
    'request',
    'user',
    'multiConditionalAccess',
    'multiConditionalAccess',
    SILENT_PROVIDER,
    'proofUpCodeRequest',
    FIRST_POLICIES,
    'v1ConditionalAccessDependency',
    'enforcedForCspAdmins',
    'unknownFutureValue',
    '',
  )
  .chain((name) => fc.constantFrom(name, name, name.toUpperCase()));

const policy = rarely(
  fc.record(
    {
      requirementProvider: rarely(provider, odd),
      detail: fc.constantFrom('user', 'CA: All users'),
    },
    { requiredKeys: ['requirementProvider'] },
  ),
  odd,
);

const level = rarely(
  fc.record({
    key: fc.constantFrom(
      'User certificate authentication level',
      'USER CERTIFICATE AUTHENTICATION LEVEL',
      `${'x'.repeat(980)} certificate authentication level`,
      'Legacy TLS (TLS 1.0, 1.1, 3DES)',
    ),
    value: rarely(
      fc.constantFrom(
        'multiFactorAuthentication',
        'MultifactorAuthentication',
        'singleFactorAuthentication',
      ),
      odd,
    ),
  }),
  odd,
);

/** A JSON text of a value, now and then absent, broken or of another type. */
function jsonOf(value: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  return fc.oneof(
    {
      weight: 12,
      arbitrary: fc
        .tuple(value, fc.boolean())
        .map(([held, isSpaced]) => JSON.stringify(held, undefined, isSpaced ? 2 : 0)),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', 'null', '[', '{"a":', 'MFA completed', '7', '{}', '""'),
    },
  );
}

const codes = Object.values(REFUSAL_CODES).flat();
const resultType = fc.oneof(
  { weight: 10, arbitrary: fc.constant('0') },
  { weight: 6, arbitrary: fc.constantFrom(...codes.map(String)) },
  { weight: 2, arbitrary: fc.constant(String(EXTERNAL_CHALLENGE)) },
  { weight: 2, arbitrary: fc.constantFrom('53003', '50203', '50126', '5007', '500720', '700082') },
  { weight: 1, arbitrary: fc.constantFrom('', 'Success', '-1') },
);

/** What a row says of how a sign-in went; an early row may say something else than the last one. */
const said = fc.record({
  ResultType: resultType,
  HomeTenantId: fc.constantFrom(
    '',
    TENANT,
    TENANT.toUpperCase(),
    'bbbbbbbb-0000-4000-8000-00000000000b',
  ),
  Status: fc.oneof(
    {
      weight: 12,
      arbitrary: jsonOf(fc.record({ errorCode: fc.nat(9), additionalDetails: rarely(text, odd) })),
    },
    { weight: 1, arbitrary: jsonOf(odd) },
  ),
  AuthenticationDetails: jsonOf(listOf(step)),
  AuthenticationProcessingDetails: jsonOf(listOf(level)),
  AuthenticationProtocol: fc.constantFrom('none', 'none', 'oAuth2', 'ropc', 'ROPC', ''),
  AuthenticationRequirement: fc.constantFrom(
    'singleFactorAuthentication',
    'singleFactorAuthentication',
    'SINGLEFACTORAUTHENTICATION',
    'multiFactorAuthentication',
    'multiFactorAuthentication',
    'MultiFactorAuthentication',
    '',
    'unknownFutureValue',
  ),
  AuthenticationRequirementPolicies: jsonOf(listOf(policy)),
});

const person = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.tuple(fc.nat(255), fc.nat(1), fc.boolean()).map(([first, last, isUpper]) => {
      const id = `${first.toString(16).padStart(2, '0')}aaaaaa-0000-4000-8000-00000000000${last}`;
      return isUpper ? id.toUpperCase() : id;
    }),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      '   ',
      ' abcdef00-0000-4000-8000-000000000001 ',
      '00000000-0000-0000-0000-000000000000',
      'adele@contoso.example',
      'Guest#EXT#',
      '-',
      "o'hara",
      '"',
      'g'.repeat(128),
      'a'.repeat(129),
      '__PROTO__',
    ),
  },
);

const place = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.tuple(
      fc.constantFrom(
        ...APPLICATIONS.flatMap(({ appIds }) => appIds),
        '7e6f1a52-9b0c-4d83-8a4e-5c2d90b1f3a7',
      ),
      fc.constant(RESOURCE_MANAGER),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(
      fc.constantFrom(
        ...APPLICATIONS.flatMap(({ appIds }) => appIds),
        '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
        '',
      ),
      fc.constantFrom('00000003-0000-0000-c000-000000000000', '', RESOURCE_MANAGER),
    ),
  },
);

/** When a sign-in was, in milliseconds of the day: at its ends and at each hour's, and a little outside. */
const moment = fc.oneof(
  { weight: 10, arbitrary: fc.integer({ min: 0, max: DAY_MS - 1 }) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom(0, 12, 23, 24),
        fc.constantFrom(-1001, -1000, -999, -1, 0, 1, 499, 999, 1000),
      )
      .map(([hour, offset]) => hour * HOUR_MS + offset),
  },
  { weight: 1, arbitrary: fc.integer({ min: -DAY_MS, max: 2 * DAY_MS }) },
);

/** How late a row comes, in milliseconds; more than two days late its arrival is its TimeGenerated. */
const delay = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1000, max: 600_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: HOUR_MS, max: 40 * HOUR_MS }) },
  { weight: 1, arbitrary: fc.integer({ min: 48 * HOUR_MS + 1, max: 60 * HOUR_MS }) },
);
const LATE_MS = 48 * HOUR_MS;

const signIn = fc.record({
  person,
  place,
  isUpper: fc.boolean(),
  moment,
  forms: fc.oneof(
    { weight: 6, arbitrary: fc.tuple(said) },
    { weight: 3, arbitrary: fc.tuple(said, said) },
    { weight: 1, arbitrary: fc.tuple(said, said, said) },
  ),
  isRepeated: fc.nat(9).map((number) => number === 0),
  delays: fc.array(delay, { minLength: 4, maxLength: 4 }),
  isIngestionKnown: fc.nat(9).map((number) => number > 0),
  hasId: fc.nat(39).map((number) => number > 0),
  hasInstant: fc.nat(39).map((number) => number > 0),
  fraction: fc.constantFrom('', '7', '123', '1234567'),
});

type AnySignIn = typeof signIn extends fc.Arbitrary<infer Value> ? Value : never;

/** A table with this many rows in no order, of sign-ins of every sort to the day and around it. */
export function anyTable(size: number): fc.Arbitrary<readonly TableRow[]> {
  // No test makes a table smaller, and keeping what that takes costs more than all else here.
  const signIns = fc.array(fc.noShrink(signIn), { minLength: size, maxLength: size, size: 'max' });
  const table = fc.tuple(signIns, fc.nat()).map(([all, salt]) => {
    const rows = all.flatMap((one, number) => rowsOf(one, number)).slice(0, size);
    return rows
      .map((row) => ({ row, order: orderOf(row, salt) }))
      .toSorted((a, b) => a.order - b.order)
      .map(({ row }) => row);
  });
  return fc.noShrink(table);
}

function rowsOf(one: AnySignIn, number: number): readonly TableRow[] {
  const at = DAY + one.moment;
  const [appId, resourceId] = one.place;
  const cased = (id: string) => (one.isUpper ? id.toUpperCase() : id);
  const arrivals = one.delays
    .map((late) => at + late)
    .toSorted((a, b) => a - b)
    // No two rows of a sign-in in one millisecond: that is a case of its own.
    .map((arrival, index) => arrival + index);
  const forms = one.isRepeated ? [...one.forms, one.forms.at(-1) ?? one.forms[0]] : one.forms;
  return forms.map((form, index) => {
    const arrivedAt = arrivals[index] ?? at;
    const generatedAt =
      arrivedAt - at > LATE_MS ? arrivedAt : at + (one.isIngestionKnown ? 0 : index);
    return {
      ...form,
      Id: one.hasId ? `${number}-${one.isUpper ? 'A' : 'a'}` : '',
      UserId: one.person,
      AppId: cased(appId),
      ResourceIdentity: cased(resourceId),
      CreatedDateTime: one.hasInstant ? withFraction(at, one.fraction) : null,
      TimeGenerated: new Date(generatedAt).toISOString(),
      IngestedAt: one.isIngestionKnown ? new Date(arrivedAt).toISOString() : null,
    };
  });
}

/** The instant in as many digits as the table has them; the milliseconds that it was given decide its second. */
function withFraction(at: number, fraction: string): string {
  const text_ = new Date(at).toISOString();
  return fraction === '' ? text_ : `${text_.slice(0, 23)}${fraction.slice(3)}Z`;
}

function orderOf({ Id, Status, ResultType }: TableRow, salt: number): number {
  let hash = salt;
  for (const letter of `${Id}${ResultType}${Status ?? ''}`)
    hash = Math.imul(hash ^ letter.charCodeAt(0), 0x5bd1e995);
  return hash;
}
