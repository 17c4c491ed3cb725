import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { defineCommand } from 'citty';
import { run } from '../run/run.ts';
import type { RunSummary } from '../run/run-summary.ts';
import { startSimulatedTenant } from '../simulation/tenant-server.ts';
import type { SimulatedTenant } from '../simulation/tenant-server.ts';
import { NUMBER_ARGS, readNumbers } from './demo-options.ts';
import { describeMorning } from './describe-summary.ts';
import { openDisplay } from './display.ts';
import { exitCodeOf } from './exit-code.ts';
import { createStoryClock, lastMornings } from './story-clock.ts';
import type { StoryClock } from './story-clock.ts';
import { openTerminal } from './terminal.ts';
import { listFiles, writeDigest, writeMails } from './write-digest.ts';
import { writeExceptions } from './write-exceptions.ts';

/** The hour of REPORT_SCHEDULE's default. */
const DIGEST_HOUR = 6;

export const demoCommand = defineCommand({
  meta: { name: 'demo', description: 'Play some days of a simulated tenant and leave its digest' },
  args: {
    ...NUMBER_ARGS,
    free: { type: 'boolean', description: 'A tenant without a premium licence' },
    throttle: { type: 'boolean', description: 'Limit requests as Graph does; takes minutes' },
    out: {
      type: 'string',
      valueHint: 'FOLDER',
      default: 'out/demo',
      description: 'Where to leave it',
    },
  },
  async run({ args }) {
    const { people, 'sign-ins': signIns, seed, days } = readNumbers(args);
    await mkdir(args.out, { recursive: true });
    const memory = await mkdtemp(join(args.out, 'memory-'));
    const mornings = lastMornings(days, DIGEST_HOUR, new Date());
    const clock = createStoryClock();
    const tenant = await startSimulatedTenant({
      clock: clock.now,
      people,
      signIns,
      seed,
      licence: args.free === true ? 'free' : 'premium',
      throttle: args.throttle === true,
      story: { lastDay: mornings.at(-1)! },
    });
    console.log(
      `A simulated tenant of ${people.toLocaleString('en-GB')} people, on this machine. The last ${days === 1 ? 'morning' : `${days} mornings`}:\n`,
    );
    try {
      await writeExceptions(memory, mornings.at(-1)!);
      const last = await playMornings(mornings, tenant, clock, memory);
      const files = [
        ...(await writeMails(tenant.mails, args.out)),
        ...(await writeDigest(last, args.out)),
      ];
      console.log(`\nThe digest of the last one:\n\n${listFiles(files)}`);
      // A free tenant is partial by nature, and that is what was asked for.
      return args.free === true ? 0 : exitCodeOf(last);
    } finally {
      await tenant.close();
      await rm(memory, { recursive: true });
    }
  },
});

/** Runs the digest on each morning, with a memory that goes from one to the next; returns the last run. */
async function playMornings(
  mornings: readonly Date[],
  tenant: SimulatedTenant,
  clock: StoryClock,
  memory: string,
): Promise<RunSummary> {
  // The credential finds the identity endpoint in the environment of the process.
  Object.assign(process.env, tenant.settings);
  const display = openDisplay({ stream: process.stderr, isDebugging: false, isBrief: true });
  const ports = openTerminal(
    { ...tenant.settings, SEND_WHEN: 'always', STATE_LOCATION: `folder:${memory}` },
    { clock: clock.now, display },
  );
  let summary: RunSummary | undefined;
  for (const morning of mornings) {
    clock.setTo(morning);
    summary = await run({ ports, trigger: 'schedule' });
    display.clear();
    console.log(`  ${morning.toISOString().slice(0, 10)}  ${describeMorning(summary)}`);
  }
  return summary!;
}
