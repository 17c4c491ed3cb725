import { startSimulatedTenant } from '../../lib/simulation/tenant-server.ts';
import type { SimulatedTenant, SimulationOptions } from '../../lib/simulation/tenant-server.ts';

export type Row = Readonly<Record<string, unknown>>;

/** A small Graph client for one tenant: real HTTP, no retry. */
export interface TenantClient {
  readonly tenant: SimulatedTenant;
  readonly get: (path: string) => Promise<Response>;
  /** Follows every nextLink; gives the pages' rows. */
  readonly pages: (path: string) => Promise<readonly (readonly Row[])[]>;
  readonly rows: (path: string) => Promise<readonly Row[]>;
  readonly post: (path: string, contentType: string, body: string) => Promise<Response>;
}

/** Starts a tenant and signs in to it. */
export async function openTenant(options: SimulationOptions = {}): Promise<TenantClient> {
  const tenant = await startSimulatedTenant(options);
  const headers = { authorization: `Bearer ${await tokenFrom(tenant)}` };
  const absolute = (path: string) => (path.startsWith('http') ? path : `${tenant.origin}${path}`);
  const get = (path: string) => fetch(absolute(path), { headers });
  async function pages(path: string) {
    const found: (readonly Row[])[] = [];
    for (let link: string | undefined = path; link !== undefined;) {
      const response = await get(link);
      if (!response.ok) {
        throw new Error(`${response.status} ${await response.text()}`);
      }
      const page = (await response.json()) as Row;
      found.push(page['value'] as readonly Row[]);
      link = page['@odata.nextLink'] as string | undefined;
    }
    return found;
  }
  return {
    tenant,
    get,
    pages,
    rows: async (path) => (await pages(path)).flat(),
    post: (path, contentType, body) =>
      fetch(absolute(path), {
        method: 'POST',
        headers: { ...headers, 'content-type': contentType },
        body,
      }),
  };
}

/** Opens a tenant for the length of one piece of work. */
export async function withTenant<Result>(
  options: SimulationOptions,
  work: (client: TenantClient) => Promise<Result>,
): Promise<Result> {
  const client = await openTenant(options);
  try {
    return await work(client);
  } finally {
    await client.tenant.close();
  }
}

export async function tokenFrom({ settings, origin }: SimulatedTenant): Promise<string> {
  const address = `${settings['IDENTITY_ENDPOINT']}?api-version=2019-08-01&resource=${origin}`;
  const response = await fetch(address, {
    headers: { 'x-identity-header': settings['IDENTITY_HEADER'] ?? '' },
  });
  return ((await response.json()) as { readonly access_token: string }).access_token;
}

/** Status and Graph's error code of an answer. */
export async function outcomeOf(response: Response): Promise<string> {
  const body = (await response.json()) as { readonly error: { readonly code: string } };
  return `${response.status} ${body.error.code}`;
}

/** The path of sign-ins of one kind, filtered. */
export function signInsPath(
  kind: 'interactiveUser' | 'nonInteractiveUser',
  condition?: string,
  rest = '',
): string {
  const events = `signInEventTypes/any(t: t eq '${kind}')`;
  const filter = condition === undefined ? events : `${events} and (${condition})`;
  return `/beta/auditLogs/signIns?$filter=${encodeURIComponent(filter)}${rest}`;
}

export const AN_INSTANT = new Date('2026-11-21T06:00:00Z');
export const atAnInstant = () => AN_INSTANT;
