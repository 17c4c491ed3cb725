import type { TokenCredential } from '@azure/identity';
import { recordOf, textOf, textsOf } from '../decode.ts';
import { cloudOf } from '../entra/clouds.ts';
import { MailerError } from '../errors.ts';
import type { Settings } from '../settings/fields.ts';
import { isLoopback } from '../settings/kinds.ts';
import type { Sleep } from './timing.ts';

/** The public client under which a person signs in with a device code: Microsoft Graph Command Line Tools. */
const PUBLIC_CLIENT = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

/** The delegated scopes for a signed-in person: the same four permissions. */
const SCOPES = [
  'AuditLog.Read.All',
  'Directory.Read.All',
  'UserAuthenticationMethod.Read.All',
  'Mail.Send',
];

/** The credential neither heeds an abort signal nor times out by itself on an endpoint that hangs. */
const TOKEN_TIMEOUT_MS = 45_000;
const SIGN_IN_TIMEOUT_MS = 15 * 60_000;

interface TokenOptions {
  readonly settings: Pick<Settings, 'graphAuth' | 'clientId' | 'graphEndpoint'>;
  readonly sleep: Sleep;
  /** Shows a person where to enter the device code. */
  readonly prompt: (message: string) => void;
}

export type TokenSource = (signal: AbortSignal) => Promise<string>;

/** What a token is for, and the scopes that are asked for. */
interface Target {
  readonly name: string;
  readonly scopes: readonly string[];
}

/** Gives tokens for Graph, and for the query API of Log Analytics, out of one credential. */
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

/** Gives a token for Graph; asked before every request, because the credential keeps and renews it. */
export function createTokenSource(options: TokenOptions): TokenSource {
  return createTokenSources(options).graph;
}

function tokenSource(
  { settings, sleep }: TokenOptions,
  credential: () => Promise<TokenCredential>,
  { name, scopes }: Target,
): TokenSource {
  let pending: Promise<string> | undefined;

  async function fetchToken(): Promise<string> {
    try {
      const token = await (await credential()).getToken([...scopes]);
      if (token) return token.token;
    } catch (cause) {
      throw unavailable(settings.graphAuth, name, cause);
    }
    throw unavailable(settings.graphAuth, name);
  }

  return async (signal) => {
    // The credential does not join parallel first calls; one request at a time is enough.
    pending ??= fetchToken().finally(() => (pending = undefined));
    const timeoutMs = settings.graphAuth === 'device-code' ? SIGN_IN_TIMEOUT_MS : TOKEN_TIMEOUT_MS;
    const giveUp = new AbortController();
    try {
      return await Promise.race([
        pending,
        sleep(timeoutMs, AbortSignal.any([signal, giveUp.signal])).then(() => {
          throw unavailable(settings.graphAuth, name, undefined, 'did not answer in time');
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

function unavailable(
  graphAuth: string,
  target: string,
  cause?: unknown,
  what = 'gave no token',
): MailerError {
  return new MailerError(
    'token_unavailable',
    `The ${graphAuth} credential ${what} for ${target}. Check GRAPH_AUTH, AZURE_CLIENT_ID and that the identity is assigned to the app.`,
    { graphAuth, error: cause instanceof Error ? cause.name : undefined },
    { cause },
  );
}

/** What the product reads in its own token; nothing of it is a secret, and the token itself goes nowhere. */
export interface TokenClaims {
  /** The tenant, in lower case. */
  readonly tenantId?: string;
  /** Application permissions (app-only) or delegated scopes. */
  readonly permissions: readonly string[];
}

/** The permissions that a token names; undefined where it says nothing of itself. */
export function grantedBy({ tenantId, permissions }: TokenClaims): readonly string[] | undefined {
  return tenantId === undefined && permissions.length === 0 ? undefined : permissions;
}

/** Reads the claims of an access token without checking its signature, which is Graph's to check. */
export function readTokenClaims(token: string): TokenClaims {
  const claims = parsePayload(token.split('.')[1] ?? '');
  const tenantId = textOf(claims['tid'])?.toLowerCase();
  const scopes = textOf(claims['scp'])?.split(' ') ?? [];
  return {
    ...(tenantId !== undefined && { tenantId }),
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
