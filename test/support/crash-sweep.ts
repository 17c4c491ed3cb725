import { expect, it } from '@jest/globals';
import { startAzurite } from './azurite.ts';
import type { Azurite } from './azurite.ts';
import type { Contents } from './contents.ts';
import { killAt, recordPoints } from './crash-points.ts';
import type { CrashPoint, RecordedPoint } from './crash-points.ts';
import { borrowProduct } from './product-process.ts';
import type { ProductProcess } from './product-process.ts';
import { inventoryOf, remainsOf } from './remains.ts';
import type { Remains } from './remains.ts';
import { isMarked, openStage } from './stage.ts';
import type { ReceivedMail, Stage, StageJob } from './stage.ts';

/** `full` really kills a process at every moment, where otherwise most is done with what a process would have left. */
const isFull = process.env['CRASH_SWEEP'] === 'full';
const SUCCESSORS = 2;

/**
 * What decides whether a digest is lost or sent twice: there processes are really killed. What they leave after one of
 * these is what they leave before the next, so one report has the whole protocol, and the other both sides of the mail
 * and all that is there only where a report went before.
 */
const REPORTS = {
  first: {
    days: ['19', '20'],
    kills: [
      'after PUT container',
      'after PUT runs/claim.json claimed',
      'after PUT runs/digest.json.gz',
      'after PUT runs/claim.json report-built',
      'after PUT runs/claim.json sending',
      'after POST users/sendMail',
      'after PUT runs/claim.json sent',
      'after PUT lifecycle.json.gz',
    ],
  },
  later: {
    days: ['19', '20', '21'],
    kills: [
      'before PUT runs/claim.json claimed',
      'before POST users/sendMail',
      'after POST users/sendMail',
      'before PUT runs/claim.json sent',
      'before PUT lifecycle.json.gz',
      'before DELETE runs/digest.json.gz',
    ],
  },
};

interface UndisturbedDay {
  /** What the day finds. */
  readonly before: Contents | undefined;
  readonly points: readonly RecordedPoint[];
  /** The mail of the day after. */
  readonly nextMail: ReceivedMail | undefined;
}

/**
 * The test of one report: gives what a process leaves that is killed at any request, before it or after its answer, to
 * processes that take over. What is left is taken from a run that nobody disturbed, because starting processes is what
 * takes long; that one that is really killed leaves the same, to the byte, is seen wherever it is decisive.
 */
export function itSurvivesBeingKilled(report: keyof typeof REPORTS): void {
  const { days, kills } = REPORTS[report];
  const [day = '', nextDay = ''] = days.slice(-2);
  const isKilled = ({ label, moment }: CrashPoint) =>
    isFull || kills.includes(`${moment} ${label}`);

  it(
    'at any request loses no digest, and sends twice only where it cannot be known',
    async () => {
      const azurite = await startAzurite();
      const successors = await Promise.all(
        Array.from({ length: SUCCESSORS }, () => borrowProduct(azurite)),
      );
      try {
        const undisturbed = await playUndisturbed(azurite, successors[0]!, days);
        const { points } = undisturbed;
        const nextDays = new Map<string, Promise<NextDay>>();

        const seen = new Map<RecordedPoint, object>();
        await atOnce(successors, groupByRemains(points), async (moments, successor) => {
          const survival = { azurite, undisturbed, day, nextDay, successor, nextDays };
          const killedPoints = moments.filter(isKilled);
          const { left, outcome } = await survive(moments, killedPoints, survival);
          for (const point of moments) seen.set(point, { left: left.get(point), ...outcome });
        });

        expect(points.length).toBeGreaterThan(100);
        expect(points.filter(isKilled).length).toBe(isFull ? points.length : kills.length);
        expect(points.map((point) => ({ ...nameOf(point), ...seen.get(point) }))).toEqual(
          points.map((point) => ({
            ...nameOf(point),
            left: isKilled(point) ? certainPartOf(point.remains) : undefined,
            ...expectedAfter(point),
          })),
        );
      } finally {
        await Promise.all(successors.map((successor) => successor.giveBack()));
        await azurite.close();
      }
    },
    isFull ? 1_800_000 : 300_000,
  );
}

/** Plays the days one after another and records the last but one. */
async function playUndisturbed(
  azurite: Azurite,
  product: ProductProcess,
  days: readonly string[],
): Promise<UndisturbedDay> {
  const [day = '', nextDay = ''] = days.slice(-2);
  const earlier = await openStage({ azurite });
  for (const each of days.slice(0, -2)) await earlier.perform(product, morningOf(each));
  const { contents: before } = await remainsOf(earlier);
  await earlier.close();

  const stage = await openStage({ azurite, ...(before !== undefined && { contents: before }) });
  const points = await recordPoints(stage, morningOf(day));
  await stage.perform(product, morningOf(nextDay));
  const nextMail = (await stage.mails()).at(-1);
  await stage.close();
  return { before, points, nextMail };
}

