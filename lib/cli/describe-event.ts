import type { EventName, LogFacts, LogLevel } from '../log.ts';

export interface LoggedEvent {
  readonly level: LogLevel;
  readonly event: EventName;
  readonly facts: LogFacts;
}

/** Shown otherwise: sources by their progress, a failure by its explanation, a partial report by its sources. */
const SHOWN_ELSEWHERE: readonly EventName[] = ['source.read', 'run.failed', 'report.partial'];

/** An event in lines for a person: the warnings that are shown nowhere else, or everything when debugging. */
export function describeEvent(
  { level, event, facts }: LoggedEvent,
  isDebugging: boolean,
): readonly string[] {
  if (isDebugging) return [listFacts(event, facts)];
  if (level === 'debug' || level === 'info' || SHOWN_ELSEWHERE.includes(event)) return [];
  // A check-up has a sentence for each finding, an error has one.
  const { findings, message = listFacts(event, facts) } = facts;
  const sentences = Array.isArray(findings) ? (findings as readonly string[]) : [String(message)];
  return sentences.map((sentence) => `! ${sentence}`);
}

function listFacts(event: EventName, facts: LogFacts): string {
  const named = Object.entries(facts).filter(([, value]) => value !== undefined);
  return [event, ...named.map(([name, value]) => `${name}=${String(value)}`)].join(' ');
}
