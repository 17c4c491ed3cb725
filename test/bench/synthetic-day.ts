import { DAY_FORMAT, dayName, startOf } from '../../lib/ledger/day-document.ts';
import type { DayContent } from '../../lib/ledger/day-document.ts';
import { encodeCounts } from '../../lib/ledger/encode-counts.ts';
import { DayCounts } from '../../lib/sign-ins/day-counts.ts';
import { COUNTS, ROPC, SLOTS } from '../../lib/sign-ins/day-row.ts';
import {
  generateUsers,
  generatedId,
  userIndex,
} from '../../lib/simulation/people/generated-users.ts';
import { PeopleIndex } from '../../lib/sources/people-index.ts';
import { writeDocument } from '../../lib/storage/document.ts';
import type { Store } from '../../lib/storage/store.ts';

export const TENANT = 'bench';
const DAY_MS = 86_400_000;

/** The generated users of the simulated tenant; their ids do not hang on how many they are. */
export const GENERATED = generateUsers(1, 100_000, 1_000_000);

/** A day on which this many people signed in to one to three applications. */
export function synthesise(day: string, people: PeopleIndex, readAt: number): DayContent {
  const start = startOf(day);
  const counts = new DayCounts();
  for (let person = 0; person < people.size; person += 1) {
    const mixed = Math.imul(person ^ (start / DAY_MS), 0x9e3779b1) >>> 0;
    for (let row = 0; row <= mixed % 3; row += 1) {
      const successes = 1 + (mixed % 5 === 0 ? mixed % 7 : 0);
      const firstAt = start + ((mixed >>> row) % 80_000) * 1000;
      const lastAt = successes === 1 ? firstAt : firstAt + (mixed % 6_000) * 1000;
      const isMfa = mixed % 2 === 0;
      const isRefused = mixed % 11 === 0;
      const own = COUNTS.map((name) => {
        if (name === (isMfa ? 'claim' : 'none')) return successes;
        if (name === 'mfaByTenant') return isMfa && mixed % 3 === 0 ? successes : 0;
        return name === 'not-passed' && isRefused ? 1 : 0;
      });
      counts.add({
        person,
        slot: (mixed + row * 5) % SLOTS,
        counts: own,
        firstAt,
        lastAt,
        lastMfaAt: isMfa ? lastAt : 0,
        lastHereAt: 0,
        lastRefusalAt: isRefused ? firstAt : 0,
        lastRefusal: isRefused ? 2 * 16 : 0,
        hours: (1 << hourOf(firstAt)) | (1 << hourOf(lastAt)),
        ropc: mixed % 97 === 0 ? ROPC.succeeded : 0,
      });
    }
  }
  return {
    day,
    from: start,
    to: start + DAY_MS,
    interactive: true,
    nonInteractive: true,
    readAt,
    counts: encodeCounts(counts, people, start),
  };
}

function hourOf(instant: number): number {
  return Math.floor((instant % DAY_MS) / 3_600_000);
}

/** Fills a ledger with the days before today, as a run of a day ago would have left it. */
export async function fillLedger(
  store: Store,
  tenantId: string,
  { days, active, now }: { readonly days: number; readonly active: number; readonly now: number },
): Promise<void> {
  const people = new PeopleIndex();
  for (let person = 0; person < active; person += 1)
    people.add(generatedId(GENERATED, userIndex(person)));
  const lastRunAt = now - DAY_MS;
  for (let ago = days; ago >= 1; ago -= 1) {
    const day = new Date(now - ago * DAY_MS).toISOString().slice(0, 10);
    const readAt = Math.min(lastRunAt, startOf(day) + 3 * DAY_MS);
    const whole = synthesise(day, people, readAt);
    const content = { ...whole, to: Math.min(whole.to, Math.max(whole.from, lastRunAt)) };
    const options = { previous: undefined, now: new Date(now) };
    await writeDocument(store, dayName(tenantId, day), DAY_FORMAT, content, options);
  }
}
