import type { SignInFilter } from '../graph/odata-filter.ts';

/** What a request can be for; faults are aimed at one of these. */
export type Endpoint =
  | 'users'
  | 'agentUsers'
  | 'user'
  | 'registrations'
  | 'interactiveSignIns'
  | 'nonInteractiveSignIns'
  | 'emergencySignIns'
  | 'audits'
  | 'methods'
  | 'roles'
  | 'roleMembers'
  | 'subscribedSkus'
  | 'organization'
  | 'sendMail'
  | 'token';

/** Something that goes wrong, from the `on`-th request that it concerns (1), `times` times (for ever). */
export type Fault = {
  readonly endpoint: Endpoint;
  readonly on?: number;
  readonly times?: number;
} & FaultKind;

type FaultKind =
  /** 429, with Retry-After in seconds or as a date, or without it. */
  | {
      readonly kind: 'throttled';
      readonly retryAfterSeconds?: number;
      readonly retryAfterForm?: 'seconds' | 'date';
    }
  /** 429 with a Retry-After that says nothing. */
  | { readonly kind: 'badRetryAfter'; readonly value: 'garbage' | 'past' }
  | { readonly kind: 'status'; readonly status: number; readonly code?: string }
  | { readonly kind: PlainFaultKind };

export type PlainFaultKind =
  /** 502 with a gateway's HTML page. */
  | 'html'
  /** The connection is cut without an answer. */
  | 'reset'
  /** The answer is cut in the middle. */
  | 'halfPage'
  | 'hang'
  /** 400 where a nextLink is followed. */
  | 'expiredPageToken'
  /** 401: the access token's lifetime is over. */
  | 'expiredToken'
  /** The nextLink leads to the same page. */
  | 'loopingLink'
  /** Empty pages, each with a new nextLink. */
  | 'endlessLinks'
  /** The nextLink leads to another host. */
  | 'foreignLink'
  /** Each page is served twice in a row. */
  | 'repeatedPage'
  /** The rows of a page come in any order. */
  | 'shuffled'
  /** 400 for `$select` on sign-ins. */
  | 'refuseSelect'
  /** 400 where `or` joins an application with a resource. */
  | 'refuseOr'
  /** 404 for /beta. */
  | 'refuseBeta'
  /** 403 for lack of a permission. */
  | 'noConsent'
  /** 403 for lack of a premium licence; on users only where signInActivity is selected. */
  | 'unlicensed'
  /** The mail is taken, then the connection is cut. */
  | 'acceptThenReset'
  /** 404: the sender has no mailbox. */
  | 'noMailbox'
  /** 400 for more than 120 users a page with signInActivity. */
  | 'fewerUsers';

/** What a fault needs to know of a request to tell whether the request concerns it. */
export interface FaultSubject {
  readonly endpoint: Endpoint;
  readonly version: 'v1.0' | 'beta' | undefined;
  readonly query: URLSearchParams;
  readonly asksForActivity: boolean;
  readonly filter: Pick<SignInFilter, 'mixesApplicationAndResource'> | undefined;
}

export interface FaultPlan {
  add(fault: Fault): void;
  /** Counts the request and gives the first fault that strikes it. */
  strike(subject: FaultSubject): Fault | undefined;
}

export function createFaultPlan(faults: readonly Fault[]): FaultPlan {
  const planned = faults.map((fault) => ({ fault, seen: 0 }));
  return {
    add(fault) {
      planned.push({ fault, seen: 0 });
    },
    strike(subject) {
      const concerned = planned.filter(({ fault }) => concerns(fault, subject));
      for (const entry of concerned) {
        entry.seen++;
      }
      return concerned.find(({ fault: { on = 1, times = Infinity }, seen }) => {
        return seen >= on && seen < on + times;
      })?.fault;
    },
  };
}

const CONCERNS: Readonly<Partial<Record<Fault['kind'], (subject: FaultSubject) => boolean>>> = {
  expiredPageToken: ({ query }) => query.has('$skiptoken'),
  refuseSelect: ({ query }) => query.has('$select'),
  refuseOr: ({ filter }) => filter?.mixesApplicationAndResource === true,
  refuseBeta: ({ version }) => version === 'beta',
  fewerUsers: ({ query, asksForActivity }) => asksForActivity && Number(query.get('$top')) > 120,
  unlicensed: ({ endpoint, asksForActivity }) => endpoint !== 'users' || asksForActivity,
};

function concerns({ endpoint, kind }: Fault, subject: FaultSubject): boolean {
  return endpoint === subject.endpoint && (CONCERNS[kind]?.(subject) ?? true);
}
