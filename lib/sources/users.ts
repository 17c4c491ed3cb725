import { internLists, internTexts, RowDecoder } from '../decode.ts';
import { hasCode } from '../errors.ts';
import { accountKind, domainOf, homeAddress } from './account-kind.ts';
import type { Identity } from './account-kind.ts';
import { markAgents } from './agents.ts';
import { readCollection } from './collection.ts';
import type { Properties, Reader } from './collection.ts';
import { coverRows, startCount, toCause } from './coverage.ts';
import type { Cause, SourceCoverage } from './coverage.ts';
import { PeopleIndex } from './people-index.ts';
import type { Organisation, User } from './rows.ts';

/** What every directory gives. */
const BASIC = [
  'id',
  'userPrincipalName',
  'displayName',
  'givenName',
  'surname',
  'mail',
  'accountEnabled',
  'userType',
  'createdDateTime',
  'assignedLicenses',
  'passwordPolicies',
  'onPremisesDistinguishedName',
];

const PROPERTIES = [...BASIC, 'department', 'identities', 'onPremisesSyncEnabled'];

/**
 * The ways to ask, best first. Graph allows 500 people a page with signInActivity and 999 without; the first
 * limit has moved before, and beyond it Graph refuses the request.
 */
const ATTEMPTS = [
  { properties: [...PROPERTIES, 'signInActivity'], top: 500 },
  { properties: [...PROPERTIES, 'signInActivity'], top: 100 },
  { properties: [...BASIC, 'signInActivity'], top: 500 },
  { properties: PROPERTIES, top: 999 },
  { properties: BASIC, top: undefined },
] as const;

export interface UsersRead {
  readonly users: readonly User[];
  readonly people: PeopleIndex;
  readonly coverage: readonly [users: SourceCoverage, activity: SourceCoverage];
}

/**
 * Everybody in the tenant. Without sign-in activity where Graph refuses it (licence, consent or page size);
 * throws where the list itself cannot be read whole, because there is no report without it. The domains of the tenant
 * tell who comes from elsewhere.
 */
export async function readUsers(
  reader: Reader,
  organisation: Pick<Organisation, 'domains' | 'initialDomain'>,
): Promise<UsersRead> {
  let refusal: unknown;
  let isActivityRefused = false;
  for (const { properties, top } of ATTEMPTS) {
    const hasActivity = properties.includes('signInActivity');
    if (hasActivity && isActivityRefused) continue;
    const path = `/v1.0/users?$select=${properties.join(',')}${top === undefined ? '' : `&$top=${top}`}`;
    const users: User[] = [];
    const people = new PeopleIndex();
    const take = (user: User) => {
      const before = people.size;
      people.add(user.id);
      if (people.size === before) return false;
      users.push(user);
      return true;
    };
    const count = startCount();
    try {
      const decode = userDecoder(organisation);
      const request = { source: 'users', what: 'the list of users', path, decode } as const;
      await readCollection(reader, request, count, take);
      const cause = hasActivity ? undefined : toCause(refusal);
      const notes = await markAgents(reader, users, people);
      const read = coverRows('users', count);
      const coverage = { ...read, notes: [...read.notes, ...notes] };
      return { users, people, coverage: [coverage, coverActivity(users, cause)] };
    } catch (error) {
      const isLastAttempt = top === undefined;
      if (isLastAttempt || !mayAskForLess(error, hasActivity)) throw error;
      // What refused sign-in activity is the cause that the reader is told, not a later page size.
      if (hasActivity) refusal = error;
      isActivityRefused ||= hasCode(error, 'graph_denied', 'graph_unlicensed');
    }
  }
  throw refusal;
}

/** A refusal may be about sign-in activity; a fault without it is final. */
function mayAskForLess(error: unknown, hasActivity: boolean): boolean {
  if (hasActivity && hasCode(error, 'graph_unreachable', 'graph_unexpected')) return true;
  return hasCode(error, 'graph_refused', 'graph_denied', 'graph_unlicensed');
}

function coverActivity(users: readonly User[], refusal: Cause | undefined): SourceCoverage {
  const rows = users.filter((user) => user.lastSuccessfulSignInAt ?? user.lastSignInAt).length;
  const isUnreadable = users.some((user) => user.isActivityUnreadable);
  const cause = refusal ?? (rows === 0 && !isUnreadable ? NO_ACTIVITY : undefined);
  const basis = { source: 'activity', rows, pages: 0 } as const;
  if (cause !== undefined) return { ...basis, state: 'not-available', cause, notes: [] };
  const hasSuccesses = users.some((user) => user.lastSuccessfulSignInAt !== undefined);
  return { ...basis, state: 'complete', notes: hasSuccesses ? [] : [ATTEMPTS_ONLY] };
}

