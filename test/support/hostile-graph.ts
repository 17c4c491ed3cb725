import { randomUUID } from 'node:crypto';
import type { ServedRequest, Step } from './scripted-server.ts';

export type Row = Readonly<Record<string, unknown>>;

/** The collections of Graph that a run reads, by what they are called here. */
export const COLLECTIONS = {
  users: /^\/v1\.0\/users\?/,
  agents: /\/microsoft\.graph\.agentUser/,
  registrations: /userRegistrationDetails/,
  interactive: /signIns.*'interactiveUser'/,
  nonInteractive: /signIns.*'nonInteractiveUser'/,
  emergencySignIns: /signIns.*userId eq/,
  roles: /\/directoryRoles(?:\?|$)/,
  members: /\/directoryRoles\/.*\/members/,
  groupMembers: /transitiveMembers/,
  audits: /directoryAudits/,
  methods: /authentication\/methods/,
  licences: /subscribedSkus/,
  organisation: /organization/,
} as const;

export type Collection = keyof typeof COLLECTIONS;

/** The rows of a tenant by collection, and texts that are put in for markers of a row as they are: JSON of any kind. */
export interface HostileTenant {
  readonly rows: Readonly<Partial<Record<Collection, readonly unknown[]>>>;
  readonly raw?: Readonly<Record<string, string>>;
  /** What stands in place of the list of a collection. */
  readonly instead?: { readonly collection: Collection; readonly value: unknown };
}

export const TENANT_ID = 'ea535fba-e357-48e7-a5a2-e55fe0d09e63';

const TOKEN = [
  { alg: 'none' },
  { tid: TENANT_ID, roles: ['AuditLog.Read.All', 'Directory.Read.All'] },
  'x',
]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.');

/** One identity for the whole process: @azure/identity keeps its token. */
export const CLIENT_ID = randomUUID();

/** Answers as Graph and the identity endpoint would, with the rows of a tenant on one page each. */
export function answerFrom({
  rows,
  raw = {},
  instead,
}: HostileTenant): (request: ServedRequest) => Step {
  return ({ url, headers: { host = '' } }) => {
    if (url.startsWith('/msi/token')) {
      const expires = String(Math.floor(Date.now() / 1000) + 86_400);
      return {
        body: { access_token: TOKEN, expires_on: expires, token_type: 'Bearer', resource: host },
      };
    }
    const path = decodeURIComponent(url);
    const names = Object.keys(COLLECTIONS) as Collection[];
    const found = names.filter((name) => COLLECTIONS[name].test(path));
    // Those of one person are both: theirs are named last.
    const collection = found.includes('emergencySignIns') ? 'emergencySignIns' : found[0];
    if (collection === undefined) return { status: 404, body: { error: { code: 'NotFound' } } };
    if (instead?.collection === collection) return { body: pageOf(instead.value, raw) };
    const list = rows[collection] ?? NO_ROWS;
    const body = pages.get(list) ?? pageOf(list, raw);
    pages.set(list, body);
    return { body };
  };
}

const NO_ROWS: readonly unknown[] = [];

/** By their rows: of a case, those of one collection are its own, and all the others those of every other case. */
const pages = new WeakMap<readonly unknown[], string>();

function pageOf(value: unknown, raw: Readonly<Record<string, string>>): string {
  return Object.entries(raw).reduce(
    (body, [marker, text]) => body.replaceAll(`"${marker}"`, text),
    JSON.stringify({ value }),
  );
}