/** Who takes over can know of nothing but what was left, so where that is the same it is played once. */
function groupByRemains(points: readonly RecordedPoint[]): readonly (readonly RecordedPoint[])[] {
  const groups = new Map<string, RecordedPoint[]>();
  for (const point of points) {
    const key = point.remains.inventory.join('\n');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [point]);
    else group.push(point);
  }
  return [...groups.values()];
}

interface Survival {
  readonly azurite: Azurite;
  readonly undisturbed: UndisturbedDay;
  readonly day: string;
  readonly nextDay: string;
  readonly successor: ProductProcess;
  /** By what is stored at the end of the day before. */
  readonly nextDays: Map<string, Promise<NextDay>>;
}

/** Kills processes at some of the moments that leave the same, and lets another take over. */
async function survive(
  [moment]: readonly RecordedPoint[],
  killed: readonly RecordedPoint[],
  survival: Survival,
) {
  const { azurite, undisturbed, day } = survival;
  const { before } = undisturbed;
  const left = new Map<RecordedPoint, readonly string[] | undefined>();
  let stage: Stage | undefined;
  try {
    for (const point of killed) {
      await stage?.close();
      stage = await openStage({ azurite, ...(before !== undefined && { contents: before }) });
      const remains = await killAt(stage, point, morningOf(day));
      left.set(point, remains && certainPartOf(remains));
    }
    stage ??= await openStage({ azurite, ...moment?.remains });
    return { left, outcome: await replay(stage, survival) };
  } finally {
    await stage?.close();
  }
}

/** The preflight tries the storage while it asks Graph; its file is there sooner or later, and nobody reads it. */
function certainPartOf({ inventory }: Remains): readonly string[] {
  return inventory.filter((line) => !line.startsWith('probe.json '));
}

/** Lets the timer replay, and plays the next day. */
async function replay(stage: Stage, survival: Survival) {
  const { day, successor, nextDays } = survival;
  const late = { trigger: 'schedule', now: `2026-11-${day}T06:02:00Z`, isPastDue: true } as const;
  const replayed = await stage.perform(successor, late);
  const mails = await stage.mails();
  const stored = inventoryOf(await stage.contents()).join('\n');
  const next = nextDays.get(stored) ?? playNextDay(stage, survival);
  nextDays.set(stored, next);
  const [first] = mails;
  return {
    failure: replayed?.code,
    marks: mails.map(isMarked),
    sameMail: mails.every(({ messageId }) => messageId === first?.messageId),
    sameFiles: mails.every(({ files }) => JSON.stringify(files) === JSON.stringify(first?.files)),
    ...(await next),
  };
}

type NextDay = Awaited<ReturnType<typeof playNextDay>>;

async function playNextDay(stage: Stage, { nextDay, successor, undisturbed }: Survival) {
  const { length } = await stage.mails();
  await stage.perform(successor, morningOf(nextDay));
  const mails = await stage.mails();
  const names = [...(await stage.contents()).keys()];
  return {
    nextMails: mails.length - length,
    nextIsUndisturbed: JSON.stringify(mails.at(-1)) === JSON.stringify(undisturbed.nextMail),
    storedDigests: names.filter((name) => name.endsWith('digest.json.gz')).length,
  };
}

/** Only between Graph's 202 and the mark it cannot be known whether the mail went out. */
function expectedAfter({ label, moment }: CrashPoint) {
  const isTakenUnmarked =
    (label === 'POST users/sendMail' && moment === 'after') ||
    (label === 'PUT runs/claim.json sent' && moment === 'before');
  const isMarkedUntaken =
    (label === 'PUT runs/claim.json sending' && moment === 'after') ||
    (label === 'POST users/sendMail' && moment === 'before');
  return {
    failure: undefined,
    marks: [...(isTakenUnmarked ? [false] : []), isTakenUnmarked || isMarkedUntaken],
    sameMail: true,
    sameFiles: true,
    nextMails: 1,
    nextIsUndisturbed: true,
    storedDigests: 1,
  };
}

function nameOf({ label, count, moment }: CrashPoint): CrashPoint {
  return { label, count, moment };
}

function morningOf(day: string): StageJob {
  return { trigger: 'schedule', now: `2026-11-${day}T06:00:00Z` };
}

/** Works through the items, each worker at one of them at a time. */
async function atOnce<Item, Worker>(
  workers: readonly Worker[],
  items: readonly Item[],
  work: (item: Item, worker: Worker) => Promise<void>,
): Promise<void> {
  const left = items.values();
  await Promise.all(
    workers.map(async (worker) => {
      for (const item of left) await work(item, worker);
    }),
  );
}
