import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PREMIUM_RETENTION_DAYS } from '../entra/limits.ts';
import { SettingsError } from '../errors.ts';
import type { SettingProblem } from '../errors.ts';
import type { RunSummary } from '../run/make-digest.ts';
import { run } from '../run/run.ts';
import { count } from '../settings/kinds.ts';
import { FIXTURE_USERS } from '../simulation/people/fixture-users.ts';
import { startSimulatedTenant } from '../simulation/tenant-server.ts';
import type { SimulatedTenant } from '../simulation/tenant-server.ts';
import { DAY_MS } from '../utc-day.ts';
import { DAY_PLANS } from './demo-days.ts';
import type { Day, DayPlan } from './demo-days.ts';
import { openInBrowser } from './open-in-browser.ts';
import { describeMorning, exitCodeOf } from './outcome.ts';
import type { ExitCode } from './outcome.ts';
import { openOutputFolder } from './output-folder.ts';
import { paintFor } from './paint.ts';
import { openDisplay, openTerminal } from './terminal.ts';
import { DIGEST_PAGE, listFiles, writeDigest, writeMails } from './write-digest.ts';

/** The hour of REPORT_SCHEDULE's default. */
const DIGEST_HOUR = 6;

/** The fewest people among whom the handmade ones are not the most. */
const MIN_PEOPLE = 140;

const NUMBERS = {
  people: count(MIN_PEOPLE, 1_000_000, '--people', '160', ''),
  'sign-ins': count(0, 10_000_000, '--sign-ins', '3000', ''),
  seed: count(1, 1_000_000, '--seed', '1', ''),
  days: count(1, 7, '--days', '7', ''),
};

type NumberName = keyof typeof NUMBERS;

interface DemoOptions {
  readonly show?: Day;
  readonly people?: string;
  readonly signIns?: string;
  readonly seed?: string;
  readonly days?: string;
  readonly throttle?: boolean;
  readonly out: string;
  readonly open?: boolean;
}

/** Reads the numbers of a demo; throws one SettingsError that names every argument that is none. */
function readNumbers(
  options: DemoOptions,
  signIns: string | undefined,
  { numbers: usual = {} }: DayPlan,
): Readonly<Record<NumberName, number>> {
  const given = { ...options, 'sign-ins': signIns };
  const problems: SettingProblem[] = [];
  const numbers = { people: 0, 'sign-ins': 0, seed: 0, days: 0 };
  for (const name of Object.keys(NUMBERS) as NumberName[]) {
    const field = NUMBERS[name];
    const reading = field.read(
      given[name] ?? { seed: undefined, ...usual }[name] ?? field.fallback,
    );
    if ('value' in reading) numbers[name] = reading.value;
    else problems.push({ setting: field.setting, problem: reading.problem });
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return numbers;
}

/** Plays some mornings of a simulated tenant, and leaves the last digest. */
export async function demo(options: DemoOptions): Promise<ExitCode> {
  const plan = DAY_PLANS[options.show ?? 'normal'];
  // `--sign-ins` takes a number or this word.
  const isWorkspace = options.signIns === 'workspace';
  const asked = isWorkspace ? undefined : options.signIns;
  const { people, 'sign-ins': signIns, seed, days } = readNumbers(options, asked, plan);
  const folder = openOutputFolder(options.out);
  let tenant: SimulatedTenant | undefined;
  try {
    const stateFolder = join(folder.workshop, 'state');
    mkdirSync(stateFolder);
    const mornings = lastMornings(days, DIGEST_HOUR, new Date());
    const clock = createStoryClock();
    tenant = await startSimulatedTenant({
      ...plan.tenant,
      clock: clock.now,
      people,
      signIns,
      seed,
      throttle: options.throttle === true,
      story: { lastDay: mornings.at(-1)! },
      workspace: demoWorkspace(mornings[0]!),
    });
    const { workspaceSettings } = tenant;
    const settings = { ...tenant.settings, ...(isWorkspace && workspaceSettings) };
    console.log(
      `A simulated tenant of ${people.toLocaleString('en-GB')} people, on this machine. The last ${days === 1 ? 'morning' : `${days} mornings`}:\n`,
    );
    if (plan.tenant.fixtures !== 'calm') await writeExceptions(stateFolder, mornings.at(-1)!);
    const last = await playMornings(tenant, settings, { clock, stateFolder, plan, mornings });
    const files = [...writeMails(tenant.mails, folder), ...(await writeDigest(last, folder))];
    folder.publish();
    console.log(`\nThe digest of the last one:\n\n${listFiles(files)}`);
    if (options.open === true) await openInBrowser(join(folder.path, DIGEST_PAGE));
    return plan.isPartial === true ? 0 : exitCodeOf(last);
  } finally {
    await tenant?.close();
    folder.close();
  }
}

interface Story {
  readonly clock: StoryClock;
  readonly stateFolder: string;
  readonly plan: DayPlan;
  readonly mornings: readonly Date[];
}

/** Runs the digest on each morning, with state that goes from one to the next; returns the last run. */
async function playMornings(
  tenant: SimulatedTenant,
  settings: SimulatedTenant['settings'],
  { clock, stateFolder, plan, mornings }: Story,
): Promise<RunSummary> {
  // The credential finds the identity endpoint in the environment of the process.
  Object.assign(process.env, settings);
  const display = openDisplay({
    stream: process.stderr,
    isDebugging: false,
    isBrief: true,
    paint: paintFor(process.stderr),
  });
  const ports = openTerminal(
    { ...settings, SEND_WHEN: 'always', STATE_LOCATION: `folder:${stateFolder}` },
    { clock: clock.now, display },
  );
  let summary: RunSummary | undefined;
  for (const morning of mornings) {
    clock.setTo(morning);
    if (morning === mornings.at(-1)) for (const fault of plan.faults ?? []) tenant.addFault(fault);
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

/** What the simulated workspace of a demo holds: as much as Graph does on the first morning, so that nothing differs. */
export function demoWorkspace(firstMorning: Date) {
  return { since: firstMorning.getTime() - PREMIUM_RETENTION_DAYS * DAY_MS, otherRows: 60 };
}

/** Close enough to today that the digest warns of the end. */
const DAYS_LEFT = 9;

/** Writes the register of exceptions of the simulated tenant: one person, whose exception is about to end. */
async function writeExceptions(stateFolder: string, lastDay: Date): Promise<void> {
  const person = FIXTURE_USERS.find(({ key }) => key === 'failures-only')?.userPrincipalName;
  const expires = new Date(lastDay.getTime() + DAYS_LEFT * DAY_MS).toISOString().slice(0, 10);
  const lines = [
    'person,reason,approved by,expires',
    `${person},Security key is ordered,CISO,${expires}`,
  ];
  await writeFile(join(stateFolder, 'exceptions.csv'), `${lines.join('\r\n')}\r\n`);
}
