/** The closed list of what can go wrong, `stage_problem` in shape. Logs, alerts and exit codes use these words. */
export type ErrorCode =
  | 'settings_invalid'
  | 'token_unavailable'
  | 'graph_denied'
  | 'graph_unlicensed'
  | 'graph_refused'
  | 'graph_throttled'
  | 'graph_unreachable'
  | 'graph_unexpected'
  | 'workspace_denied'
  | 'workspace_refused'
  | 'workspace_throttled'
  | 'workspace_timeout'
  | 'workspace_too_large'
  | 'workspace_unreachable'
  | 'workspace_unexpected'
  | 'run_deadline'
  | 'template_invalid'
  | 'mail_rejected'
  | 'mail_uncertain'
  | 'state_conflict'
  | 'state_unreachable'
  | 'state_denied'
  | 'azure_cli_failed';

/** Facts about a failure that are safe to log: numbers, Graph's own codes and request ids, never people. */
export type ErrorFacts = Readonly<Record<string, string | number | boolean | undefined>>;

/** An error in its two halves, each of them a sentence with its full stop. */
export interface Explanation {
  /** What happened, and to what. */
  readonly what: string;
  /** What to do about it, as an imperative. */
  readonly todo?: string | undefined;
}

/**
 * The base of every error that this product expects. Its message says what happened, to what, and what to do; it
 * holds no name, no address and no token, so it may be logged and shown as it is.
 */
export class MailerError extends Error {
  override readonly name: string = 'MailerError';
  readonly code: ErrorCode;
  readonly explanation: Explanation;
  readonly facts: ErrorFacts;

  /** Text alone is what happened, where nothing can be done about it. */
  constructor(
    code: ErrorCode,
    text: string | Explanation,
    facts: ErrorFacts = {},
    options?: ErrorOptions,
  ) {
    const explanation = typeof text === 'string' ? { what: text } : text;
    const { what, todo } = explanation;
    super(todo === undefined ? what : `${what} ${todo}`, options);
    this.code = code;
    this.explanation = explanation;
    this.facts = facts;
  }
}

/** One setting that cannot be used: which, what is wrong, and what would be right. */
export interface SettingProblem {
  readonly setting: string;
  readonly problem: string;
}

/** Every problem of the settings at once, so that one reading of the message is enough to mend them. */
export class SettingsError extends MailerError {
  override readonly name = 'SettingsError';
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[]) {
    const lines = problems.map(({ setting, problem }) => `${setting}: ${problem}`);
    const what = `${problems.length} setting(s) cannot be used.`;
    super(
      'settings_invalid',
      { what, todo: lines.join(' ') },
      {
        settings: problems.map(({ setting }) => setting).join(', '),
      },
    );
    this.problems = problems;
  }
}

/** A run that is out of time. */
export function outOfTime(cause?: unknown): MailerError {
  const message = 'The run reached its time limit.';
  return new MailerError('run_deadline', message, {}, cause === undefined ? undefined : { cause });
}

/** True for an error of ours that carries one of these codes. */
export function hasCode<Code extends ErrorCode>(
  error: unknown,
  ...codes: readonly Code[]
): error is MailerError & { readonly code: Code } {
  return error instanceof MailerError && (codes as readonly ErrorCode[]).includes(error.code);
}
