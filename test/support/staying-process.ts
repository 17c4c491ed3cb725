import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';

/** A process that stays for many jobs, which it does one after the other; it keeps nobody from ending. */
export interface StayingProcess<Job, Answer> {
  /** Rejects where the process ends over it. */
  ask(job: Job): Promise<Answer>;
  end(): Promise<void>;
}

/** Starts a script that calls `answerJobs`. */
export function startStaying<Job extends object, Answer>(
  script: string,
  args: readonly string[] = [],
): StayingProcess<Job, Answer> {
  const child = fork(script, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr] as Socket[]) {
    stream.on('data', (chunk) => (said += String(chunk))).unref();
  }
  child.unref();
  child.channel?.unref();
  const closed = once(child, 'close');
  const died = closed.then(([code]) => {
    throw new Error(`The process ended with ${String(code)}: ${said}`);
  });
  died.catch(() => undefined);
  let last: Promise<unknown> = Promise.resolve();

  async function askOne(job: Job): Promise<Answer> {
    const over = new AbortController();
    child.channel?.ref();
    try {
      const answered = once(child, 'message', { signal: over.signal });
      if (child.connected) child.send(job);
      const [answer] = await Promise.race([answered, died]);
      return answer as Answer;
    } finally {
      over.abort();
      child.channel?.unref();
    }
  }

  return {
    ask(job) {
      const answer = last.then(() => askOne(job));
      last = answer.catch(() => undefined);
      return answer;
    },
    async end() {
      if (child.connected) child.disconnect();
      await closed;
    },
  };
}

/** In the process that stays: does each job that it is sent, and ends with the one who sends them. */
export function answerJobs<Job, Answer>(perform: (job: Job) => Promise<Answer>): void {
  process.on('message', (job) => {
    void perform(job as Job).then((answer) => process.send!(answer));
  });
  process.on('disconnect', () => process.exit());
}
