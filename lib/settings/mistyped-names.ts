import { distance } from 'fastest-levenshtein';
import { FIELDS } from './fields.ts';
import type { Field } from './kinds.ts';
import type { Environment } from './read-settings.ts';

const NAMES: readonly string[] = Object.values<Field<unknown>>(FIELDS).map(
  ({ setting }) => setting,
);

/** Slips in a longer name leave it recognisable. */
const LONG_NAME = 10;

/** A name that is set and is no setting, and the setting that it resembles. */
export interface MistypedName {
  readonly name: string;
  readonly meant: string;
}

/** Names of the environment that look like a setting written wrongly: a letter too much, two the wrong way round. */
export function mistypedNames(environment: Environment): readonly MistypedName[] {
  return Object.keys(environment).flatMap((name) => {
    if (!environment[name]?.trim() || NAMES.includes(name)) return [];
    const meant = NAMES.find((setting) => resembles(name, setting));
    return meant === undefined ? [] : [{ name, meant }];
  });
}

/** The name under which somebody may have set this setting. */
export function mistypedFor(setting: string, environment: Environment): string | undefined {
  return mistypedNames(environment).find(({ meant }) => meant === setting)?.name;
}

function resembles(name: string, setting: string): boolean {
  const written = name.toUpperCase().replaceAll('-', '_');
  if (Math.abs(written.length - setting.length) > 2) return false;
  const slips = distance(written, setting);
  if (slips <= 1) return true;
  const isLong = setting.length >= LONG_NAME;
  return slips === 2 && (isLong || sortedLetters(written) === sortedLetters(setting));
}

function sortedLetters(text: string): string {
  return Array.from(text).sort().join('');
}
