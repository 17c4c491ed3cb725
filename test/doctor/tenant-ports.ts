import type { EventName, LogFacts, LogLevel } from '../../lib/log.ts';
import type { Ports } from '../../lib/session/ports.ts';
import { startSimulatedTenant } from '../../lib/simulation/tenant-server.ts';
import type { SimulatedTenant, SimulationOptions } from '../../lib/simulation/tenant-server.ts';
import { startHastyTime } from '../support/hasty-time.ts';
import { relayIdentityTo } from '../support/identity-relay.ts';

export interface TenantWork {
  readonly ports: Ports;
  readonly tenant: SimulatedTenant;
  readonly lines: readonly {
    readonly level: LogLevel;
    readonly event: EventName;
    readonly facts: LogFacts;
  }[];
}

export interface TenantPortsOptions extends SimulationOptions {
  readonly settings?: Readonly<Record<string, string>>;
}

/** Does a piece of work with the world as a run has it, against a simulated tenant. Pauses are over at once. */
export async function withTenantPorts<Result>(
  { settings, ...simulation }: TenantPortsOptions,
  work: (parts: TenantWork) => Promise<Result>,
): Promise<Result> {
  const tenant = await startSimulatedTenant({ people: 0, ...simulation });
  const { IDENTITY_ENDPOINT = '', IDENTITY_HEADER = '' } = tenant.settings;
  await relayIdentityTo(IDENTITY_ENDPOINT, IDENTITY_HEADER);
  const lines: { level: LogLevel; event: EventName; facts: LogFacts }[] = [];
  const ports: Ports = {
    environment: { ...tenant.settings, ...settings },
    // The clock of the tenant, by which Graph dates its answers.
    clock: () => new Date(),
    random: () => 0,
    sleep: startHastyTime(new Date()).sleep,
    log: (level, event, facts = {}) => lines.push({ level, event, facts }),
    onProgress: () => undefined,
    prompt: () => undefined,
  };
  try {
    return await work({ ports, tenant, lines });
  } finally {
    await tenant.close();
  }
}
