import { SettingsError } from '../errors.ts';
import type { SettingProblem } from '../errors.ts';
import type { Settings } from '../settings/fields.ts';
import { mistypedNames } from '../settings/mistyped-names.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Environment } from '../settings/read-settings.ts';
import type { CheckContext, Finding } from './check.ts';

/** `functionTimeout` of host.json: when it is over, the host ends the process without a word to the run. */
export const FUNCTION_TIMEOUT_MINUTES = 30;

/** Every setting that cannot be used, or one line that all can. */
export function reportSettings(problems: readonly SettingProblem[]): readonly Finding[] {
  if (problems.length === 0) {
    return [{ check: 'settings', level: 'ok', what: 'Every setting can be used.' }];
  }
  return problems.map(({ setting, problem }) => ({
    check: 'settings',
    level: 'problem',
    what: `${setting} ${problem}`,
    todo: `${problem.startsWith('is missing') ? 'Set' : 'Correct'} ${setting} in the app settings.`,
  }));
}

/** Names that are set and look like a setting written wrongly: what was meant by them is not in force. */
export function checkNames({ ports: { environment } }: CheckContext): readonly Finding[] {
  return mistypedNames(environment).map(({ name, meant }) => ({
    check: 'settings',
    level: 'warning',
    what: `${name} is set and is no setting, so it changes nothing. Did you mean ${meant}?`,
    todo: `Write it ${meant}, or take it away.`,
  }));
}

/** The host does not load a function whose schedule is not set; a default of ours is none of its. */
export function checkHostSchedules({ ports: { environment } }: CheckContext): readonly Finding[] {
  return ['REPORT_SCHEDULE', 'INGEST_SCHEDULE']
    .filter((setting) => !environment[setting]?.trim())
    .map((setting) => ({
      check: 'schedule',
      level: 'problem',
      what: `${setting} is not set, so the Functions host does not load the function that it starts.`,
      todo: `Set ${setting} in the app settings; azd provision --no-state does.`,
    }));
}

/** The run's own deadline has to come before the host's; nothing to say where it does. */
export function checkRunTimeLimit({
  settings: { runTimeLimitMinutes },
}: CheckContext): readonly Finding[] {
  if (runTimeLimitMinutes < FUNCTION_TIMEOUT_MINUTES) return [];
  return [
    {
      check: 'settings',
      level: 'warning',
      what: `RUN_TIME_LIMIT_MINUTES is ${runTimeLimitMinutes}, but the Functions host ends a run after ${FUNCTION_TIMEOUT_MINUTES} minutes, before it can send what it has.`,
      todo: `Set RUN_TIME_LIMIT_MINUTES below ${FUNCTION_TIMEOUT_MINUTES} where the Functions host runs it.`,
      facts: { runTimeLimitMinutes },
    },
  ];
}

interface UsableSettings {
  /** Those that cannot be used have a stand-in, which no check may draw a conclusion from. */
  readonly settings: Settings;
  readonly problems: readonly SettingProblem[];
}

/** In place of a default that would touch something, or contradict another setting. */
const STAND_INS: Readonly<Record<string, Environment>> = {
  STATE_LOCATION: { STATE_LOCATION: 'none' },
  DAYS_TO_CHECK_LOGS: { DAYS_TO_CHECK_LOGS: '1' },
  LEDGER_RETENTION_DAYS: { LEDGER_RETENTION_DAYS: '3650' },
  // Without a workspace there is Graph alone.
  SIGN_IN_WORKSPACE_ID: { SIGN_IN_WORKSPACE_ID: '', SIGN_IN_SOURCE: 'graph' },
};

/** Reads the settings as a sending run does, and goes on with those that can be used. */
export function readUsableSettings(environment: Environment): UsableSettings {
  try {
    return { settings: readSettings(environment, { isSending: true }), problems: [] };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const { problems } = error;
    const usable: Environment = Object.assign(
      { ...environment },
      ...problems.map(({ setting }) => STAND_INS[setting] ?? { [setting]: '' }),
    );
    return { settings: readSettings(usable, { isSending: false }), problems };
  }
}
