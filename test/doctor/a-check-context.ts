import type { CheckContext, Finding } from '../../lib/doctor/check.ts';
import type { GraphConnection } from '../../lib/graph/client.ts';
import { readTokenClaims } from '../../lib/graph/token.ts';
import type { Session } from '../../lib/session/session.ts';
import type { StateStorage } from '../../lib/session/storage.ts';
import { openTenantReads } from '../../lib/sources/tenant.ts';
import { readSettings } from '../../lib/settings/read-settings.ts';
import type { Environment } from '../../lib/settings/read-settings.ts';
import { createVolatileStore } from '../../lib/storage/store.ts';

export const NOW = new Date('2026-11-21T06:00:00Z');

export const SENDER = 'digest@contoso.example';

export interface CheckContextParts {
  readonly settings?: Environment;
  /** The claims of the token. */
  readonly claims?: object;
  readonly graph?: GraphConnection;
  readonly state?: Partial<StateStorage>;
  readonly clock?: () => Date;
  /** How far this machine's clock is ahead of Graph's. @default Graph has not said what time it is */
  readonly skewMs?: number;
}

/** What a check looks at: a real token's claims, no Graph and no lasting state unless they are given. */
export function aCheckContext(parts: CheckContextParts = {}): CheckContext {
  const { settings = {}, claims = {}, state, clock = () => NOW, skewMs } = parts;
  const graph = parts.graph as GraphConnection;
  const environment = { EMAIL_FROM: SENDER, EMAIL_TO: 'security@contoso.example', ...settings };
  const signal = new AbortController().signal;
  return {
    settings: readSettings(environment, { isSending: false }),
    startedAt: NOW,
    state: { store: createVolatileStore(), status: 'none', ...state },
    session: {
      graph,
      lastReading: signal,
      reading: signal,
      running: signal,
      readingEndsAt: NOW.getTime() + 60_000,
      logsToken: async () => aToken(claims),
      claims: async () => readTokenClaims(aToken(claims)),
      close: () => undefined,
      skewMs: () => skewMs,
    } satisfies Session,
    tenant: openTenantReads({ graph, onProgress: () => undefined }),
    ports: {
      environment,
      clock,
      random: () => 0,
      sleep: async () => undefined,
      log: () => undefined,
      onProgress: () => undefined,
      prompt: () => undefined,
    },
  };
}

/** A token that nobody signed. */
export function aToken(claims: object): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
}

/** The only finding of a check. */
export async function theFinding(
  findings: readonly Finding[] | Promise<readonly Finding[]>,
): Promise<Finding> {
  const [finding, ...others] = await findings;
  if (finding === undefined || others.length > 0) throw new Error('There is not one finding.');
  return finding;
}
