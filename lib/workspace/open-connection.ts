import { cloudOf } from '../entra/clouds.ts';
import type { Ports } from '../session/ports.ts';
import type { Session } from '../session/session.ts';
import type { Settings } from '../settings/fields.ts';
import { connectToWorkspace } from './client.ts';
import type { WorkspaceConnection } from './client.ts';

/** Connects to the workspace that the settings name; `signal` and `endsAt` are the reading's own unless given. */
export function openWorkspaceConnection(
  { settings, session, ports }: WorkspaceContext,
  { signal = session.reading, endsAt = session.readingEndsAt }: Ending = {},
): Promise<WorkspaceConnection> {
  const { endpoint, audience } = cloudOf(settings.graphEndpoint).logs;
  return connectToWorkspace({
    workspaceId: settings.signInWorkspaceId,
    endpoint: settings.signInWorkspaceEndpoint ?? new URL(endpoint),
    audience,
    token: session.logsToken,
    signal,
    endsAt,
    now: () => ports.clock().getTime(),
    random: ports.random,
    sleep: ports.sleep,
  });
}

export interface WorkspaceContext {
  readonly settings: Settings;
  readonly session: Session;
  readonly ports: Ports;
}

interface Ending {
  readonly signal?: AbortSignal;
  readonly endsAt?: number;
}
