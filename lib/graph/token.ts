import type { TokenCredential } from '@azure/identity';
import { recordOf, textOf, textsOf } from '../decode.ts';
import { cloudOf } from '../entra/clouds.ts';
import { READING_PERMISSIONS, SENDING_PERMISSION } from '../entra/permissions.ts';
import { MailerError } from '../errors.ts';
import type { Settings } from '../settings/fields.ts';
import { isLoopback } from '../settings/kinds.ts';
import type { Sleep } from './timing.ts';

/** The public client under which a person signs in with a device code: Microsoft Graph Command Line Tools. */
const PUBLIC_CLIENT = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

/** The delegated scopes for a signed-in person. */
const SCOPES = [...READING_PERMISSIONS, SENDING_PERMISSION];

/** The credential neither heeds an abort signal nor times out by itself on an endpoint that hangs. */
const TOKEN_TIMEOUT_MS = 45_000;
const SIGN_IN_TIMEOUT_MS = 15 * 60_000;

/**
 * So long a token that lives much longer is used without asking the credential, which takes as long to look one up as a
 * page takes to parse.
 */
const KEPT_MS = 60_000;
const MIN_LIFE_MS = 10 * 60_000;

interface TokenOptions {
  readonly settings: Pick<Settings, 'graphAuth' | 'clientId' | 'graphEndpoint'>;
  readonly sleep: Sleep;
  /** Shows a person where to enter the device code. */
  readonly prompt: (message: string) => void;
}

/** Gives a token; a fresh one is not from before the call, unless the credential itself keeps it. @default not fresh */
export type TokenSource = (signal: AbortSignal, isFresh?: boolean) => Promise<string>;

/** What a token is for, and the scopes that are asked for. */
interface Target {
  readonly name: string;
  readonly scopes: readonly string[];
}

/**
 * Gives tokens for Graph, and for the query API of Log Analytics, out of one credential; asked before every request. The
 * credential keeps and renews them.
 */
export function createTokenSources(options: TokenOptions): {
  readonly graph: TokenSource;
  readonly logs: TokenSource;
} {
  const { settings } = options;
  let credential: Promise<TokenCredential> | undefined;
  const share = () => (credential ??= createCredential(options));
  const { audience } = cloudOf(settings.graphEndpoint).logs;
  const logs = { name: 'Log Analytics', scopes: [`${audience}/.default`] };
  return {
    graph: tokenSource(options, share, { name: 'Graph', scopes: scopesFor(settings) }),
    logs: tokenSource(options, share, logs),
  };
}

function tokenSource(
  { settings, sleep }: TokenOptions,
  credential: () => Promise<TokenCredential>,
  { name: target, scopes }: Target,
): TokenSource {
  let pending: Promise<string> | undefined;
  let last: { readonly token: string; readonly until: number } | undefined;

  async function fetchToken(): Promise<string> {
    try {
      const token = await (await credential()).getToken([...scopes]);
      if (token) {
        // The credential goes by the clock of the machine.
        const lifeMs = token.expiresOnTimestamp - Date.now();
        const keptMs = lifeMs >= MIN_LIFE_MS ? KEPT_MS : 0;
        last = { token: token.token, until: performance.now() + keptMs };
        return token.token;
      }
    } catch (cause) {
      throw tokenUnavailable(settings.graphAuth, cause, { target });
    }
    throw tokenUnavailable(settings.graphAuth, undefined, { target });
  }

  return async (signal, isFresh = false) => {
    if (!isFresh && last !== undefined && performance.now() < last.until) return last.token;
    // The credential does not join parallel first calls; one request at a time is enough.
    pending ??= fetchToken().finally(() => (pending = undefined));
    const timeoutMs = settings.graphAuth === 'device-code' ? SIGN_IN_TIMEOUT_MS : TOKEN_TIMEOUT_MS;
    const giveUp = new AbortController();
    try {
      return await Promise.race([
        pending,
        sleep(timeoutMs, AbortSignal.any([signal, giveUp.signal])).then(() => {
          throw tokenUnavailable(settings.graphAuth, undefined, {
            target,
            what: 'did not answer in time',
          });
        }),
      ]);
    } finally {
      giveUp.abort(new MailerError('run_deadline', 'The token came in time.'));
    }
  };
}

async function createCredential({ settings, prompt }: TokenOptions): Promise<TokenCredential> {
  const identity = await import('@azure/identity');
  const { clientId } = settings;
  const authorityHost = cloudOf(settings.graphEndpoint).authority;
  switch (settings.graphAuth) {
    case 'managed-identity':
      return new identity.ManagedIdentityCredential(clientId === '' ? {} : { clientId });
    case 'device-code':
      return new identity.DeviceCodeCredential({
        clientId: clientId || PUBLIC_CLIENT,
        tenantId: 'organizations',
        authorityHost,
        userPromptCallback: ({ message }) => prompt(message),
      });
    case 'environment':
      return new identity.EnvironmentCredential({ authorityHost });
  }
}

