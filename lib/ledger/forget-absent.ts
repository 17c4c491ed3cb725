import { DELETED_USER_DAYS } from '../entra/limits.ts';
import { hasCode } from '../errors.ts';
import { DayCounts } from '../sign-ins/day-counts.ts';
import { PeopleIndex } from '../sources/people-index.ts';
import { DAY_MS, dayOf } from '../utc-day.ts';
import { startOf } from './day-document.ts';
import type { DayContent } from './day-document.ts';
import { decodeCounts, encodeCounts } from './encode-counts.ts';
import type { SignInLedger } from './ledger.ts';

/** How many days are looked through a day, so that a ledger of years does not hold up a digest. */
const MAX_DAYS = 100;

export interface ForgetOptions {
  /** All users of the tenant. */
  readonly people: PeopleIndex;
  /** The ids of the window that are not among them. */
  readonly absentIds: ReadonlySet<string>;
  /** UTC, YYYY-MM-DD. */
  readonly today: string;
  /** The first day that the ledger keeps. */
  readonly keptFrom: string;
}

/**
 * Once a day, notes which ids of the ledger are not among the tenant's users, and drops those that have been
 * absent for 30 days from its days, a bounded number of days at a time. Whoever comes back is noted no longer.
 */
export async function forgetAbsent(ledger: SignInLedger, options: ForgetOptions): Promise<void> {
  try {
    await compareAndDrop(ledger, options);
  } catch (error) {
    // Somebody else holds the ledger by now, and will do it.
    if (!hasCode(error, 'state_conflict')) throw error;
  }
}

async function compareAndDrop(ledger: SignInLedger, options: ForgetOptions): Promise<void> {
  const { today } = options;
  const before = await ledger.absent();
  if (before?.comparedOn === today) return;
  const since = compare(before?.since ?? {}, options);
  const goneBefore = dayOf(startOf(today) - DELETED_USER_DAYS * DAY_MS);
  const gone = new Set(
    Object.entries(since).flatMap(([id, day]) => (day <= goneBefore ? [id] : [])),
  );
  let sweptTo = before?.sweptTo ?? '';
  if (gone.size > 0) {
    for (const day of nextDays(await ledger.dayNames(), sweptTo)) {
      await ledger.changeDay(day, (content) => content && withoutPeople(content, gone));
      sweptTo = day;
    }
  }
  await ledger.replaceAbsent({ comparedOn: today, sweptTo, since });
}

/** Since when each id has been absent: those of the window, and those that only older days may hold. */
function compare(
  before: Readonly<Record<string, string>>,
  { people, absentIds, today, keptFrom }: ForgetOptions,
): Record<string, string> {
  const older = Object.entries(before).filter(
    ([id, day]) => day >= keptFrom && people.find(id) === undefined,
  );
  const inWindow = [...absentIds].map((id) => [id, before[id] ?? today]);
  return Object.fromEntries([...older, ...inWindow]);
}

/** The next days to look through, round and round. */
function nextDays(days: readonly string[], sweptTo: string): readonly string[] {
  const later = days.filter((day) => day > sweptTo);
  return [...later, ...days.filter((day) => day <= sweptTo)].slice(0, MAX_DAYS);
}

/** The day without these people; undefined where it has none of them. */
function withoutPeople(content: DayContent, gone: ReadonlySet<string>): DayContent | undefined {
  const start = startOf(content.day);
  const people = new PeopleIndex();
  const counts = new DayCounts();
  let isChanged = false;
  for (const { id, ...row } of decodeCounts(content.counts, start)) {
    if (gone.has(id)) isChanged = true;
    else counts.add({ person: people.add(id), ...row });
  }
  return isChanged ? { ...content, counts: encodeCounts(counts, people, start) } : undefined;
}
