import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineCommand } from 'citty';
import { SettingsError } from '../errors.ts';
import type { SettingProblem } from '../errors.ts';
import type { RunSummary } from '../run/make-digest.ts';
import { run } from '../run/run.ts';
import { count } from '../settings/kinds.ts';
import type { Field } from '../settings/kinds.ts';
import { CAST } from '../simulation/people/cast.ts';
import { startSimulatedTenant } from '../simulation/tenant-server.ts';
import type { SimulatedTenant } from '../simulation/tenant-server.ts';
import { demoWorkspace, readDemoSource } from './demo-source.ts';
import { describeMorning, exitCodeOf } from './outcome.ts';
import { openDisplay, openTerminal } from './terminal.ts';
import { listFiles, writeDigest, writeMails } from './write-digest.ts';

/** The hour of REPORT_SCHEDULE's default. */
const DIGEST_HOUR = 6;

const DAY_MS = 86_400_000;

const NUMBERS = {
  people: count(
    140,
    1_000_000,
    '--people',
    '160',
    'People in the tenant, the handmade ones among them',
  ),
  'sign-ins': count(
    0,
    10_000_000,
    '--sign-ins',
    '3000',
    'Their sign-ins in the last 30 days; or the word workspace, to count them in Log Analytics',
  ),
  seed: count(1, 1_000_000, '--seed', '1', 'Another seed, other people'),
  days: count(1, 7, '--days', '7', 'Mornings to play, the last one today'),
};

type NumberName = keyof typeof NUMBERS;

/** The numbers of a demo as arguments of the command line. */
const NUMBER_ARGS = {
  people: numberArg(NUMBERS.people),
  'sign-ins': numberArg(NUMBERS['sign-ins']),
  seed: numberArg(NUMBERS.seed),
  days: numberArg(NUMBERS.days),
};

/** Reads the numbers of a demo; throws one SettingsError that names every argument that is none. */
function readNumbers(
  args: Readonly<Record<NumberName, string>>,
): Readonly<Record<NumberName, number>> {
  const problems: SettingProblem[] = [];
  const numbers = { people: 0, 'sign-ins': 0, seed: 0, days: 0 };
  for (const name of Object.keys(NUMBERS) as NumberName[]) {
    const reading = NUMBERS[name].read(args[name]);
    if ('value' in reading) numbers[name] = reading.value;
    else problems.push({ setting: NUMBERS[name].setting, problem: reading.problem });
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return numbers;
}

function numberArg({ fallback, meaning }: Field<number>) {
  return { type: 'string', valueHint: 'N', default: fallback, description: meaning } as const;
}

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
    const source = readDemoSource(args['sign-ins'], NUMBERS['sign-ins'].fallback);
    const numbers = readNumbers({ ...args, 'sign-ins': source.signIns });
    const { people, 'sign-ins': signIns, seed, days } = numbers;
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
      workspace: demoWorkspace(mornings[0]!),
    });
    const settings = {
      ...tenant.settings,
      ...(source.isWorkspace && tenant.workspaceSettings),
    };
    console.log(
      `A simulated tenant of ${people.toLocaleString('en-GB')} people, on this machine. The last ${days === 1 ? 'morning' : `${days} mornings`}:\n`,
    );
    try {
      await writeExceptions(memory, mornings.at(-1)!);
      const last = await playMornings(mornings, settings, clock, memory);
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
  settings: SimulatedTenant['settings'],
  clock: StoryClock,
  memory: string,
): Promise<RunSummary> {
  // The credential finds the identity endpoint in the environment of the process.
  Object.assign(process.env, settings);
  const display = openDisplay({ stream: process.stderr, isDebugging: false, isBrief: true });
  const ports = openTerminal(
    { ...settings, SEND_WHEN: 'always', STATE_LOCATION: `folder:${memory}` },
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

/** A clock that is set to an instant and goes on from there at the pace of the real one. */
interface StoryClock {
  readonly now: () => Date;
  setTo(instant: Date): void;
}

export function createStoryClock(real: () => number = Date.now): StoryClock {
  let aheadMs = 0;
  return {
    now: () => new Date(real() + aheadMs),
    setTo(instant) {
      aheadMs = instant.getTime() - real();
    },
  };
}

/** The latest mornings at this UTC hour that have come, oldest first. */
export function lastMornings(howMany: number, utcHour: number, now: Date): readonly Date[] {
  const today = new Date(now).setUTCHours(utcHour, 0, 0, 0);
  const last = today > now.getTime() ? today - DAY_MS : today;
  return Array.from(
    { length: howMany },
    (_, index) => new Date(last - (howMany - 1 - index) * DAY_MS),
  );
}

/** Close enough to today that the digest warns of the end. */
const DAYS_LEFT = 9;

/** Writes the register of exceptions of the simulated tenant: one person, whose exception is about to end. */
async function writeExceptions(memory: string, lastDay: Date): Promise<void> {
  const person = CAST.find(({ key }) => key === 'failures-only')?.userPrincipalName;
  const expires = new Date(lastDay.getTime() + DAYS_LEFT * DAY_MS).toISOString().slice(0, 10);
  const lines = [
    'person,reason,approved by,expires',
    `${person},Security key is ordered,CISO,${expires}`,
  ];
  await writeFile(join(memory, 'exceptions.csv'), `${lines.join('\r\n')}\r\n`);
}
