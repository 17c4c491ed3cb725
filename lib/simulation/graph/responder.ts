import { faultyAnswer, linkPage } from '../faults/fault-effects.ts';
import type { Endpoint, Fault, FaultPlan, FaultSubject } from '../faults/faults.ts';
import {
  badRequest,
  errorAnswer,
  invalidToken,
  notAllowed,
  notPremium,
  rawJsonAnswer,
  Refusal,
  tooManyRequests,
} from './answer.ts';
import type { Answer, GraphRequest } from './answer.ts';
import type { IdentityEndpoint } from './identity.ts';
import { readSignInFilter } from './odata-filter.ts';
import { pageBody, readPageToken } from './paging.ts';
import type { Page } from './paging.ts';
import { ROUTES } from './routes.ts';
import type { Route, Tenant } from './routes.ts';
import { asksForActivity } from './users.ts';

/** A request as it came in. */
interface IncomingRequest {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string | undefined;
  readonly identityHeader: string | undefined;
  readonly contentType: string;
  readonly prefer: string;
  readonly body: Buffer;
}

/** What becomes of a request: the answer, and how far it gets. */
export interface Response {
  readonly answer: Answer;
  readonly delivery: 'whole' | 'half' | 'reset' | 'never';
}

export type Responder = (incoming: IncomingRequest, now: Date) => Promise<Response>;

/** Answers as the identity endpoint and Graph would: route, token, faults, permission, licence, limit, endpoint. */
export function createResponder(
  tenant: Tenant,
  identity: IdentityEndpoint,
  faults: FaultPlan,
  takeReportRequest: (nowMs: number) => void,
): Responder {
  return async (incoming, now) => {
    try {
      if (incoming.url.pathname.startsWith('/v1/workspaces/'))
        return answerWorkspace(incoming, now);
      return incoming.url.pathname === '/msi/token'
        ? await answerToken(incoming, now)
        : await answerGraph(incoming, now);
    } catch (error) {
      if (error instanceof Refusal) {
        return { answer: errorAnswer(error, now), delivery: 'whole' };
      }
      throw error;
    }
  };

  function answerToken({ url, identityHeader }: IncomingRequest, now: Date): Promise<Response> {
    const fault = faults.strike(subjectOf('token', undefined, url.searchParams));
    return withFault(fault, now, () => identity.answer(url.searchParams, identityHeader));
  }

  function answerWorkspace({ method, url, authorization, body }: IncomingRequest, now: Date) {
    if (!identity.isForLogs(authorization)) {
      throw new Refusal(401, 'InvalidTokenError', 'The token is not valid.');
    }
    if (method !== 'POST' || url.pathname !== `/v1/workspaces/${tenant.workspaceId}/query`) {
      throw new Refusal(404, 'PathNotFoundError', 'The requested path does not exist.');
    }
    const { query } = JSON.parse(body.toString('utf8')) as { readonly query: string };
    return tenant.workspace.answer(query, now);
  }

  function answerGraph(incoming: IncomingRequest, now: Date): Promise<Response> {
    const { url, body, contentType, prefer } = incoming;
    const { route, version, params } = findRoute(incoming);
    const roles = identity.rolesOf(incoming.authorization);
    if (roles === undefined) {
      throw invalidToken('Access token is empty or was not issued for this tenant.');
    }
    const query = url.searchParams;
    const request = { url, version, params, query, contentType, prefer, body, now };
    const fault = faults.strike(subjectOf(route.endpoint(query), version, query));
    return withFault(fault, now, async () => {
      letIn(route, query, roles, now);
      const answer = await route.answer(request, tenant);
      return 'rows' in answer ? pageAnswer(answer, request, fault) : answer;
    });
  }

  function letIn(route: Route, query: URLSearchParams, roles: readonly string[], now: Date): void {
    if (route.permissions?.some((permission) => roles.includes(permission)) === false) {
      throw notAllowed();
    }
    if (route.isReport?.(query) === true) {
      if (tenant.licence === 'free') {
        throw notPremium();
      }
    }
    if (route.isReport?.(query) === true || route.isLimited === true) {
      takeReportRequest(now.getTime());
    }
  }
}

function findRoute({ method, url }: IncomingRequest) {
  const [, version, path = ''] = /^\/(v1\.0|beta)(\/.*)$/.exec(url.pathname) ?? [];
  const candidates = ROUTES.filter((route) => route.path.test(path));
  const route = candidates.find((candidate) => candidate.method === method);
  if (candidates.length === 0 || (version !== 'v1.0' && version !== 'beta')) {
    throw new Refusal(404, 'ResourceNotFound', 'Resource not found for the segment.');
  }
  if (route === undefined) {
    throw new Refusal(405, 'MethodNotAllowed', 'The method is not allowed here.');
  }
  const params = (route.path.exec(path) ?? []).slice(1);
  try {
    return { route, version, params: params.map(decodeURIComponent) } as const;
  } catch {
    throw badRequest('The path is not well encoded.');
  }
}

function subjectOf(
  endpoint: Endpoint,
  version: FaultSubject['version'],
  query: URLSearchParams,
): FaultSubject {
  const isSignIns = endpoint.endsWith('SignIns');
  return {
    endpoint,
    version,
    query,
    asksForActivity: asksForActivity(query),
    filter:
      isSignIns && version !== undefined
        ? readSignInFilter(query.get('$filter'), version)
        : undefined,
  };
}

async function withFault(
  fault: Fault | undefined,
  now: Date,
  answerIt: () => Answer | Promise<Answer>,
): Promise<Response> {
  if (fault?.kind === 'hang' || fault?.kind === 'reset') {
    return { answer: { status: 0 }, delivery: fault.kind === 'hang' ? 'never' : 'reset' };
  }
  const answer = (fault && faultyAnswer(fault, now)) ?? (await answerIt());
  return { answer, delivery: (fault && CUTS[fault.kind]) ?? 'whole' };
}

const CUTS: Readonly<Partial<Record<Fault['kind'], Response['delivery']>>> = {
  acceptThenReset: 'reset',
  halfPage: 'half',
};

function pageAnswer(page: Page, { url, query }: GraphRequest, fault: Fault | undefined): Answer {
  const linked = linkPage(page, url, readPageToken(query), fault);
  return rawJsonAnswer(pageBody(linked.page, url.origin, linked.nextLink));
}

const WINDOW_MS = 10_000;
const MAX_REQUESTS = 5;

/**
 * Graph's limit for its reporting endpoints: five requests in any ten seconds per app and tenant
 * (learn.microsoft.com/graph/throttling-limits). Refused requests count as well.
 */
export function createThrottle(): (nowMs: number) => void {
  let recentAtMs: readonly number[] = [];
  return (nowMs) => {
    const before = recentAtMs.filter((atMs) => nowMs - atMs < WINDOW_MS);
    recentAtMs = [...before, nowMs];
    if (before.length >= MAX_REQUESTS) {
      const blockingAtMs = recentAtMs.at(-MAX_REQUESTS) ?? nowMs;
      const waitMs = blockingAtMs + WINDOW_MS - nowMs;
      throw tooManyRequests(String(Math.max(1, Math.ceil(waitMs / 1000))));
    }
  };
}
