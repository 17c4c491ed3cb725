import type { RowDecoder } from '../decode.ts';
import { LOG_PAGE_ROWS } from '../entra/limits.ts';
import { hasCode, MailerError } from '../errors.ts';
import { isObjectId } from '../guid.ts';
import { readCollection, withTimeLimit } from './collection.ts';
import type { Properties, Reader } from './collection.ts';
import { startCount, toCause } from './coverage.ts';
import type { Cause } from './coverage.ts';
import type { User } from './rows.ts';

/** An emergency account, by what the setting names: a user principal name or an object id. */
export interface EmergencyName {
  readonly configured: string;
  /** Object id as Graph writes it, where it is known. */
  readonly userId?: string | undefined;
}

/** What an emergency account can do MFA with, and what it did at any application. */
export interface EmergencyActivity extends EmergencyName {
  /** The start of what was asked for, milliseconds since 1970. */
  readonly since: number;
  /** Undefined where they could not be read. */
  readonly methods?: readonly EmergencyMethod[] | undefined;
  /** Sign-ins and attempts of both kinds to all applications, newest first; undefined where none could be read. */
  readonly signIns?: readonly EmergencySignIn[] | undefined;
  /** Whether these are all of them. */
  readonly areSignInsWhole: boolean;
  /** The last success among them. */
  readonly lastSuccessAt?: number | undefined;
  /** Why something of it is not known. */
  readonly cause?: Cause | undefined;
}

export interface EmergencyMethod {
  /**
   * Graph's type without its frame: `fido2` for a passkey, `windowsHelloForBusiness`, `temporaryAccessPass`, `phone`,
   * `microsoftAuthenticator`, `softwareOath`, `email`, `password`, `platformCredential`, or one that is newer.
   * Certificates and hardware tokens are not among them.
   */
  readonly kind: string;
  /** Milliseconds since 1970. */
  readonly createdAt?: number | undefined;
}

export interface EmergencySignIn {
  readonly at: number;
  /** As Entra names it. */
  readonly application?: string | undefined;
  readonly hasSucceeded: boolean;
  readonly kind: 'interactive' | 'nonInteractive';
}

/** The configured emergency accounts that the tenant has. */
export function findEmergencyAccounts(
  users: readonly User[],
  configured: readonly string[],
): readonly EmergencyName[] {
  const named = new Map(configured.map((name) => [name.toLowerCase(), name]));
  if (named.size === 0) return [];
  return users.flatMap(({ id, userPrincipalName }) => {
    const name = named.get(id.toLowerCase()) ?? named.get(userPrincipalName?.toLowerCase() ?? '');
    return name === undefined ? [] : [{ configured: name, userId: id }];
  });
}

/** A few accounts take seconds, and half a minute where Graph paces them. */
const LIMIT_MS = 120_000;

/**
 * Looks at emergency accounts: at most four requests each, one page of methods, one of each kind of sign-ins, and one
 * more where Graph refuses its beta.
 */
export async function readEmergencyActivity(
  reader: Reader,
  accounts: readonly EmergencyName[],
  since: number,
): Promise<readonly EmergencyActivity[]> {
  const quiet = { ...reader, onProgress: () => undefined };
  return withTimeLimit(quiet, LIMIT_MS, async (limited) => {
    const activities: EmergencyActivity[] = [];
    for (const account of accounts) activities.push(await readAccount(limited, account, since));
    return activities;
  });
}

async function readAccount(
  reader: Reader,
  account: EmergencyName,
  since: number,
): Promise<EmergencyActivity> {
  const methods = await tryRead(() => readMethods(reader, account));
  const interactive = await tryRead(() => readInteractive(reader, account, since));
  const nonInteractive = await tryRead(() =>
    readSignIns(reader, account, { since, kind: 'nonInteractive', version: 'beta' }),
  );
  const parts = [interactive.value, nonInteractive.value];
  const signIns = parts
    .flatMap((part) => part?.signIns ?? [])
    .toSorted((one, other) => other.at - one.at);
  const cause = methods.cause ?? interactive.cause ?? nonInteractive.cause;
  return {
    ...account,
    since,
    methods: methods.value,
    signIns: parts.every((part) => part === undefined) ? undefined : signIns,
    areSignInsWhole: parts.every((part) => part?.isWhole === true),
    lastSuccessAt: signIns.find(({ hasSucceeded }) => hasSucceeded)?.at,
    cause,
  };
}

interface Tried<Value> {
  readonly value?: Value;
  readonly cause?: Cause;
}

