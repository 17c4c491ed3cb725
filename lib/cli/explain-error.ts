import { stripVTControlCharacters } from 'node:util';
import { MailerError, SettingsError, hasCode } from '../errors.ts';
import type { ExitCode } from './exit-code.ts';

/** What a person at the terminal is told of an error, and how the process ends. */
export interface Explanation {
  readonly text: string;
  readonly exitCode: ExitCode;
}

/** A known error is one friendly line, or one for each setting; an unknown one is its stack. */
export function explainError(error: unknown): Explanation {
  if (error instanceof SettingsError) {
    const lines = error.problems.map(({ setting, problem }) => `  ${setting} ${problem}`);
    return {
      text: ['Could not run, because of these settings:', ...lines].join('\n'),
      exitCode: 2,
    };
  }
  if (error instanceof MailerError) {
    const facts = Object.entries(error.facts).map(([name, fact]) => `, ${name} ${fact}`);
    const text = `${error.message}\n  (${error.code}${facts.join('')})`;
    // The digest was made, and it is the mail that failed.
    return { text, exitCode: hasCode(error, 'mail_rejected', 'mail_uncertain') ? 1 : 2 };
  }
  if (isMisuse(error))
    return {
      text: `${stripVTControlCharacters(error.message)}\nSee node lib/cli.ts --help.`,
      exitCode: 2,
    };
  return {
    text: error instanceof Error ? (error.stack ?? error.message) : String(error),
    exitCode: 2,
  };
}

/** Arguments that citty or Node refuses. */
function isMisuse(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const { code = '' } = error as { readonly code?: string };
  return error.name === 'CLIError' || code.startsWith('ERR_PARSE_ARGS');
}
