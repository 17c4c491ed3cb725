import { SettingsError } from '../errors.ts';
import type { SettingProblem } from '../errors.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Environment } from '../settings/read-settings.ts';
import type { Settings } from '../settings/fields.ts';

export interface UsableSettings {
  /** Those that cannot be used have a stand-in, which no check may draw a conclusion from. */
  readonly settings: Settings;
  readonly problems: readonly SettingProblem[];
}

/** In place of a default that would touch something, or contradict another setting. */
const STAND_INS: Readonly<Record<string, string>> = {
  STATE_LOCATION: 'none',
  DAYS_TO_CHECK_LOGS: '1',
  LEDGER_RETENTION_DAYS: '3650',
};

/** Reads the settings as a sending run does, and goes on with those that can be used. */
export function readUsableSettings(environment: Environment): UsableSettings {
  try {
    return { settings: readSettings(environment, { isSending: true }), problems: [] };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const { problems } = error;
    const standIns = problems.map(({ setting }) => [setting, STAND_INS[setting] ?? '']);
    const usable = { ...environment, ...(Object.fromEntries(standIns) as Environment) };
    return { settings: readSettings(usable, { isSending: false }), problems };
  }
}
