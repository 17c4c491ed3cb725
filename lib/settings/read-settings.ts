import { SettingsError } from '../errors.ts';
import type { SettingProblem } from '../errors.ts';
import { FIELDS } from './fields.ts';
import type { Settings } from './fields.ts';
import type { Field } from './kinds.ts';
import { mistypedFor } from './mistyped-names.ts';
import { inHostZone } from './schedule.ts';

/** App settings as the host gives them. */
export type Environment = Readonly<Record<string, string | undefined>>;

interface ReadSettingsOptions {
  /** A run that sends needs a sender and a recipient; a preview does not. */
  readonly isSending: boolean;
}

/**
 * Turns app settings into values. An empty value counts as absent. Throws one SettingsError with every
 * problem found.
 */
export function readSettings(
  environment: Environment,
  { isSending }: ReadSettingsOptions,
): Settings {
  const problems: SettingProblem[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries<Field<unknown>>(FIELDS)) {
    const reading = field.read(environment[field.setting]?.trim() || field.fallback);
    if ('problem' in reading) problems.push({ setting: field.setting, problem: reading.problem });
    else values[name] = reading.value;
  }
  const settings = values as unknown as Settings;
  problems.push(...crossProblems(settings, { environment, isSending, found: problems }));
  if (problems.length > 0) throw new SettingsError(problems);
  const zone = hostZone(environment);
  return {
    ...settings,
    reportSchedule: inHostZone(settings.reportSchedule, zone),
    ingestSchedule: inHostZone(settings.ingestSchedule, zone),
  };
}

/** The zone in which the Functions host reads schedules, where its environment names one that is not UTC. */
function hostZone(environment: Environment): string | undefined {
  const zone = environment['TZ']?.trim() || environment['WEBSITE_TIME_ZONE']?.trim();
  if (zone === undefined || zone === '') return undefined;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions();
    return timeZone === 'UTC' ? undefined : timeZone;
  } catch {
    // A name that is none leaves the host in UTC.
    return undefined;
  }
}

interface CrossOptions extends ReadSettingsOptions {
  readonly environment: Environment;
  readonly found: readonly SettingProblem[];
}

function crossProblems(
  settings: Partial<Settings>,
  { environment, isSending, found }: CrossOptions,
): readonly SettingProblem[] {
  const isFine = (setting: string) => !found.some((problem) => problem.setting === setting);
  const problems: SettingProblem[] = [];
  const { daysToCheckLogs = 0, ledgerRetentionDays = 0 } = settings;
  if (
    isFine('DAYS_TO_CHECK_LOGS') &&
    isFine('LEDGER_RETENTION_DAYS') &&
    ledgerRetentionDays < daysToCheckLogs
  ) {
    problems.push({
      setting: 'LEDGER_RETENTION_DAYS',
      problem: `must not be below DAYS_TO_CHECK_LOGS (${daysToCheckLogs}).`,
    });
  }
  problems.push(...sourceProblems(settings, isFine));
  if (isSending && isFine('EMAIL_FROM') && !settings.emailFrom) {
    problems.push({
      setting: 'EMAIL_FROM',
      problem: `is missing; expected the mailbox that sends the digest, such as name@domain.${hintAt('EMAIL_FROM', environment)}`,
    });
  }
  if (isSending && isFine('EMAIL_TO') && settings.emailTo?.length === 0) {
    problems.push({
      setting: 'EMAIL_TO',
      problem: `is missing; expected one or more addresses, separated by ; or ,.${hintAt('EMAIL_TO', environment)}`,
    });
  }
  return problems;
}

/** The name that somebody may have meant it by. */
function hintAt(setting: string, environment: Environment): string {
  const mistyped = mistypedFor(setting, environment);
  return mistyped === undefined ? '' : ` ${mistyped} is set: did you mean ${setting}?`;
}

/** The workspace gives counts and no rows, and has to be named. */
function sourceProblems(
  { signInSource, signInWorkspaceId, includeSignInLog }: Partial<Settings>,
  isFine: (setting: string) => boolean,
): readonly SettingProblem[] {
  if (signInSource !== 'log-analytics') return [];
  const problems: SettingProblem[] = [];
  if (isFine('SIGN_IN_WORKSPACE_ID') && !signInWorkspaceId) {
    problems.push({
      setting: 'SIGN_IN_WORKSPACE_ID',
      problem:
        'is missing; SIGN_IN_SOURCE is log-analytics, which needs the GUID of the workspace.',
    });
  }
  if (includeSignInLog === true) {
    problems.push({
      setting: 'INCLUDE_SIGN_IN_LOG',
      problem:
        'must not be true together with SIGN_IN_SOURCE log-analytics: a workspace gives counts, and only Graph gives rows. Set one of them otherwise.',
    });
  }
  return problems;
}

/** DEBUG_OUTPUT before the settings are read, and even where they cannot be. */
export function wantsDebug(environment: Environment): boolean {
  return environment['DEBUG_OUTPUT']?.trim().toLowerCase() === 'true';
}