const NO_ACTIVITY: Cause = {
  kind: 'no-data',
  because: 'the tenant gives no last sign-in for anybody',
  remedy: 'Wait a day after a licence was assigned; Entra then begins to keep it.',
};

const ATTEMPTS_ONLY =
  'The tenant gives no last successful sign-in, so the last attempt stands in for it.';

function userDecoder({
  domains: ownDomains = NO_DOMAINS,
  initialDomain,
}: Pick<Organisation, 'domains' | 'initialDomain'>): (
  row: Properties,
  read: RowDecoder,
) => User | undefined {
  const internList = internLists();
  const internText = internTexts();
  const internName = internTexts();
  // Of its own, because only what is wrong with the activity leaves the activity not known.
  const activity = new RowDecoder();
  return (row, read) => {
    const id = read.id(row['id']);
    if (id === undefined) return undefined;
    const userPrincipalName = read.text(row['userPrincipalName']);
    const mail = same(read.text(row['mail']), userPrincipalName);
    const account = {
      odataType: read.text(row['@odata.type']),
      userPrincipalName,
      identities: readIdentities(row['identities'], read),
    };
    const kind = accountKind(account, ownDomains);
    activity.begin();
    const instants = activity.record(row['signInActivity']);
    const lastSignInAt = activity.instant(instants['lastSignInDateTime']);
    const lastNonInteractiveSignInAt = activity.instant(
      instants['lastNonInteractiveSignInDateTime'],
    );
    const lastSuccessAt = activity.instant(instants['lastSuccessfulSignInDateTime']);
    // Absent properties stay as undefined, so that all users share one shape and a hundred thousand of them stay small.
    const user: Writable<User> = {
      id,
      kind,
      userPrincipalName,
      displayName: read.text(row['displayName']),
      givenName: internName(read.text(row['givenName'])),
      surname: internName(read.text(row['surname'])),
      mail,
      department: internText(read.text(row['department'])),
      // Only a plain false takes somebody out of scope.
      accountEnabled: read.flag(row['accountEnabled']) ?? true,
      isGuest: read.text(row['userType'])?.toLowerCase() === 'guest',
      homeAddress: kind === 'external' ? homeAddress(account, mail) : undefined,
      createdAt: read.instant(row['createdDateTime']),
      passwordPolicies: internText(read.text(row['passwordPolicies'])),
      onPremisesDistinguishedName: read.text(row['onPremisesDistinguishedName']),
      isCloudOnly: readCloudOnly(row['onPremisesSyncEnabled'], read),
      isOnInitialDomain:
        initialDomain === undefined || userPrincipalName === undefined
          ? undefined
          : domainOf(userPrincipalName) === initialDomain,
      skuIds: internList(
        read
          .list(row['assignedLicenses'])
          .flatMap((licence) => read.text(read.record(licence)['skuId']) ?? []),
      ),
      lastSignInAt,
      lastNonInteractiveSignInAt,
      lastSuccessfulSignInAt: same(lastSuccessAt, lastNonInteractiveSignInAt, lastSignInAt),
      isActivityUnreadable: undefined,
    };
    if (activity.hasUnreadable) {
      read.wrong();
      user.isActivityUnreadable = true;
    }
    return user;
  };
}

/** A text, as the string that is kept of it already where it is one of these: what people have twice takes room once. */
function same(
  text: string | undefined,
  ...kept: readonly (string | undefined)[]
): string | undefined {
  return kept.find((one) => one === text) ?? text;
}

type Writable<Row> = { -readonly [Name in keyof Row]: Row[Name] };

const NO_DOMAINS: ReadonlySet<string> = new Set();
const NO_IDENTITIES: readonly Identity[] = [];

function readIdentities(value: unknown, read: RowDecoder): readonly Identity[] {
  const list = read.list(value);
  if (list.length === 0) return NO_IDENTITIES;
  return list.map((item) => {
    const identity = read.record(item);
    return {
      signInType: read.text(identity['signInType']),
      issuer: read.text(identity['issuer']),
      issuerAssignedId: read.text(identity['issuerAssignedId']),
    };
  });
}

/** Graph answers null for an account that was never synchronised; an absent property was not asked for. */
function readCloudOnly(isSynchronised: unknown, read: RowDecoder): boolean | undefined {
  if (isSynchronised === undefined) return undefined;
  const isFromElsewhere = isSynchronised === null ? false : read.flag(isSynchronised);
  return isFromElsewhere === undefined ? undefined : !isFromElsewhere;
}
