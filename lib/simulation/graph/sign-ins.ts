import { fixtureSignIns } from '../people/fixture-sign-ins.ts';
import type { FixtureUser } from '../people/fixture-user.ts';
import { generatedSignIns } from '../people/generated-sign-ins.ts';
import type { GeneratedUsers } from '../people/generated-users.ts';
import { DAY_MS, toInstant } from '../people/generated.ts';
import type { SignIn, SignInKind, SignInPerson } from '../people/sign-in.ts';
import type { GraphRequest } from './answer.ts';
import { readSignInFilter } from './odata-filter.ts';
import {
  allowOptions,
  compileRow,
  readPageToken,
  readSelect,
  readTop,
  refusedOption,
  toJson,
} from './paging.ts';
import type { Page, PropertyWriters } from './paging.ts';
import { namedFragments, outcomeFragments, personFragments } from './sign-in-fragments.ts';

const PAGE_SIZE = 1000;

/** What Entra keeps with a premium licence. */
const RETENTION_DAYS = 30;
const INTERACTIVE_SHARE = 0.4;

export interface SignInLog {
  /** GET /auditLogs/signIns: newest first, `$filter`, `$top`, and `$select` in beta. */
  page(request: GraphRequest): Page;
  /** The events themselves, newest first; others of their kinds may be among them. */
  events(kinds: readonly SignInKind[], fromMs: number, toMs: number): Iterable<SignIn>;
}

/** The sign-ins of everybody; `signIns` is how many the generated users have within the retention. */
export function createSignInLog(options: {
  readonly generated: GeneratedUsers;
  readonly fixtures: readonly FixtureUser[];
  readonly lastDay: Date;
  readonly signIns: number;
  readonly tenantId: string;
}): SignInLog {
  const perDay = options.signIns / RETENTION_DAYS;
  const ofGenerated = {
    interactive: generatedSignIns(options.generated, 'interactive', perDay * INTERACTIVE_SHARE),
    nonInteractive: generatedSignIns(
      options.generated,
      'nonInteractive',
      perDay * (1 - INTERACTIVE_SHARE),
    ),
  };
  const writers = signInWriters(options.tenantId);

  function newestFirst(kinds: readonly SignInKind[], fromMs: number, toMs: number) {
    const streams: Generator<SignIn>[] = kinds.map((kind) => ofGenerated[kind](fromMs, toMs));
    if (options.fixtures.length > 0) {
      streams.unshift(fixtureSignIns(options.fixtures, options.lastDay, fromMs, toMs));
    }
    return mergeNewestFirst(streams);
  }

  return {
    events: newestFirst,
    page(request) {
      const { query, version, now } = request;
      if (query.has('$select') && version === 'v1.0') {
        throw refusedOption('Select');
      }
      allowOptions(query, '$filter', '$top', '$select');
      const top = readTop(query, PAGE_SIZE, PAGE_SIZE);
      const filter = readSignInFilter(query.get('$filter'), version);
      const knowsAll = /\binclude-unknown-enum-members\b/.test(request.prefer);
      const isOlder = version === 'beta' && !knowsAll;
      const known = isOlder ? { ...writers.beta, ...OLDER } : writers[version];
      const writeRow = compileRow(known, readSelect(request, known, Object.keys(known)));
      const start = readPosition(readPageToken(query).position);
      const fromMs = Math.max(filter.fromMs, now.getTime() - RETENTION_DAYS * DAY_MS);
      const toMs = Math.min(filter.toMs, now.getTime(), start.atMs);

      const rows: string[] = [];
      let latestAtMs = start.atMs;
      let served = 0;
      for (const signIn of newestFirst(filter.kinds, fromMs, toMs)) {
        if (!filter.kinds.includes(signIn.kind) || !filter.matches(signIn)) {
          continue;
        }
        served = signIn.atMs === latestAtMs ? served + 1 : 1;
        latestAtMs = signIn.atMs;
        if (latestAtMs === start.atMs && served <= start.served) {
          continue;
        }
        if (rows.length === top) {
          return { context: 'auditLogs/signIns', rows, next: `${latestAtMs}.${served - 1}` };
        }
        rows.push(writeRow(signIn));
      }
      return { context: 'auditLogs/signIns', rows };
    },
  };
}

/** A page begins after the rows of an instant that have been served, so events that come later do not move it. */
function readPosition(position: string) {
  const [atMs = '', served = ''] = position.split('.');
  return position === ''
    ? { atMs: Number.POSITIVE_INFINITY, served: 0 }
    : { atMs: Number(atMs), served: Number(served) };
}

function* mergeNewestFirst(streams: readonly Generator<SignIn>[]): Generator<SignIn> {
  const heads = streams.map((stream) => stream.next().value as SignIn | undefined);
  for (;;) {
    let newest = -1;
    let newestAtMs = Number.NEGATIVE_INFINITY;
    // For every row that is looked at, so that nothing is made on the way.
    for (let index = 0; index < heads.length; index += 1) {
      const atMs = heads[index]?.atMs;
      if (atMs !== undefined && atMs > newestAtMs) {
        newest = index;
        newestAtMs = atMs;
      }
    }
    const head = heads[newest];
    if (head === undefined) {
      return;
    }
    yield head;
    heads[newest] = streams[newest]?.next().value as SignIn | undefined;
  }
}

/** The tenant's half of the rows: the same in every one. */
function signInWriters(tenantId: string): {
  readonly 'v1.0': PropertyWriters<SignIn>;
  readonly beta: PropertyWriters<SignIn>;
} {
  const here = toJson(tenantId);
  const v1: PropertyWriters<SignIn> = {
    id: ({ id }) => `"${id}"`,
    createdDateTime: ({ atMs }) => `"${toInstant(atMs)}"`,
    userDisplayName: ({ person }) => personFragments(person).displayName,
    userPrincipalName: ({ person }) => personFragments(person).signInName,
    userId: ({ person }) => personFragments(person).id,
    homeTenantId: ({ person }) => (person.isExternal ? ELSEWHERE : here),
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
      authenticationProtocol: ({ outcome }) => (outcome.protocol === 'ropc' ? '"ropc"' : '"none"'),
      incomingTokenType: ({ kind }) => (kind === 'interactive' ? '"none"' : '"refreshToken"'),
      clientCredentialType: '"none"',
      crossTenantAccessType: ({ person }) => crossTenantAccess(person),
      authenticationMethodsUsed: '[]',
      authenticationRequirementPolicies: ({ outcome }) => outcomeFragments(outcome).policies,
      authenticationProcessingDetails: ({ outcome }) => outcomeFragments(outcome).processing,
      authenticationDetails: ({ outcome, atMs }) => {
        const { steps } = outcomeFragments(outcome);
        const at = `{"authenticationStepDateTime":"${toInstant(atMs)}",`;
        return `[${steps.map((step) => at + step).join(',')}]`;
      },
      mfaDetail: 'null',
      userType: ({ person }) => (person.guest ? '"guest"' : '"member"'),
    },
  };
}

const ELSEWHERE = toJson('7c9e6679-7425-40de-944b-e07fc1f90ae7');

function crossTenantAccess({ isExternal, isServiceProvider }: SignInPerson): string {
  if (isServiceProvider === true) {
    return '"serviceProvider"';
  }
  return isExternal ? '"b2bCollaboration"' : '"none"';
}

/** How askers are written to who does not ask for the newest. */
const OLDER: PropertyWriters<SignIn> = {
  authenticationRequirementPolicies: ({ outcome }) => outcomeFragments(outcome).olderPolicies,
};
