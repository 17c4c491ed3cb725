import { CAST, STRANGERS } from './cast.ts';
import { castId, type Habit } from './cast-member.ts';
import { guid, hashText } from './hash.ts';
import { DAY_MS, MINUTE_MS, startOfDay } from './instants.ts';
import { OUTCOMES } from './sign-in-outcomes.ts';
import type { SignIn, SignInPerson } from './sign-in.ts';
import { LAST_DAY, storyDay } from './story.ts';

const SIGN_IN_TAG = 30;

const PEOPLE: readonly (SignInPerson & { readonly habits: readonly Habit[] })[] = [
  ...CAST.map((member) => ({ ...member, id: castId(member.key) })),
  ...STRANGERS.map((stranger) => ({
    ...stranger,
    id: castId(stranger.key),
    guest: true,
    isServiceProvider: true,
  })),
];

const HABITS = PEOPLE.flatMap((person) =>
  person.habits.map((habit, index) => {
    const mixed = hashText(person.id);
    const timeOfDayMs = habit.minuteOfDay * MINUTE_MS + (mixed % 60) * 1000;
    return { person, habit, mixed, tag: SIGN_IN_TAG + index, timeOfDayMs };
  }),
);

/** The sign-ins of the cast and of the strangers between two instants, newest first, a day at a time. */
export function* castSignIns(lastDay: Date, fromMs: number, toMs: number): Generator<SignIn> {
  for (let dayMs = startOfDay(toMs); dayMs > fromMs - DAY_MS; dayMs -= DAY_MS) {
    const day = storyDay(dayMs, lastDay);
    const signIns = HABITS.filter(({ habit }) => isDueOn(habit, day))
      .map(({ person, habit, mixed, tag, timeOfDayMs }) => ({
        id: guid(mixed, tag, (dayMs + timeOfDayMs) / 1000),
        atMs: dayMs + timeOfDayMs,
        kind: habit.kind,
        application: habit.application,
        resource: habit.resource,
        outcome: OUTCOMES[habit.outcome],
        person,
      }))
      .filter(({ atMs }) => fromMs <= atMs && atMs <= toMs);
    yield* signIns.toSorted((one, other) => other.atMs - one.atMs);
  }
}

function isDueOn({ fromDay, untilDay, everyDays }: Habit, day: number): boolean {
  return fromDay <= day && day <= untilDay && (LAST_DAY - day) % everyDays === 0;
}
