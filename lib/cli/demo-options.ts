import { SettingsError } from '../errors.ts';
import type { SettingProblem } from '../errors.ts';
import { count } from '../settings/kinds.ts';
import type { Field } from '../settings/kinds.ts';

const NUMBERS = {
  people: count(
    60,
    1_000_000,
    '--people',
    '120',
    'People in the tenant, the handmade ones among them',
  ),
  'sign-ins': count(0, 10_000_000, '--sign-ins', '3000', 'Their sign-ins in the last 30 days'),
  seed: count(1, 1_000_000, '--seed', '1', 'Another seed, other people'),
  days: count(1, 7, '--days', '7', 'Mornings to play, the last one today'),
};

type NumberName = keyof typeof NUMBERS;

/** The numbers of a demo as arguments of the command line. */
export const NUMBER_ARGS = {
  people: numberArg(NUMBERS.people),
  'sign-ins': numberArg(NUMBERS['sign-ins']),
  seed: numberArg(NUMBERS.seed),
  days: numberArg(NUMBERS.days),
};

/** Reads the numbers of a demo; throws one SettingsError that names every argument that is none. */
export function readNumbers(
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
