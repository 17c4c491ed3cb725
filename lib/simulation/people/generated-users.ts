import { asciiOf, DAY_MS, departmentOf, guid, hash, indexIn, startOfDay } from './generated.ts';
import { usualIdentities } from './person.ts';
import type { ExpectedStanding, Person } from './person.ts';

/** Generated people, computed from seed and index whenever they are asked for, so that any number costs no memory. */
export interface GeneratedUsers {
  readonly seed: number;
  readonly count: number;
  /** How many of them use enforced applications; few enough that each does so in every week. */
  readonly userCount: number;
  readonly mix: GeneratedMix;
}

/** How the people are: as in any tenant, all able to do MFA, or many of them not. */
export type GeneratedMix = 'usual' | 'calm' | 'many';

/** What a generated user is by construction. */
interface Archetype {
  /** The archetype holds for shares below this, in thousandths. */
  readonly below: number;
  readonly standing: ExpectedStanding;
  readonly hasRow: boolean;
  readonly hasMethod: boolean;
  readonly doesMfa?: boolean;
  readonly guest?: boolean;
}

const USERS: readonly Archetype[] = [
  { below: 900, standing: 'covered', hasRow: true, hasMethod: true, doesMfa: true },
  { below: 960, standing: 'single-factor', hasRow: true, hasMethod: true },
  { below: 972, standing: 'satisfied-elsewhere', hasRow: true, hasMethod: false, doesMfa: true },
  {
    below: 984,
    standing: 'satisfied-elsewhere',
    hasRow: false,
    hasMethod: false,
    doesMfa: true,
    guest: true,
  },
  { below: 996, standing: 'impact', hasRow: true, hasMethod: false },
  { below: 1000, standing: 'unknown', hasRow: false, hasMethod: false },
];

const OTHERS: readonly Archetype[] = [
  { below: 850, standing: 'covered', hasRow: true, hasMethod: true },
  { below: 900, standing: 'out-of-scope', hasRow: false, hasMethod: false },
  { below: 930, standing: 'missing', hasRow: true, hasMethod: false },
  { below: 935, standing: 'not-usable', hasRow: true, hasMethod: true },
  { below: 985, standing: 'dormant', hasRow: true, hasMethod: false },
  { below: 989, standing: 'dormant', hasRow: false, hasMethod: false },
  { below: 992, standing: 'unknown', hasRow: false, hasMethod: false },
  { below: 1000, standing: 'external', hasRow: true, hasMethod: false, guest: true },
];

const ABLE: Archetype = {
  below: 1000,
  standing: 'covered',
  hasRow: true,
  hasMethod: true,
  doesMfa: true,
};

const MIXES: Readonly<
  Record<
    GeneratedMix,
    { readonly users: readonly Archetype[]; readonly others: readonly Archetype[] }
  >
> = {
  usual: { users: USERS, others: OTHERS },
  calm: { users: [ABLE], others: [ABLE] },
  many: {
    users: [
      { ...ABLE, below: 500 },
      { below: 950, standing: 'impact', hasRow: true, hasMethod: false },
      { below: 1000, standing: 'unknown', hasRow: false, hasMethod: false },
    ],
    others: [
      { ...ABLE, below: 620 },
      { below: 920, standing: 'missing', hasRow: true, hasMethod: false },
      { below: 1000, standing: 'not-usable', hasRow: true, hasMethod: true },
    ],
  },
};

const GIVEN_NAMES =
  'Adela Björn Chloé Dinesh Elif Farah Goran Hye-jin Inés Jakob Keira Luan Mónica Noam Orla Pavel Qadir Rosa Søren Tamsin Umar Vesna Wes Xiomara Yara Zoë'.split(
    ' ',
  );
const SURNAMES =
  'Abbott Bianchi Çelik Dahl Eriksen Faber Grimaldi Huang Ivanova Jansen Kowalska Lemaire Müller Ngata Okonkwo Pérez Quist Ramos Silva Tanaka Urquhart Vos Wójcik Xenakis Young Zimmer'.split(
    ' ',
  );
const PLAIN_GIVEN_NAMES = GIVEN_NAMES.map(asciiOf);
const PLAIN_SURNAMES = SURNAMES.map(asciiOf);
const METHODS: readonly (readonly string[])[] = [
  ['microsoftAuthenticatorPush', 'softwareOneTimePasscode'],
  ['microsoftAuthenticatorPush', 'mobilePhone'],
  ['passKeyDeviceBound', 'microsoftAuthenticatorPush'],
  ['mobilePhone'],
  ['windowsHelloForBusiness', 'softwareOneTimePasscode'],
  ['hardwareOneTimePasscode'],
];
const NO_FACTORS: readonly (readonly string[])[] = [[], ['email'], ['securityQuestion', 'email']];
const SKU_IDS = [
  ['05e9a617-0261-4cee-bb44-138d3ef5d965'],
  ['06ebc4ee-1bb5-47dd-8120-11324bc54e06'],
  ['05e9a617-0261-4cee-bb44-138d3ef5d965', 'a403ebcc-fae0-4ca2-8c8c-7a907fd6c235'],
] as const;

const USER_EVERY = 5;
const ADMIN_EVERY = 1000;
const [ID_TAG, ARCHETYPE_TAG, NAME_TAG, TRAIT_TAG] = [10, 11, 12, 13] as const;
const FIRST_CREATED_AT_MS = Date.UTC(2021, 0, 4);
const LAST_DORMANT_AT_MS = Date.UTC(2024, 0, 1);

