import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { startAzurite } from './azurite.ts';
import type { Azurite } from './azurite.ts';
import { crash, pointsOf } from './crash-points.ts';
import type { CrashPoint } from './crash-points.ts';
import { startProduct } from './product-process.ts';
import type { ProductProcess } from './product-process.ts';
import { labelOf } from './request-label.ts';
import { isMarked, openStage } from './stage.ts';
import type { Contents, ReceivedMail, Stage } from './stage.ts';

/**
 * `full` kills at every single request. Otherwise reading is sampled, each kind of request once, and of a first report
 * only what writes is looked at, because all else finds the storage as the later report does. A request that changes
 * nothing leaves the same behind on either side of its answer, so a process is killed before it alone.
 */
const isFull = process.env['CRASH_SWEEP'] === 'full';
/** What decides whether a digest is lost or sent twice; none of these is left out. */
const DECISIVE = /runs\/|runs$|lifecycle|exceptions|set-aside|sendMail/;
const READING = /^(GET|LIST)/;
const WRITING = /^(PUT (runs|lifecycle|container|holds\/runs)|POST|DELETE)/;
const SUCCESSORS = 2;

/** What is known of a day that nobody disturbed. */
interface UndisturbedDay {
  readonly before: Contents | undefined;
  readonly requests: readonly string[];
  readonly nextMail: ReceivedMail;
}

const REPORTS = {
  first: { days: ['19', '20'], sample: WRITING },
  later: { days: ['19', '20', '21'], sample: DECISIVE },
} as const;

/**
 * The test of one report and one moment: kills a process at each request that counts, before or after its answer, and
 * lets processes take over that are started once, because starting is what takes long. Each has a file of its own, so
 * that they run side by side.
 */
export function itSurvivesBeingKilled(report: keyof typeof REPORTS, moment: CrashPoint['moment']) {
  const { days, sample } = REPORTS[report];
  const [day = '', nextDay = ''] = days.slice(-2);

  it(
    `${moment} any answer loses no digest, and sends twice only where it cannot be known`,
    async () => {
      const azurite = await startAzurite();
      const successors = await Promise.all(
        Array.from({ length: SUCCESSORS }, () => startProduct(azurite, () => 'pass')),
      );
      try {
        const undisturbed = await playUndisturbed(azurite, days);
        const points = pointsOf(undisturbed.requests)
          .filter(
            ({ label, count }) =>
              isFull ||
              ((sample.test(label) || (count === 1 && sample !== WRITING)) &&
                (moment === 'before' || !READING.test(label))),
          )
          .map((point) => ({ ...point, moment }));

        const outcomes = new Map<string, Promise<Outcome>>();
        const seen = await atOnce(successors, points, (point, successor) =>
          surviveAt(point, undisturbed, { azurite, day, nextDay, successor, outcomes }),
        );

        expect(points.length).toBeGreaterThan(10);
        expect(seen).toEqual(points.map((point) => ({ point, ...expectedAfter(point) })));
      } finally {
        await Promise.all(successors.map((successor) => successor.end()));
        await azurite.close();
      }
    },
    isFull ? 900_000 : 300_000,
  );
}

/** Plays the days one after another and watches the last but one. */
async function playUndisturbed(azurite: Azurite, days: readonly string[]): Promise<UndisturbedDay> {
  const stage = await openStage({ azurite });
  const requests: string[] = [];
  let before: Contents | undefined;
  try {
    for (const [place, day] of days.entries()) {
      const isWatched = place === days.length - 2;
      if (isWatched && place > 0) before = await stage.contents();
      await stage.play({ trigger: 'schedule', now: morningOf(day) }, (asked, moment) => {
        if (isWatched && moment === 'before') requests.push(labelOf(asked));
        return 'pass';
      });
    }
    const nextMail = (await stage.mails()).at(-1);
    if (nextMail === undefined) throw new Error('The undisturbed history has no mail.');
    return { before, requests, nextMail };
  } finally {
    await stage.close();
  }
}

interface Surviving {
  readonly azurite: Azurite;
  readonly day: string;
  readonly nextDay: string;
  readonly successor: ProductProcess;
  /** By what a killed process left behind. */
  readonly outcomes: Map<string, Promise<Outcome>>;
}

/**
 * Kills a process at a point, and says what comes of it. Killed at two reads in a row, processes leave the very same
 * behind: who takes over can know of nothing else, so that is played once.
 */
async function surviveAt(
  point: CrashPoint,
  undisturbed: UndisturbedDay,
  { azurite, day, nextDay, successor, outcomes }: Surviving,
) {
  const { before } = undisturbed;
  const stage = await openStage({ azurite, ...(before !== undefined && { contents: before }) });
  try {
    const killed = await crash(stage, point, { trigger: 'schedule', now: morningOf(day) });
    await stage.endLeases();
    const left = await whatIsLeft(stage);
    const outcome = outcomes.get(left) ?? replay(stage, undisturbed, { day, nextDay, successor });
    outcomes.set(left, outcome);
    return { point, wasKilled: killed === undefined, ...(await outcome) };
  } finally {
    await stage.close();
  }
}

/** All that a killed process left behind: what is stored, to the byte, and the mails that went out. */
async function whatIsLeft({ container, tenant }: Stage): Promise<string> {
  const hash = createHash('sha256');
  if (await container.exists()) {
    for await (const { name } of container.listBlobsFlat()) {
      hash.update(`${name} `).update(await container.getBlobClient(name).downloadToBuffer());
    }
    hash.update('container');
  }
  for (const { body } of tenant.mails) hash.update(String(body));
  return hash.digest('hex');
}

type Outcome = Awaited<ReturnType<typeof replay>>;

/** Lets the timer replay, and plays the next day. */
async function replay(
  stage: Stage,
  { nextMail }: UndisturbedDay,
  { day, nextDay, successor }: Pick<Surviving, 'day' | 'nextDay' | 'successor'>,
) {
  const late = { trigger: 'schedule', now: `2026-11-${day}T06:02:00Z`, isPastDue: true } as const;
  const replayed = await stage.perform(successor, late);
  const mails = await stage.mails();
  await stage.perform(successor, { trigger: 'schedule', now: morningOf(nextDay) });
  const all = await stage.mails();
  const names = [...(await stage.contents()).keys()];
  const [first] = mails;
  return {
    failure: replayed?.code,
    marks: mails.map(isMarked),
    sameMail: mails.every(({ messageId }) => messageId === first?.messageId),
    sameFiles: mails.every(({ files }) => JSON.stringify(files) === JSON.stringify(first?.files)),
    nextMails: all.length - mails.length,
    nextIsUndisturbed: JSON.stringify(all.at(-1)) === JSON.stringify(nextMail),
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
    wasKilled: true,
    failure: undefined,
    marks: [...(isTakenUnmarked ? [false] : []), isTakenUnmarked || isMarkedUntaken],
    sameMail: true,
    sameFiles: true,
    nextMails: 1,
    nextIsUndisturbed: true,
    storedDigests: 1,
  };
}

function morningOf(day: string): string {
  return `2026-11-${day}T06:00:00Z`;
}

/** Works through the items, each worker at one of them at a time. */
async function atOnce<Item, Worker, Result>(
  workers: readonly Worker[],
  items: readonly Item[],
  work: (item: Item, worker: Worker) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const left = items.entries();
  await Promise.all(
    workers.map(async (worker) => {
      for (const [place, item] of left) results[place] = await work(item, worker);
    }),
  );
  return results;
}
