import { flagOf, instantOf, internLists, internTexts, recordOf, textOf } from '../decode.ts';
import { hasCode } from '../errors.ts';
import { readCollection } from './collection.ts';
import type { Reader } from './collection.ts';
import { toCause } from './coverage.ts';
import type { Cause, SourceCoverage } from './coverage.ts';
import { PeopleIndex } from './people-index.ts';
import type { User } from './rows.ts';

const PROPERTIES = [
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

/**
 * The ways to ask, best first. Graph allows 500 people a page with signInActivity and 999 without; the first
 * limit has moved before, and beyond it Graph refuses the request.
 */
const ATTEMPTS = [
  { properties: [...PROPERTIES, 'signInActivity'], top: 500 },
  { properties: [...PROPERTIES, 'signInActivity'], top: 100 },
  { properties: PROPERTIES, top: 999 },
  { properties: PROPERTIES, top: undefined },
] as const;

export interface UsersRead {
  readonly users: readonly User[];
  readonly people: PeopleIndex;
  readonly coverage: readonly [users: SourceCoverage, activity: SourceCoverage];
}

/**
 * Everybody in the tenant. Without sign-in activity where Graph refuses it (licence, consent or page size);
 * throws where the list itself cannot be read whole, because there is no report without it.
 */
export async function readUsers(reader: Reader): Promise<UsersRead> {
  let refusal: unknown;
  for (const { properties, top } of ATTEMPTS) {
    const hasActivity = properties.length > PROPERTIES.length;
    const path = `/v1.0/users?$select=${properties.join(',')}${top === undefined ? '' : `&$top=${top}`}`;
    const users: User[] = [];
    const people = new PeopleIndex();
    const take = (user: User | undefined) => {
      if (user === undefined || people.find(user.id) !== undefined) return false;
      people.add(user.id);
      users.push(user);
      return true;
    };
    try {
      const decode = userDecoder();
      const request = { source: 'users', what: 'the list of users', path, decode } as const;
      const count = await readCollection(reader, request, take);
      const cause = hasActivity ? undefined : toCause(refusal);
      return { users, people, coverage: [coverUsers(count), coverActivity(users, cause)] };
    } catch (error) {
      const isLastAttempt = top === undefined;
      if (isLastAttempt || !mayAskForLess(error, hasActivity)) throw error;
      // What refused sign-in activity is the cause that the reader is told, not a later page size.
      if (hasActivity) refusal = error;
    }
  }
  throw refusal;
}

/** A refusal may be about sign-in activity; a fault without it is final. */
function mayAskForLess(error: unknown, hasActivity: boolean): boolean {
  if (hasActivity && hasCode(error, 'graph_unreachable', 'graph_unexpected')) return true;
  return hasCode(error, 'graph_refused', 'graph_denied', 'graph_unlicensed');
}

function coverUsers(count: { readonly rows: number; readonly pages: number }): SourceCoverage {
  return { source: 'users', state: 'complete', ...count, notes: [] };
}

function coverActivity(users: readonly User[], refusal: Cause | undefined): SourceCoverage {
  const rows = users.filter((user) => user.lastSuccessfulSignInAt ?? user.lastSignInAt).length;
  const cause = refusal ?? (rows === 0 ? NO_ACTIVITY : undefined);
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

function userDecoder(): (row: unknown) => User | undefined {
  const internList = internLists();
  const internText = internTexts();
  return (whole) => {
    const row = recordOf(whole);
    const id = textOf(row['id']);
    if (id === undefined) return undefined;
    const activity = recordOf(row['signInActivity']);
    const licences = Array.isArray(row['assignedLicenses']) ? row['assignedLicenses'] : [];
    return compact({
      id,
      userPrincipalName: textOf(row['userPrincipalName']),
      displayName: textOf(row['displayName']),
      givenName: textOf(row['givenName']),
      surname: textOf(row['surname']),
      mail: textOf(row['mail']),
      // Only a plain false takes somebody out of scope.
      accountEnabled: flagOf(row['accountEnabled']) ?? true,
      isGuest: textOf(row['userType'])?.toLowerCase() === 'guest',
      createdAt: instantOf(row['createdDateTime']),
      passwordPolicies: internText(textOf(row['passwordPolicies'])),
      onPremisesDistinguishedName: textOf(row['onPremisesDistinguishedName']),
      skuIds: internList(licences.flatMap((licence) => textOf(recordOf(licence)['skuId']) ?? [])),
      lastSignInAt: instantOf(activity['lastSignInDateTime']),
      lastNonInteractiveSignInAt: instantOf(activity['lastNonInteractiveSignInDateTime']),
      lastSuccessfulSignInAt: instantOf(activity['lastSuccessfulSignInDateTime']),
    });
  };
}

type Compacted<Value> = {
  [Name in keyof Value as undefined extends Value[Name] ? never : Name]: Value[Name];
} & {
  [Name in keyof Value as undefined extends Value[Name] ? Name : never]?: Exclude<
    Value[Name],
    undefined
  >;
};

/**
 * A record whose absent properties may be left out by type. They are kept as undefined, so that all users share
 * one shape and a hundred thousand of them stay small.
 */
function compact<Value extends object>(value: Value): Compacted<Value> {
  return value as unknown as Compacted<Value>;
}
