import { join } from 'node:path';
import { startStaying } from '../support/staying-process.ts';
import type { HostJob, HostOutput, Invocation } from './stand-in-host.ts';

const HOST = join(import.meta.dirname, 'stand-in-host.ts');

/** App settings. */
type Settings = Readonly<Record<string, string>>;

/** A host that has loaded a bundle and stays, as the real one does from one invocation to the next. */
export interface Host {
  /** What it registered, and logged while it loaded. */
  load(): Promise<HostOutput>;
  /** Invokes it with these app settings and nothing else. */
  invoke(settings: Settings, invocation: Invocation): Promise<HostOutput>;
  end(): Promise<void>;
}

/** Lets the stand-in for the host load a bundle with these app settings and nothing else. */
export function startHost(bundle: string, settings: Settings = {}): Host {
  const host = startStaying<HostJob, HostOutput>(HOST, [bundle], settings);
  return {
    load: () => host.ask({ settings }),
    invoke: (others, invocation) => host.ask({ settings: others, invocation }),
    end: () => host.end(),
  };
}

/** Invokes a bundle once, in a host that was started for it with these app settings. */
export async function invokeCold(
  bundle: string,
  settings: Settings,
  invocation: Invocation,
): Promise<HostOutput> {
  const host = startHost(bundle, settings);
  try {
    return await host.invoke(settings, invocation);
  } finally {
    await host.end();
  }
}

/** A timer as the host sends it. */
export function tick(name: string, isPastDue = false): Invocation {
  const timer = {
    Schedule: { AdjustForDST: true },
    ScheduleStatus: null,
    IsPastDue: isPastDue,
  };
  return { name, data: { json: JSON.stringify(timer) } };
}

/** A request to the trigger on demand as the host sends it. */
export function post(query: Readonly<Record<string, string>> = {}): Invocation {
  const url = 'https://app.example/api/report-now';
  return { name: 'report-now', data: { http: { method: 'POST', url, query, headers: {} } } };
}

/** The events of an invocation's log, each of which must be a line of JSON. */
export function eventsOf({ logs }: HostOutput): readonly Readonly<Record<string, unknown>>[] {
  return logs.map(({ message }) => JSON.parse(message) as Readonly<Record<string, unknown>>);
}

/** The body of an answer as text. */
export function bodyOf({ response }: HostOutput): string {
  // Bytes come as JSON makes an object of them.
  return Buffer.from(Object.values(response?.returnValue?.http?.body.bytes ?? {})).toString();
}
