import { cpSync, rmSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RUN_RECORD_FORMAT } from '../lib/delivery/run-record.ts';
import { STORED_DIGEST_FORMAT } from '../lib/delivery/stored-digest.ts';
import { LIFECYCLE_FORMAT } from '../lib/findings/findings-document.ts';
import { ABSENT_FORMAT, DAY_FORMAT, RECENT_HOURS_FORMAT } from '../lib/ledger/day-document.ts';
import { readDocument } from '../lib/storage/document.ts';
import type { DocumentFormat } from '../lib/storage/document.ts';
import { createVolatileStore } from '../lib/storage/store.ts';
import { extentOf, runsOf } from './support/extent.ts';
import { TENANT_ID } from './support/hand-written-tenant.ts';
import { mutantsOf } from './support/mutations.ts';
import type { Mutant } from './support/mutations.ts';
import { openYearStage } from './support/tenant-of-a-year.ts';
import type { Play, YearStage } from './support/tenant-of-a-year.ts';

const MORNINGS = ['2026-07-01', '2026-07-02', '2026-07-03', '2026-07-04'].map(
  (day) => new Date(`${day}T06:00:00Z`),
);
const [, , SENT, TODAY] = MORNINGS as [Date, Date, Date, Date];
const AFTERNOON = new Date('2026-07-03T15:00:00Z');
const LATER = new Date('2026-07-04T06:20:00Z');

/** A kind of document: one of its names, how a run comes to read it, and its format where the product shows it. */
interface Kind {
  readonly name: string;
  readonly run: Play | 'ingest';
  readonly format?: DocumentFormat<unknown>;
  /** Set where the run finds the digest of today built and not sent. */
  readonly isTakenUp?: boolean;
  /** Set where no run writes it again. */
  readonly isLeft?: boolean;
}

const runs = (day: Date) => `runs/${TENANT_ID}/${day.toISOString().replaceAll(':', '-')}`;
const scheduled: Play = { at: TODAY };
const replayed: Play = { at: LATER };
const onDemand: Play = { at: LATER, trigger: 'on-demand', isBraked: true, isRecording: true };

const KINDS: Readonly<Record<string, Kind>> = {
  lifecycle: { name: `lifecycle/${TENANT_ID}.json.gz`, run: scheduled, format: LIFECYCLE_FORMAT },
  'lifecycle before': { name: `lifecycle/${TENANT_ID}-before.json.gz`, run: scheduled },
  'lifecycle on demand': { name: `lifecycle/${TENANT_ID}-on-demand.json.gz`, run: onDemand },
  'day, an old one': {
    name: `ledger/${TENANT_ID}/days/2026-06-20.json.gz`,
    run: scheduled,
    format: DAY_FORMAT,
  },
  'day, the newest': { name: `ledger/${TENANT_ID}/days/2026-07-03.json.gz`, run: scheduled },
  recentHours: {
    name: `ledger/${TENANT_ID}/tail.json.gz`,
    run: scheduled,
    format: RECENT_HOURS_FORMAT,
  },
  absent: { name: `ledger/${TENANT_ID}/absent.json.gz`, run: scheduled, format: ABSENT_FORMAT },
  'claim of an earlier digest': {
    name: `${runs(SENT)}/claim.json`,
    run: scheduled,
    isLeft: true,
  },
  claim: {
    name: `${runs(TODAY)}/claim.json`,
    run: replayed,
    format: RUN_RECORD_FORMAT,
    isTakenUp: true,
  },
  'stored digest': {
    name: `${runs(TODAY)}/digest.json.gz`,
    run: replayed,
    format: STORED_DIGEST_FORMAT,
    isTakenUp: true,
  },
  'last mail on demand': { name: `on-demand/${TENANT_ID}.json`, run: onDemand },
  'look at emergency accounts': { name: `emergency/${TENANT_ID}.json.gz`, run: 'ingest' },
};

let stage: YearStage;
/** What is remembered before today’s digest, and after it was built and not sent. */
let before: string;
let takenUp: string;

beforeAll(async () => {
  stage = await openYearStage();
  for (const at of MORNINGS.slice(0, 3)) await stage.play({ at });
  await stage.play({ at: AFTERNOON, trigger: 'on-demand', isBraked: true, isRecording: true });
  await stage.ingest({ at: AFTERNOON });
  before = await snapshot();
  await stage.play({ at: TODAY, refusesMail: true }).catch(() => undefined);
  takenUp = await snapshot();
}, 120_000);

afterAll(async () => {
  await stage.close();
  await Promise.all([before, takenUp].map((folder) => rm(folder, { recursive: true })));
});

async function snapshot(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'documents-'));
  await cp(stage.folder, folder, { recursive: true, preserveTimestamps: true });
  return folder;
}

function snapshotOf({ isTakenUp }: Kind): string {
  return isTakenUp === true ? takenUp : before;
}

/** The findings in a stored digest are a kind of their own. */
async function mutantsIn(kind: Kind): Promise<readonly Mutant[]> {
  const bytes = await readFile(join(snapshotOf(kind), kind.name));
  return extentOf([...mutantsOf(kind.name, bytes, 'lifecycle')]);
}

