// A process of its own that runs the product from its sources: takes a job a line, and answers each with a line.
import { createInterface } from 'node:readline';
import { MailerError } from '../../lib/errors.ts';
import { sleep } from '../../lib/graph/timing.ts';
import type { EventName, LogFacts } from '../../lib/log.ts';
import { ingest } from '../../lib/run/ingest.ts';
import { run } from '../../lib/run/run.ts';
import type { Ports } from '../../lib/session/ports.ts';

export interface RunJob {
  readonly trigger: 'schedule' | 'on-demand' | 'preview' | 'ingest';
  /** ISO; the clock of the run stands there. */
  readonly now: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly isPastDue?: boolean;
  readonly isRecording?: boolean;
}

export interface RunAnswer {
  /** What the run did, or the digest that an ingest took up. */
  readonly outcome?: string;
  /** Why it failed. */
  readonly code?: string;
  readonly events: readonly {
    readonly level: string;
    readonly event: EventName;
    readonly facts: LogFacts;
  }[];
}

/** Waits of the run itself are cut to this; longer ones are limits on somebody else. */
const MAX_WAIT_MS = 100;
const LIMIT_MS = 45_000;

async function perform(job: RunJob): Promise<RunAnswer> {
  const { trigger, now, environment, isPastDue = false, isRecording = false } = job;
  const events: RunAnswer['events'][number][] = [];
  const ports: Ports = {
    environment,
    clock: () => new Date(now),
    random: () => 0,
    sleep: (waitMs, signal) =>
      sleep(waitMs < LIMIT_MS ? Math.min(waitMs, MAX_WAIT_MS) : waitMs, signal),
    log: (level, event, facts = {}) => events.push({ level, event, facts }),
    onProgress: () => undefined,
    prompt: () => undefined,
  };
  try {
    const summary =
      trigger === 'ingest'
        ? (await ingest({ ports, isPastDue })).digest
        : await run({ ports, trigger, isPastDue, isRecording });
    return { ...(summary !== undefined && { outcome: summary.outcome }), events };
  } catch (error) {
    return { code: error instanceof MailerError ? error.code : String(error), events };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await perform(JSON.parse(line) as RunJob))}\n`);
}
process.exit();
