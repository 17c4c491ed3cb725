/**
 * The names of the log events. Alerts and runbooks query them, so a name is a contract: it is added to, never
 * changed.
 */
export const EVENTS = [
  'run.started',
  'run.checked',
  'run.failed',
  'run.refused',
  'clock.wrong',
  'source.read',
  'report.built',
  'report.partial',
  'mail.sent',
  'mail.notNeeded',
  'memory.lost',
  'memory.unreadable',
  'ledger.moved',
  'ledger.unchanged',
  'ledger.failed',
  'graph.waited',
  'workspace.unused',
  'emergency-account.used',
] as const;

export type EventName = (typeof EVENTS)[number];

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Values that a log line may carry: counts, codes and instants; never a name, an address or a token. */
export type LogFacts = Readonly<
  Record<string, string | number | boolean | undefined | readonly (string | number)[]>
>;

/** Takes one event; the Functions triggers write it as one line of JSON, the command line as one of text. */
export type Log = (level: LogLevel, event: EventName, facts?: LogFacts) => void;

/** One event as a single line of JSON, the form that Application Insights can parse. */
export function toLogLine(event: EventName, facts: LogFacts = {}): string {
  return JSON.stringify({ event, ...facts });
}