/** What no kind can be read with. */
const DAMAGE: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  cut: (bytes) => bytes.subarray(0, 10),
  'from the future': (bytes) => {
    const isPacked = bytes[0] === 0x1f;
    const text = (isPacked ? gunzipSync(bytes) : bytes).toString();
    const later = text
      .replaceAll(/"2026-(\d\d-\d\d(?:T[^"]+)?)"/g, '"2027-$1"')
      .replaceAll(
        /"(to|readAt)":(\d+)/g,
        (_, field: string, at: string) => `"${field}":${Number(at) + 365 * 86_400_000}`,
      );
    return isPacked ? gzipSync(later) : Buffer.from(later);
  },
};

/** Runs the product on stored state of which these documents are changed. */
async function playOn(folder: string, changed: Readonly<Record<string, Buffer>>, run: Kind['run']) {
  // At once: thousands of small files, and each step of each would be handed to a thread.
  rmSync(stage.folder, { recursive: true });
  cpSync(folder, stage.folder, { recursive: true, preserveTimestamps: true });
  for (const [name, bytes] of Object.entries(changed)) {
    await writeFile(join(stage.folder, name), bytes);
  }
  const outcome = await play(run);
  const unreadable = stage.lines
    .filter(({ event }) => event === 'memory.unreadable')
    .map(({ facts }) => facts['document']);
  const isLost = stage.lines.some(({ event }) => event === 'memory.lost');
  return { outcome, unreadable, isLost };
}

async function play(run: Kind['run']): Promise<string> {
  if (run !== 'ingest') return (await stage.play(run)).outcome;
  await stage.ingest({ at: LATER });
  return 'ingested';
}

/** Those that are read although they were changed: what is absurd in them has to be borne. */
async function readableOf({ name, format }: Kind, all: readonly Mutant[]) {
  const readable: Mutant[] = [];
  const store = createVolatileStore();
  for (const mutant of format === undefined ? [] : all) {
    await store.put(name, mutant.bytes(), 'always');
    const stored = await readDocument(store, name, format!, TODAY);
    if (stored?.unreadable === false) readable.push(mutant);
  }
  return readable;
}

describe('a stored document that was changed in one place', () => {
  const readable = new Map<Kind, readonly Mutant[]>();

  it('is read whole or said to be unreadable: some 5,800 forms of six kinds', async () => {
    let tried = 0;
    for (const kind of Object.values(KINDS)) {
      if (kind.format === undefined) continue;
      const all = await mutantsIn(kind);
      const read = await readableOf(kind, all);
      readable.set(kind, read);
      tried += all.length;
      // What cannot be told from the truth: names, counts, and the words of a mail.
      expect(read.length / all.length).toBeLessThan(0.4);
    }
    expect(tried).toBeGreaterThan(runsOf(5_700));
  }, 120_000);

  it.each(
    extentOf(
      Object.entries(KINDS).flatMap(([what, kind]) =>
        Object.entries(DAMAGE).map(([how, damage]) => [what, how, kind, damage] as const),
      ),
    ),
  )('is named and set aside, and the run ends as ever: %s, %s', async (_, _how, kind, damage) => {
    const folder = snapshotOf(kind);
    const bytes = damage(await readFile(join(folder, kind.name)));

    const { outcome, unreadable, isLost } = await playOn(folder, { [kind.name]: bytes }, kind.run);

    const aside = [...(await stage.contents())].filter(([name]) =>
      name.startsWith(`set-aside/${kind.name}-`),
    );
    expect(isLost).toBe(false);
    expect(unreadable).toContain(kind.name);
    expect(outcome).toBe(kind.run === 'ingest' ? 'ingested' : 'sent');
    // What is not written again is left where it is.
    const copies = kind.isLeft === true ? [] : [bytes.toString('base64')];
    expect(aside.map(([, content]) => content)).toEqual(copies);
  });

  it('leaves a day unread, which is read again where Graph still holds it', async () => {
    const { name, run } = KINDS['day, an old one']!;
    const whole = gunzipSync(await readFile(join(before, name)));

    await playOn(before, { [name]: DAMAGE['cut']!(whole) }, run);

    const { counts } = JSON.parse(whole.toString()) as { readonly counts: unknown };
    const again = gunzipSync(await readFile(join(stage.folder, name))).toString();
    expect(JSON.parse(again)).toMatchObject({ counts });
  });

  it.each([
    ['before a digest', false, runsOf(40)],
    ['of a digest that is taken up', true, runsOf(20)],
  ])(
    'ends no run where it can be read, several of them changed at once: %s',
    async (_, isTakenUp, most) => {
      const kinds = [...readable].filter(
        ([kind, list]) => (kind.isTakenUp ?? false) === isTakenUp && list.length > 0,
      );
      const { run } = kinds[0]![0];

      for (let turn = 0; turn < most; turn += 1) {
        // Spread over the places of each, so that every kind of place has its turn.
        const changed = kinds.map(([{ name }, list]) => {
          const mutant = list[Math.floor((turn * list.length) / most)]!;
          return { name, what: mutant.what, bytes: mutant.bytes() };
        });
        const documents = Object.fromEntries(changed.map(({ name, bytes }) => [name, bytes]));
        const ended = await playOn(isTakenUp ? takenUp : before, documents, run);

        expect({ changed: changed.map(({ what }) => what), ...ended }).toMatchObject({
          outcome: expect.stringMatching(/^(sent|already-done|not-needed)$/),
          isLost: false,
        });
      }
    },
    120_000,
  );
});
