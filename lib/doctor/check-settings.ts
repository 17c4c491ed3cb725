import type { SettingProblem } from '../errors.ts';
import type { CheckContext } from './check.ts';
import type { Finding } from './finding.ts';

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
    todo: `Correct ${setting} in the app settings.`,
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
