import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';

/** A process that stays for many jobs, which it does one after the other; it keeps nobody from ending. */
export interface StayingProcess<Job, Answer> {
  /** Rejects where the process ends over it. */
  ask(job: Job): Promise<Answer>;
  end(): Promise<void>;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** Starts a script that calls `answerJobs`. */
export function startStaying<Job extends object, Answer>(
  script: string,
  args: readonly string[] = [],
  env: Variables = process.env,
): StayingProcess<Job, Answer> {
  const child = fork(script, args, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr] as Socket[]) {
    stream.on('data', (chunk) => (said += String(chunk))).unref();
  }
  letGo();
  const ended = once(child, 'exit');
  const died = once(child, 'close').then(([code]) => {
    throw new Error(`The process ended with ${String(code)}: ${said}`);
  });
  died.catch(() => undefined);
  let last: Promise<unknown> = Promise.resolve();

  /** Nobody ends while they wait for it. */
  function hold(): void {
    child.ref();
    child.channel?.ref();
  }
  function letGo(): void {
    child.unref();
    child.channel?.unref();
  }
  async function askOne(job: Job): Promise<Answer> {
    const over = new AbortController();
    hold();
    try {
      const answered = once(child, 'message', { signal: over.signal });
      if (child.connected) child.send(job);
      const [answer] = await Promise.race([answered, died]);
      return answer as Answer;
    } finally {
      over.abort();
      letGo();
    }
  }

  return {
    ask(job) {
      const answer = last.then(() => askOne(job));
      last = answer.catch(() => undefined);
      return answer;
    },
    async end() {
      hold();
      if (child.connected) child.disconnect();
      await ended;
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

/** Makes the environment of this process what a new one would begin with. */
export function replaceEnvironment(env: Variables): void {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
}