async function tryRead<Value>(read: () => Promise<Value>): Promise<Tried<Value>> {
  try {
    return { value: await read() };
  } catch (error) {
    if (!(error instanceof MailerError)) throw error;
    return { cause: toCause(error) };
  }
}

async function readMethods(
  reader: Reader,
  { configured, userId = configured }: EmergencyName,
): Promise<readonly EmergencyMethod[]> {
  const methods: EmergencyMethod[] = [];
  const request = {
    source: 'audits',
    what: 'the methods of an emergency account',
    path: `/v1.0/users/${encodeURIComponent(userId)}/authentication/methods`,
    decode: decodeMethod,
    maxPages: 1,
  } as const;
  const count = startCount();
  await readCollection(reader, request, count, (method) => methods.push(method) > 0);
  if (count.lost > 0) throw unreadable('the methods of an emergency account');
  return methods;
}

const METHOD_TYPE = /^#microsoft\.graph\.(\w{1,80}?)(?:AuthenticationMethod)?$/;

function decodeMethod(row: Properties, read: RowDecoder): EmergencyMethod | undefined {
  const kind = METHOD_TYPE.exec(read.text(row['@odata.type']) ?? '')?.[1];
  if (kind === undefined) return undefined;
  const createdAt = read.instant(row['createdDateTime']);
  return { kind, createdAt: createdAt === undefined ? undefined : Date.parse(createdAt) };
}

interface SignInsRead {
  readonly signIns: readonly EmergencySignIn[];
  readonly isWhole: boolean;
}

async function readInteractive(
  reader: Reader,
  account: EmergencyName,
  since: number,
): Promise<SignInsRead> {
  const query = { since, kind: 'interactive' } as const;
  try {
    return await readSignIns(reader, account, { ...query, version: 'beta' });
  } catch (error) {
    if (!hasCode(error, 'graph_refused')) throw error;
    return readSignIns(reader, account, { ...query, version: 'v1.0' });
  }
}

interface SignInQuery {
  readonly since: number;
  readonly kind: EmergencySignIn['kind'];
  readonly version: 'v1.0' | 'beta';
}

async function readSignIns(
  reader: Reader,
  { configured, userId = configured }: EmergencyName,
  { since, kind, version }: SignInQuery,
): Promise<SignInsRead> {
  const property = isObjectId(userId) ? 'userId' : 'userPrincipalName';
  // The log writes names in lower case.
  const value = property === 'userId' ? userId : userId.toLowerCase();
  const filter = [
    `createdDateTime ge ${new Date(since).toISOString().replace(/\.\d+Z$/, 'Z')}`,
    `${property} eq '${value.replaceAll("'", "''")}'`,
    ...(version === 'beta' ? [`signInEventTypes/any(t: t eq '${kind}User')`] : []),
  ].join(' and ');
  const signIns: EmergencySignIn[] = [];
  const seen = new Set<string>();
  const request = {
    source: 'audits',
    what: 'the sign-ins of an emergency account',
    path: `/${version}/auditLogs/signIns?$filter=${encodeURIComponent(filter)}&$top=${LOG_PAGE_ROWS}`,
    decode: (row: Properties, read: RowDecoder) => decodeSignIn(row, read, kind),
    maxPages: 1,
  } as const;
  const count = startCount();
  const isRead = await readCollection(reader, request, count, ({ id, signIn }) => {
    if (id !== undefined && seen.has(id)) return false;
    if (id !== undefined) seen.add(id);
    signIns.push(signIn);
    return true;
  });
  return { signIns, isWhole: isRead && count.lost === 0 };
}

interface DecodedSignIn {
  /** A row without one is a row of its own. */
  readonly id: string | undefined;
  readonly signIn: EmergencySignIn;
}

function decodeSignIn(
  row: Properties,
  read: RowDecoder,
  kind: EmergencySignIn['kind'],
): DecodedSignIn | undefined {
  const id = read.text(row['id']);
  const at = read.instant(row['createdDateTime']);
  const { errorCode } = read.record(row['status']);
  if (at === undefined || typeof errorCode !== 'number') return undefined;
  const application = read.text(row['appDisplayName']) ?? read.text(row['appId']);
  return { id, signIn: { at: Date.parse(at), application, hasSucceeded: errorCode === 0, kind } };
}

function unreadable(what: string): MailerError {
  return new MailerError('graph_unexpected', `Graph’s answer to ${what} could not be read.`);
}
