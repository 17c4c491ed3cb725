import type { RunContext } from '../run/context.ts';
import { openMemory } from '../run/open-memory.ts';
import type { Ports } from '../ports.ts';
import { openSession } from '../run/session.ts';
import type { StateLocation } from '../settings/state-location.ts';
import { reportSettings } from './check-settings.ts';
import { examine } from './examine.ts';
import type { Finding } from './finding.ts';
import { CheckTimeoutError } from './not-known.ts';
import { readUsableSettings } from './read-usable-settings.ts';
import { toLogFacts } from './to-log-facts.ts';

export interface DoctorOptions {
  readonly ports: Ports;
  /** Where the memory is kept when STATE_LOCATION is empty. */
  readonly defaultState: StateLocation;
}

/**
 * Checks what a run needs, as far as it can: settings, permissions, sender, licence, clock, memory, schedules.
 * What is wrong is a finding and no error; it sends nothing, and what it writes to the memory it deletes.
 */
export async function doctor({ ports, defaultState }: DoctorOptions): Promise<readonly Finding[]> {
  const { settings, problems } = readUsableSettings(ports.environment);
  const session = openSession(settings, ports);
  try {
    // The findings say what became of the memory; no run has lost it.
    const quiet = { ...ports, log: () => undefined };
    const memory = await openMemory(settings, quiet, defaultState);
    const context = { ports, settings, session, memory, startedAt: ports.clock() };
    const findings = await examine(context, {
      signal: session.running,
      unusable: problems.map(({ setting }) => setting),
    });
    return [...reportSettings(problems), ...findings];
  } finally {
    session.close();
  }
}

/** The longest that a run waits for its check-up. */
const CHECK_UP_LIMIT_MS = 5_000;

/** The same checks at the start of a run, logged as `run.checked`. Never throws, and never takes more than 5 s. */
export async function checkUp(context: RunContext): Promise<readonly Finding[]> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new CheckTimeoutError()), CHECK_UP_LIMIT_MS);
  try {
    const signal = AbortSignal.any([context.session.running, limit.signal]);
    const findings = await examine(context, { signal, unusable: [] });
    const isFine = findings.every(({ level }) => level === 'ok');
    context.ports.log(isFine ? 'info' : 'warn', 'run.checked', toLogFacts(findings));
    return findings;
  } finally {
    clearTimeout(timer);
  }
}
