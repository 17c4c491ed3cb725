import type { Directory } from '../people/directory.ts';
import { DAY_MS, startOfDay, toInstant } from '../people/generated.ts';
import { hasRegistrationRow } from '../people/person.ts';
import type { Person, Registration } from '../people/person.ts';
import { Refusal } from './answer.ts';
import type { GraphRequest } from './answer.ts';
import {
  allowOptions,
  compileRow,
  pageOfPlaces,
  readPageToken,
  readTop,
  toJson,
} from './paging.ts';
import type { Page, PropertyWriters } from './paging.ts';

const PAGE_SIZE = 1000;

interface RegistrationRow {
  readonly person: Person;
  readonly registration: Registration;
  readonly now: Date;
}

const PASSWORDLESS = /^(?:passKey|fido2|windowsHello|macOs|microsoftAuthenticatorPasswordless)/;
const isPasswordless = ({ methods, isCapable }: Registration) =>
  isCapable && methods.some((method) => PASSWORDLESS.test(method));

/** The method asked for first: its name in v1.0 and in beta. */
function preferred({ methods }: Registration): readonly [string, string] {
  if (methods.includes('microsoftAuthenticatorPush')) {
    return ['push', 'microsoftAuthenticatorPush'];
  }
  if (methods.includes('softwareOneTimePasscode')) {
    return ['oath', 'softwareOneTimePasscode'];
  }
  return methods.includes('mobilePhone') ? ['sms', 'mobilePhone'] : ['none', 'none'];
}

const V1: PropertyWriters<RegistrationRow> = {
  id: ({ person }) => toJson(person.id),
  userPrincipalName: ({ person }) => toJson(person.userPrincipalName),
  userDisplayName: ({ person }) => toJson(person.displayName),
  userType: ({ person }) => (person.guest ? '"guest"' : '"member"'),
  isAdmin: ({ person }) => toJson(person.isAdmin),
  isSsprRegistered: ({ registration }) => toJson(registration.methods.length > 0),
  isSsprEnabled: 'true',
  isSsprCapable: ({ registration }) => toJson(registration.methods.length > 0),
  isMfaRegistered: ({ registration }) => toJson(registration.isRegistered),
  isMfaCapable: ({ registration }) => toJson(registration.isCapable),
  isPasswordlessCapable: ({ registration }) => toJson(isPasswordless(registration)),
  methodsRegistered: ({ registration }) => toJson(registration.methods),
  isSystemPreferredAuthenticationMethodEnabled: 'true',
  systemPreferredAuthenticationMethods: ({ registration }) => toJson([preferred(registration)[0]]),
  userPreferredMethodForSecondaryAuthentication: ({ registration }) =>
    toJson(preferred(registration)[0]),
  lastUpdatedDateTime: ({ now }) =>
    toJson(toInstant(startOfDay(now.getTime()) - DAY_MS + 23_807_000)),
};

const BETA: PropertyWriters<RegistrationRow> = {
  ...V1,
  defaultMfaMethod: ({ registration }) => toJson(preferred(registration)[1]),
};

const WRITE_ROW = {
  'v1.0': compileRow(V1, Object.keys(V1)),
  beta: compileRow(BETA, Object.keys(BETA)),
} as const;

/** GET /reports/authenticationMethods/userRegistrationDetails: pages of 1,000, no `$select`. */
export function registrationsPage(request: GraphRequest, directory: Directory): Page {
  allowOptions(request.query, '$top');
  const top = readTop(request.query, PAGE_SIZE, PAGE_SIZE);
  const { position } = readPageToken(request.query);
  const { now } = request;
  const writeRow = WRITE_ROW[request.version];
  const context = 'reports/authenticationMethods/userRegistrationDetails';
  return pageOfPlaces(context, position, directory.placeCount, top, (place) => {
    const person = directory.personAt(place, now);
    return person && hasRegistrationRow(person, now.getTime())
      ? writeRow({ person, registration: person.registration, now })
      : undefined;
  });
}

/** GET /reports/authenticationMethods/userRegistrationDetails/{id}: by object id only. */
export function registrationRow(request: GraphRequest, directory: Directory): string {
  allowOptions(request.query);
  const [id = ''] = request.params;
  const { now } = request;
  const person = directory.find(id, now);
  if (person?.id !== id.toLowerCase() || !hasRegistrationRow(person, now.getTime())) {
    throw new Refusal(404, 'Request_ResourceNotFound', `Resource '${id}' does not exist.`);
  }
  return WRITE_ROW[request.version]({ person, registration: person.registration, now });
}
