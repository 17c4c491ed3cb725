import { comesFromElsewhere, LAST_DAY, storyDay } from './fixture-life.ts';
import { fixtureId } from './fixture-user.ts';
import type { FixtureUser, Habit } from './fixture-user.ts';
import { FIXTURE_USERS, NOT_IN_DIRECTORY } from './fixture-users.ts';
import { DAY_MS, guid, hashText, MINUTE_MS, startOfDay } from './generated.ts';
import { OUTCOMES, PROMPTED } from './outcomes.ts';
import type { SignIn, SignInPerson } from './sign-in.ts';

const SIGN_IN_TAG = 30;

const PEOPLE: readonly (SignInPerson & Pick<FixtureUser, 'key' | 'habits'>)[] = [
  ...FIXTURE_USERS.map((member) => ({
    ...member,
    id: fixtureId(member.key),
    isExternal: comesFromElsewhere(member),
  })),
  ...NOT_IN_DIRECTORY.map((person) => ({
    ...person,
    id: fixtureId(person.key),
    guest: true,
    isExternal: true,
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

/** Sign-ins of the fixture users and of people not in the directory between two instants, newest first, a day at a time. */
export function* fixtureSignIns(
  fixtures: readonly FixtureUser[],
  lastDay: Date,
  fromMs: number,
  toMs: number,
): Generator<SignIn> {
  const keys = new Set(
    [...fixtures.filter(({ habits }) => habits.length > 0), ...NOT_IN_DIRECTORY].map(
      ({ key }) => key,
    ),
  );
  for (let dayMs = startOfDay(toMs); dayMs > fromMs - DAY_MS; dayMs -= DAY_MS) {
    for (const signIn of signInsOn(dayMs, storyDay(dayMs, lastDay))) {
      const isAsked = fromMs <= signIn.atMs && signIn.atMs <= toMs;
      if (isAsked && keys.has(signIn.person.key)) yield signIn;
    }
  }
}

type FixtureSignIn = SignIn & { readonly person: (typeof PEOPLE)[number] };

/** By day and day of the story: every run reads the same days several times. */
const signInsByDay = new Map<string, readonly FixtureSignIn[]>();
const MAX_DAYS_KEPT = 100;

/** The sign-ins of everybody on a day, newest first. */
function signInsOn(dayMs: number, day: number): readonly FixtureSignIn[] {
  const key = `${dayMs} ${day}`;
  let signIns = signInsByDay.get(key);
  if (signIns === undefined) {
    signIns = HABITS.filter(({ habit }) => isDueOn(habit, day))
      .flatMap((due) => signInsOf(due, dayMs))
      .toSorted((one, other) => other.atMs - one.atMs);
    if (signInsByDay.size >= MAX_DAYS_KEPT) signInsByDay.clear();
    signInsByDay.set(key, signIns);
  }
  return signIns;
}

type Due = (typeof HABITS)[number];

/** The prompt comes so long before the answer to it. */
const ANSWER_MS = 8000;
const PROMPT_TAG = 300;

/** A sign-in, and before one that was answered on the phone the prompt as a row of its own. */
function signInsOf(
  { person, habit, mixed, tag, timeOfDayMs }: Due,
  dayMs: number,
): readonly FixtureSignIn[] {
  const { kind, application, resource, outcome } = habit;
  const atMs = dayMs + timeOfDayMs;
  const ofBoth = { kind, application, resource, person };
  const signIn = { ...ofBoth, id: guid(mixed, tag, atMs / 1000), atMs, outcome: OUTCOMES[outcome] };
  if (kind !== 'interactive' || !PROMPTED.includes(outcome)) {
    return [signIn];
  }
  const promptAtMs = atMs - ANSWER_MS;
  const id = guid(mixed, tag + PROMPT_TAG, promptAtMs / 1000);
  const prompt = { ...OUTCOMES.strongAuthenticationRequired, askers: OUTCOMES[outcome].askers };
  return [signIn, { ...ofBoth, id, atMs: promptAtMs, outcome: prompt }];
}

function isDueOn({ fromDay, untilDay, everyDays }: Habit, day: number): boolean {
  return fromDay <= day && day <= untilDay && (LAST_DAY - day) % everyDays === 0;
}
