import { randomBytes, randomUUID } from 'node:crypto';
import { jsonAnswer } from './answer.ts';
import type { Answer } from './answer.ts';

/** The App Service managed-identity endpoint, and the tokens that it gave out. */
export interface IdentityEndpoint {
  /** What an app's environment holds as IDENTITY_HEADER. */
  readonly secret: string;
  answer(query: URLSearchParams, header: string | undefined): Answer;
  /** The app roles in a token of ours for Graph; undefined for any other. */
  rolesOf(authorization: string | undefined): readonly string[] | undefined;
  /** Whether it is one of ours for the query API of Log Analytics. */
  isForLogs(authorization: string | undefined): boolean;
}

const GRAPH_RESOURCES = [
  'https://graph.microsoft.com',
  'https://graph.microsoft.us',
  'https://dod-graph.microsoft.us',
  'https://microsoftgraph.chinacloudapi.cn',
];
const LOGS_RESOURCE = 'https://api.loganalytics.io';
const LIFETIME_SECONDS = 86_400;
const PRINCIPAL_ID = '5b2f7d10-6c3e-4f91-8a0d-2e94c7b61f38';

export function createIdentityEndpoint(options: {
  readonly tenantId: string;
  readonly clientId: string;
  readonly roles: readonly string[];
  readonly origin: string;
}): IdentityEndpoint {
  const secret = randomUUID();
  const issued = new Map<string, string>();
  return {
    secret,
    answer(query, header) {
      const resource = (query.get('resource') ?? '').replace(/\/$/, '');
      if (header !== secret) {
        return jsonAnswer({ statusCode: 401, message: 'Invalid or missing identity header.' }, 401);
      }
      if (query.get('api-version') !== '2019-08-01') {
        return jsonAnswer({ statusCode: 400, message: 'Unknown api-version.' }, 400);
      }
      if (![...GRAPH_RESOURCES, LOGS_RESOURCE, options.origin].includes(resource)) {
        return jsonAnswer({ statusCode: 400, message: `Unknown resource ${resource}.` }, 400);
      }
      // The real clock, not the tenant's: the asking process judges by its own when a token ends.
      const nowSeconds = Math.floor(Date.now() / 1000);
      const expiresOn = nowSeconds + LIFETIME_SECONDS;
      const token = unsignedToken({
        aud: resource,
        iss: `https://sts.windows.net/${options.tenantId}/`,
        tid: options.tenantId,
        appid: query.get('client_id') ?? options.clientId,
        oid: PRINCIPAL_ID,
        idtyp: 'app',
        roles: options.roles,
        iat: nowSeconds,
        nbf: nowSeconds,
        exp: expiresOn,
      });
      issued.set(token, resource);
      return jsonAnswer({
        access_token: token,
        expires_on: String(expiresOn),
        resource,
        token_type: 'Bearer',
      });
    },
    rolesOf(authorization) {
      const resource = issued.get(bearer(authorization));
      return resource === undefined || resource === LOGS_RESOURCE ? undefined : options.roles;
    },
    isForLogs: (authorization) => issued.get(bearer(authorization)) === LOGS_RESOURCE,
  };
}

function bearer(authorization: string | undefined): string {
  return /^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '';
}

function unsignedToken(claims: object): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signature = randomBytes(24).toString('base64url');
  return `${encode({ typ: 'JWT', alg: 'none' })}.${encode(claims)}.${signature}`;
}
