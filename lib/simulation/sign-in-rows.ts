import { toInstant } from './instants.ts';
import { type PropertyWriters, toJson } from './row-writer.ts';
import type { Resource } from './sign-in-applications.ts';
import type { Outcome } from './sign-in-outcomes.ts';
import type { SignIn, SignInPerson } from './sign-in.ts';

/** The tenant's half of the rows: the same in every one. */
export function signInWriters(tenantId: string): {
  readonly 'v1.0': PropertyWriters<SignIn>;
  readonly beta: PropertyWriters<SignIn>;
} {
  const v1: PropertyWriters<SignIn> = {
    id: ({ id }) => `"${id}"`,
    createdDateTime: ({ atMs }) => `"${toInstant(atMs)}"`,
    userDisplayName: ({ person }) => personFragments(person).displayName,
    userPrincipalName: ({ person }) => personFragments(person).signInName,
    userId: ({ person }) => personFragments(person).id,
    homeTenantId: toJson(tenantId),
    ipAddress: '"203.0.113.9"',
    correlationId: ({ id }) => `"${id}"`,
    appId: ({ application }) => namedFragments(application).id,
    appDisplayName: ({ application }) => namedFragments(application).name,
    clientAppUsed: '"Mobile Apps and Desktop clients"',
    conditionalAccessStatus: '"notApplied"',
    isInteractive: ({ kind }) => (kind === 'interactive' ? 'true' : 'false'),
    riskDetail: '"none"',
    riskLevelAggregated: '"none"',
    riskLevelDuringSignIn: '"none"',
    riskState: '"none"',
    riskEventTypes: '[]',
    riskEventTypes_v2: '[]',
    resourceDisplayName: ({ resource }) => namedFragments(resource).name,
    resourceId: ({ resource }) => namedFragments(resource).id,
    resourceTenantId: toJson(tenantId),
    userAgent:
      '"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"',
    status: ({ outcome }) => outcomeFragments(outcome).status,
    deviceDetail: toJson({
      deviceId: '',
      displayName: '',
      operatingSystem: 'Windows10',
      browser: '',
      isCompliant: null,
      isManaged: null,
      trustType: null,
    }),
    location: toJson({
      city: 'Oslo',
      state: 'Oslo',
      countryOrRegion: 'NO',
      geoCoordinates: { altitude: null, latitude: 59.91, longitude: 10.75 },
    }),
  };
  return {
    'v1.0': v1,
    beta: {
      ...v1,
      authenticationRequirement: ({ outcome }) => outcomeFragments(outcome).requirement,
      signInEventTypes: ({ kind }) => `["${kind}User"]`,
      authenticationProtocol: '"none"',
      incomingTokenType: ({ kind }) => (kind === 'interactive' ? '"none"' : '"refreshToken"'),
      clientCredentialType: '"none"',
      crossTenantAccessType: ({ person }) => crossTenantAccess(person),
      authenticationMethodsUsed: '[]',
      authenticationRequirementPolicies: '[]',
      authenticationDetails: ({ outcome, atMs }) =>
        `[{"authenticationStepDateTime":"${toInstant(atMs)}",${outcomeFragments(outcome).step}]`,
      mfaDetail: 'null',
      userType: ({ person }) => (person.guest ? '"guest"' : '"member"'),
    },
  };
}

function crossTenantAccess({ guest, isServiceProvider }: SignInPerson): string {
  if (isServiceProvider === true) {
    return '"serviceProvider"';
  }
  return guest ? '"b2bCollaboration"' : '"none"';
}

/** Keeps what is written about an object, for as long as the object lives. */
function remember<Key extends object, Value>(write: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, Value>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = write(key);
      known.set(key, value);
    }
    return value;
  };
}

const personFragments = remember((person: SignInPerson) => ({
  id: toJson(person.id),
  displayName: toJson(person.displayName),
  signInName: toJson(person.signInName),
}));

const namedFragments = remember(({ id, name }: Resource) => ({
  id: toJson(id),
  name: toJson(name),
}));

const outcomeFragments = remember((outcome: Outcome) => ({
  status: toJson({
    errorCode: outcome.errorCode,
    failureReason: outcome.failureReason,
    additionalDetails: outcome.additionalDetails,
  }),
  requirement: toJson(outcome.requirement),
  step: toJson({
    authenticationMethod: outcome.step.method,
    authenticationMethodDetail: null,
    succeeded: outcome.step.succeeded,
    authenticationStepResultDetail: outcome.step.detail,
    authenticationStepRequirement: outcome.step.requirement,
  }).slice(1),
}));
