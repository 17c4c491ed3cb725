import type { Directory } from '../people/directory.ts';
import { guid, hashText, toInstant } from '../people/generated.ts';
import type { Activity, Person } from '../people/person.ts';
import { Refusal } from './answer.ts';
import type { GraphRequest } from './answer.ts';
import {
  allowOptions,
  compileRow,
  pageOfPlaces,
  readPageToken,
  readSelect,
  readTop,
  toJson,
} from './paging.ts';
import type { Page, PropertyWriters } from './paging.ts';

const MAX_USERS = 999;
const MAX_USERS_WITH_ACTIVITY = 500;
const EXCHANGE_PLAN = {
  assignedDateTime: '2024-01-15T08:00:00Z',
  capabilityStatus: 'Enabled',
  service: 'exchange',
  servicePlanId: 'efb87545-963c-4e0d-99df-69c6916d9eb0',
};

const USER: PropertyWriters<Person> = {
  // Minimal metadata names the type only where it is derived from that of the collection.
  '@odata.type': ({ isAgent }) => (isAgent === true ? '"#microsoft.graph.agentUser"' : undefined),
  id: ({ id }) => toJson(id),
  businessPhones: '[]',
  displayName: ({ displayName }) => toJson(displayName),
  givenName: ({ givenName }) => toJson(givenName),
  jobTitle: 'null',
  mail: ({ mail }) => toJson(mail),
  mobilePhone: 'null',
  officeLocation: 'null',
  preferredLanguage: 'null',
  surname: ({ surname }) => toJson(surname),
  userPrincipalName: ({ userPrincipalName }) => toJson(userPrincipalName),
  accountEnabled: ({ enabled }) => toJson(enabled),
  userType: ({ guest }) => (guest ? '"Guest"' : '"Member"'),
  createdDateTime: ({ createdAtMs }) => toJson(toInstant(createdAtMs)),
  assignedLicenses: ({ skuIds }) => toJson(skuIds.map((skuId) => ({ disabledPlans: [], skuId }))),
  assignedPlans: ({ mail, skuIds }) =>
    toJson(mail !== null && skuIds.length > 0 ? [EXCHANGE_PLAN] : []),
  passwordPolicies: 'null',
  onPremisesDistinguishedName: (person) => toJson(person.onPremisesDistinguishedName),
  department: ({ department }) => toJson(department),
  onPremisesSyncEnabled: ({ onPremisesDistinguishedName }) =>
    onPremisesDistinguishedName === null ? 'null' : 'true',
  identities: ({ identities }) => toJson(identities),
  signInActivity: ({ id, activity }) => activity && toJson(activityRow(id, activity)),
};

const TYPE = '@odata.type';
const USUAL = Object.keys(USER).slice(1, Object.keys(USER).indexOf('accountEnabled'));

/** Whether a request for users asks for signInActivity, which has its own limits and needs a premium licence. */
export function asksForActivity(query: URLSearchParams): boolean {
  return (query.get('$select') ?? '').split(',').includes('signInActivity');
}

/** GET /users: `$select` and `$top`, at most 500 with signInActivity and 999 without, 100 unless asked. */
export function usersPage(request: GraphRequest, directory: Directory): Page {
  allowOptions(request.query, '$select', '$top');
  const most = asksForActivity(request.query) ? MAX_USERS_WITH_ACTIVITY : MAX_USERS;
  const top = readTop(request.query, 100, most);
  const writeRow = compileRow(USER, [TYPE, ...readSelect(request, USER, USUAL)]);
  const { position } = readPageToken(request.query);
  return pageOfPlaces('users', position, directory.placeCount, top, (place) => {
    const person = directory.personAt(place, request.now);
    return person && writeRow(person);
  });
}

/** GET /users/microsoft.graph.agentUser: the agents among the users. */
export function agentsPage(request: GraphRequest, directory: Directory): Page {
  allowOptions(request.query, '$select', '$top');
  const top = readTop(request.query, 100, MAX_USERS);
  const writeRow = compileRow(USER, readSelect(request, USER, USUAL));
  const { position } = readPageToken(request.query);
  return pageOfPlaces('users', position, directory.placeCount, top, (place) => {
    const person = directory.personAt(place, request.now);
    return person?.isAgent === true ? writeRow(person) : undefined;
  });
}

/** GET /users/{id or UPN}. */
export function userRow(request: GraphRequest, directory: Directory): string {
  allowOptions(request.query, '$select');
  const [idOrName = ''] = request.params;
  const person = directory.find(idOrName, request.now);
  if (person === undefined) {
    throw new Refusal(
      404,
      'Request_ResourceNotFound',
      `Resource '${idOrName}' does not exist or one of its queried reference-property objects are not present.`,
    );
  }
  return compileRow(USER, readSelect(request, USER, USUAL))(person);
}

/** Writes somebody as a member of a role or group. */
export function memberWriter(request: GraphRequest): (person: Person) => string {
  const names = readSelect(request, USER, USUAL);
  return compileRow({ ...USER, [TYPE]: '"#microsoft.graph.user"' }, [TYPE, ...names]);
}

const REQUEST_TAG = 40;

function activityRow(id: string, { attemptAtMs, backgroundAtMs, successAtMs }: Activity) {
  const instant = (atMs?: number) => (atMs === undefined ? null : toInstant(atMs));
  const requestId = (atMs?: number) =>
    atMs === undefined ? null : guid(hashText(id), REQUEST_TAG, Math.floor(atMs / 1000));
  return {
    lastSignInDateTime: instant(attemptAtMs),
    lastSignInRequestId: requestId(attemptAtMs),
    lastNonInteractiveSignInDateTime: instant(backgroundAtMs),
    lastNonInteractiveSignInRequestId: requestId(backgroundAtMs),
    lastSuccessfulSignInDateTime: instant(successAtMs),
    lastSuccessfulSignInRequestId: requestId(successAtMs),
  };
}
