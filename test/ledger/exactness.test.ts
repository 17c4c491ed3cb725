import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { APPLICATIONS } from '../../lib/entra/applications.ts';
import { isComplete, startOf } from '../../lib/ledger/day-document.ts';
import type { DayContent } from '../../lib/ledger/day-document.ts';
import type { SignInLedger } from '../../lib/ledger/ledger.ts';
import { aggregateLedger } from '../../lib/ledger/read-window.ts';
import { PeopleIndex } from '../../lib/sources/people-index.ts';
import { DAY_MS, dayOf, HOUR_MS, linesOf, recompute } from './a-ledger.ts';
import { runsOf } from '../support/extent.ts';
import { histories, live, PEOPLE, NOT_IN_DIRECTORY } from './histories.ts';

const HISTORIES = runsOf(60);

async function daysOf(ledger: SignInLedger): Promise<readonly DayContent[]> {
  const days: DayContent[] = [];
  for (const day of await ledger.dayNames()) {
    const content = await ledger.day(day);
    if (content !== undefined) days.push(content);
  }
  return days;
}

describe('the ledger', () => {
  it('equals what one reading of everything would give, after the next daily re-reading', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const { ledger, now } = await live(history);
        const arrived = history.events.filter(
          ({ at, arrivesAt }) => Math.max(at, arrivesAt) <= now,
        );
        const finalMs = history.overlapDays * DAY_MS + 6 * HOUR_MS - 60_000;

        const days = await daysOf(ledger);

        const oldest = dayOf(now - 30 * DAY_MS + HOUR_MS);
        const recentHours = (await ledger.recentHours())?.days ?? [];
        for (const content of [...days, ...recentHours]) {
          const start = startOf(content.day);
          const isFinal = isComplete(content) && content.readAt >= start + finalMs;
          // Where the retention cut the oldest day, what an earlier run saw of it stays.
          const isFresh = content.readAt === now && content.day > oldest;
          const isCertain = isFinal || isFresh;
          expect(isCertain ? linesOf(content) : []).toEqual(
            isCertain ? recompute(arrived, content) : [],
          );
        }
        // Every day that Graph still holds whole is there, whole, and certain.
        const byDay = new Map(days.map((content) => [content.day, content]));
        const midnight = Math.floor(now / DAY_MS) * DAY_MS;
        for (let start = midnight - DAY_MS; start >= now - 29.9 * DAY_MS; start -= DAY_MS) {
          const content = byDay.get(dayOf(start));
          const recentHoursFrom = Math.min(...recentHours.map(({ from }) => from));
          expect(content).toMatchObject({
            from: start,
            to: Math.min(start + DAY_MS, recentHoursFrom),
            interactive: true,
            nonInteractive: true,
          });
          const { readAt } = content!;
          expect(readAt === now || readAt >= start + finalMs).toBe(true);
        }
        expect(recentHours.at(0)?.to).toBe(now + 1);
      }),
      { numRuns: HISTORIES },
    );
  }, 600_000);

  it('never holds more than happened, nor does any run know more', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const { ledger, knownDays } = await live(history);

        for (const content of [...(await daysOf(ledger)), ...knownDays]) {
          const most = new Map(
            recompute(history.events, {
              from: startOf(content.day),
              to: startOf(content.day) + DAY_MS,
            }).map(countsOf),
          );
          for (const [key, counts] of linesOf(content).map(countsOf)) {
            const bounds = most.get(key) ?? [];
            expect(counts.filter((count, index) => count > (bounds[index] ?? 0))).toEqual([]);
          }
        }
      }),
      { numRuns: HISTORIES },
    );
  }, 600_000);

  it('aggregates into what one reading of the window would give', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const { ledger, known, now } = await live(history);
        const people = new PeopleIndex();
        for (const id of PEOPLE) people.add(id);
        const window = { from: Math.floor(now / DAY_MS) * DAY_MS - 29 * DAY_MS, to: now };

        const { use, absentIds } = await aggregateLedger(ledger, {
          people,
          isSelected: APPLICATIONS.map(() => true),
          window,
          known,
        });

        const seen = history.events.filter(
          ({ at, arrivesAt, errorCode }) =>
            Math.max(at, arrivesAt) <= now && at >= window.from && errorCode !== 50126,
        );
        for (const [person, id] of PEOPLE.entries()) {
          const own = seen.filter(({ userId }) => userId === id);
          const successes = own.filter(({ errorCode }) => errorCode === 0);
          const uses = use.of(person);
          expect(sum(uses.map((entry) => entry.successes))).toBe(successes.length);
          expect(sum(uses.flatMap((entry) => entry.refusals))).toBe(own.length - successes.length);
          expect(Math.max(0, ...uses.map(({ lastAt }) => lastAt))).toBe(
            Math.max(0, ...successes.map(({ at }) => at)),
          );
        }
        const theirs = seen.filter(({ userId }) => userId === NOT_IN_DIRECTORY);
        expect(use.notInDirectory.signIns).toBe(theirs.length);
        expect(absentIds.size).toBe(theirs.length === 0 ? 0 : 1);
      }),
      { numRuns: HISTORIES },
    );
  }, 600_000);
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** A line of counts as key and numbers. */
function countsOf(line: string): readonly [string, readonly number[]] {
  const [id, slot, counts = ''] = line.split(' ');
  return [`${id} ${slot}`, counts.split('/').map(Number)];
}