function scopesFor({ graphAuth, graphEndpoint }: TokenOptions['settings']): readonly string[] {
  // A simulated tenant on this machine takes the tokens of the public cloud.
  const audience = isLoopback(graphEndpoint) ? 'https://graph.microsoft.com' : graphEndpoint.origin;
  return graphAuth === 'device-code'
    ? SCOPES.map((scope) => `${audience}/${scope}`)
    : [`${audience}/.default`];
}

/** Why there is no token, and what helps: for a person what to consent to, and which role they need. */
export function tokenUnavailable(
  graphAuth: string,
  cause?: unknown,
  { target = 'Graph', what = 'gave no token' } = {},
): MailerError {
  const entraCode = entraCodeOf(cause);
  return new MailerError(
    'token_unavailable',
    {
      what: `The ${graphAuth} credential ${what} for ${target}.`,
      todo: adviceFor(graphAuth, entraCode, cause),
    },
    { graphAuth, error: cause instanceof Error ? cause.name : undefined, entraCode },
    { cause },
  );
}

function adviceFor(graphAuth: string, entraCode: string | undefined, cause: unknown): string {
  if (isUnreachable(cause)) return 'Entra could not be reached: check the network and its proxy.';
  if (graphAuth === 'environment') {
    return 'Check GRAPH_AUTH, AZURE_TENANT_ID, AZURE_CLIENT_ID and the secret or certificate.';
  }
  if (graphAuth !== 'device-code') {
    return 'Check GRAPH_AUTH, AZURE_CLIENT_ID and that the identity is assigned to the app. Outside Azure there is no managed identity: set GRAPH_AUTH to device-code.';
  }
  return DEVICE_CODE_ADVICE[entraCode ?? ''] ?? `${CONSENT} ${PERSON}`;
}

const CONSENT = `An administrator consents once to ${SCOPES.slice(0, -1).join(', ')} and ${SCOPES.at(-1)} for the client that you sign in with (AZURE_CLIENT_ID, or Microsoft Graph Command Line Tools).`;

const PERSON =
  'The person who signs in needs the role Global Reader, and that no policy blocks the device code flow.';

/** What helps against the refusals of Entra that can be told apart (Entra authentication error codes). */
const DEVICE_CODE_ADVICE: Readonly<Record<string, string>> = {
  AADSTS65001: CONSENT,
  AADSTS90094: CONSENT,
  AADSTS90095: CONSENT,
  AADSTS53003:
    'A Conditional Access policy blocks this sign-in; many tenants block the device code flow. Use another machine, or GRAPH_AUTH=environment with an app registration.',
  AADSTS50105: 'The person is not assigned to the client that you sign in with.',
  AADSTS700016: 'The tenant does not know the client: check AZURE_CLIENT_ID.',
  AADSTS7000218:
    'The client is no public client: allow public client flows in its app registration.',
};

/** Entra's own code in the text of its refusal, of which nothing else may be told. */
function entraCodeOf(cause: unknown): string | undefined {
  return cause instanceof Error ? /\bAADSTS\d{4,8}\b/.exec(cause.message)?.[0] : undefined;
}

/** Codes of the operating system and of the credential for an answer that never came. */
const UNREACHABLE =
  /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|endpoints_resolution_error|network_error)\b/;

/** True where no answer came at all. */
function isUnreachable(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const { code } = cause as { readonly code?: unknown };
  return UNREACHABLE.test(typeof code === 'string' ? `${cause.message} ${code}` : cause.message);
}

/** What the product reads in its own token; nothing of it is a secret, and the token itself goes nowhere. */
export interface TokenClaims {
  /** The tenant, in lower case. */
  readonly tenantId?: string | undefined;
  /** Application permissions (app-only) or delegated scopes. */
  readonly permissions: readonly string[];
}

/** The permissions that a token names; undefined where it says nothing of itself. */
export function grantedBy({ tenantId, permissions }: TokenClaims): readonly string[] | undefined {
  return tenantId === undefined && permissions.length === 0 ? undefined : permissions;
}

/** Tenants have GUIDs. */
const TENANT_ID = /^[\da-z-]{1,64}$/;

/** Reads the claims of an access token without checking its signature, which is Graph's to check. */
export function readTokenClaims(token: string): TokenClaims {
  const claims = parsePayload(token.split('.')[1] ?? '');
  const tid = textOf(claims['tid'])?.toLowerCase();
  // It becomes part of the names under which the stored state is kept.
  const tenantId = tid !== undefined && TENANT_ID.test(tid) ? tid : undefined;
  const scopes = textOf(claims['scp'])?.split(' ') ?? [];
  return {
    tenantId,
    permissions: [...textsOf(claims['roles']), ...scopes],
  };
}

function parsePayload(payload: string): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  } catch {
    return {};
  }
}