const pick = <Item>(items: readonly Item[], number: number) => items[number % items.length] as Item;

export function generateUsers(
  seed: number,
  count: number,
  enforcedSignIns: number,
  mix: GeneratedMix = 'usual',
): GeneratedUsers {
  const userCount = Math.min(Math.ceil(count / USER_EVERY), Math.floor(enforcedSignIns / 16));
  return { seed, count, userCount, mix };
}

/** The index of the n-th person who uses enforced applications. */
export function userIndex(user: number): number {
  return user * USER_EVERY;
}

function archetypeOf(generated: GeneratedUsers, index: number): Archetype {
  const isUser = index % USER_EVERY === 0 && index / USER_EVERY < generated.userCount;
  const share = hash(generated.seed, ARCHETYPE_TAG, index) % 1000;
  const { users, others } = MIXES[generated.mix];
  return (isUser ? users : others).find(({ below }) => share < below) as Archetype;
}

/** The standing that the person should be given under default settings; decided here, not by the product's rules. */
export function expectedStanding(generated: GeneratedUsers, index: number): ExpectedStanding {
  return archetypeOf(generated, index).standing;
}

/** How many of the generated users should be given each standing. */
export function expectedGeneratedCounts(
  generated: GeneratedUsers,
): Readonly<Partial<Record<ExpectedStanding, number>>> {
  const counts: Partial<Record<ExpectedStanding, number>> = {};
  for (let index = 0; index < generated.count; index++) {
    const standing = expectedStanding(generated, index);
    counts[standing] = (counts[standing] ?? 0) + 1;
  }
  return counts;
}

/** Whether the person's sign-ins show MFA. */
export function doesMfa(generated: GeneratedUsers, index: number): boolean {
  return archetypeOf(generated, index).doesMfa === true;
}

/** Those who hold the generated users' directory role: every thousandth. */
export function generatedAdmins({ count }: GeneratedUsers): readonly number[] {
  return Array.from({ length: Math.ceil(count / ADMIN_EVERY) }, (_, n) => n * ADMIN_EVERY);
}

export function generatedId(generated: GeneratedUsers, index: number): string {
  return guid(generated.seed, ID_TAG, index);
}

/** The index of the generated user with this object id or UPN. */
export function generatedIndex(generated: GeneratedUsers, idOrName: string): number | undefined {
  const index = idOrName.includes('@')
    ? Number(/\.(\d+)[@_]/.exec(idOrName)?.[1])
    : indexIn(idOrName);
  if (!(index < generated.count)) {
    return undefined;
  }
  const names = generatedNames(generated, index);
  const isOne =
    generatedId(generated, index) === idOrName ||
    names.userPrincipalName.toLowerCase() === idOrName.toLowerCase();
  return isOne ? index : undefined;
}

/** The names of the person in the directory and in the sign-in log. */
export function generatedNames(generated: GeneratedUsers, index: number) {
  const mixed = hash(generated.seed, NAME_TAG, index);
  const givenName = pick(GIVEN_NAMES, mixed);
  const surname = pick(SURNAMES, mixed >>> 8);
  const guest = archetypeOf(generated, index).guest === true;
  const localPart = `${pick(PLAIN_GIVEN_NAMES, mixed)}.${pick(PLAIN_SURNAMES, mixed >>> 8)}.${index}`;
  const signInName = `${localPart}@${guest ? 'fabrikam' : 'contoso'}.example`;
  return {
    givenName,
    surname,
    displayName: `${givenName} ${surname}`,
    signInName,
    userPrincipalName: guest
      ? `${localPart}_fabrikam.example#EXT#@contoso.onmicrosoft.example`
      : signInName,
    guest,
    department: guest ? undefined : departmentOf(mixed >>> 16),
  };
}

/** The person at an index as they are at an instant. */
export function generatedPerson(generated: GeneratedUsers, index: number, nowMs: number): Person {
  const archetype = archetypeOf(generated, index);
  const trait = hash(generated.seed, TRAIT_TAG, index);
  const names = generatedNames(generated, index);
  const methods = pick(archetype.hasMethod ? METHODS : NO_FACTORS, trait);
  return {
    ...names,
    id: generatedId(generated, index),
    mail: names.guest ? null : names.signInName,
    enabled: archetype.standing !== 'out-of-scope',
    isAdmin: index % ADMIN_EVERY === 0,
    createdAtMs: FIRST_CREATED_AT_MS + (trait % 1000) * DAY_MS,
    skuIds: names.guest ? [] : pick(SKU_IDS, trait >>> 4),
    onPremisesDistinguishedName: null,
    identities: usualIdentities(names.userPrincipalName, names.guest),
    activity: activityOf(archetype, trait, nowMs),
    registration: archetype.hasRow
      ? {
          methods,
          isRegistered: archetype.hasMethod,
          isCapable: archetype.hasMethod && archetype.standing !== 'not-usable',
        }
      : undefined,
  };
}

function activityOf(archetype: Archetype, trait: number, nowMs: number) {
  const withinDayMs = (trait % 86_400) * 1000;
  if (archetype.standing === 'dormant') {
    const longAgoMs = LAST_DORMANT_AT_MS - (trait % 200) * DAY_MS + withinDayMs;
    return trait % 3 === 0 ? undefined : { attemptAtMs: longAgoMs, successAtMs: longAgoMs };
  }
  const lastAtMs = startOfDay(nowMs) - DAY_MS + withinDayMs;
  return { attemptAtMs: lastAtMs - DAY_MS, backgroundAtMs: lastAtMs, successAtMs: lastAtMs };
}
