import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { HostOutput, Invocation } from './stand-in-host.ts';

const HOST = join(import.meta.dirname, 'stand-in-host.ts');

/** Where Node keeps what it compiled; the product has no setting of this name. */
const { NODE_COMPILE_CACHE = '' } = process.env;

/** Lets the stand-in for the host load a bundle with these app settings and nothing else, and invoke it once. */
export async function startHost(
  bundle: string,
  settings: Readonly<Record<string, string>>,
  invocation?: Invocation,
): Promise<HostOutput> {
  const job = JSON.stringify(invocation === undefined ? [] : [invocation]);
  const { stdout } = await promisify(execFile)(process.execPath, [HOST, bundle, job], {
    env: { NODE_COMPILE_CACHE, ...settings },
    // The preview answers with the whole mail.
    maxBuffer: 16 * 1024 * 1024,
  });
  return JSON.parse(stdout) as HostOutput;
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
