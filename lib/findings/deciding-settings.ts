import { createHash } from 'node:crypto';
import { FIELDS } from '../settings/fields.ts';
import type { Settings } from '../settings/fields.ts';

/** The settings that decide who is judged and how. */
const DECIDING = [
  'daysToCheckLogs',
  'enforceYears',
  'includeGuests',
  'excludedUsers',
  'breakGlassAccounts',
  'newAccountGraceDays',
  'stoppedDays',
  'telephonyProvider',
] as const satisfies readonly (keyof Settings)[];

/** Fingerprints of the settings that decide standings, by the name of the setting. Their values name people. */
export type DecidingSettings = Readonly<Record<string, string>>;

export function decidingSettings(
  settings: Pick<Settings, (typeof DECIDING)[number]>,
): DecidingSettings {
  return Object.fromEntries(
    DECIDING.map((name) => [FIELDS[name].setting, fingerprint(settings[name])]),
  );
}

/** The settings that differ; one that a version of the product did not know yet has not been changed. */
export function changedSettings(
  before: DecidingSettings,
  now: DecidingSettings,
): readonly string[] {
  return Object.keys(now).filter((name) => name in before && before[name] !== now[name]);
}

/** The order, case and repetition of a list decide nothing. */
function fingerprint(value: boolean | number | readonly (string | number)[]): string {
  const items = Array.isArray(value) ? value : [value];
  const text = [...new Set(items.map((item) => String(item).toLowerCase()))].sort().join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
