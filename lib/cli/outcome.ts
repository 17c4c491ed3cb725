import { stripVTControlCharacters } from 'node:util';
import { hasCode, MailerError, SettingsError } from '../errors.ts';
import type { RunSummary } from '../run/make-digest.ts';

type Report = NonNullable<RunSummary['report']>;

const OUTCOMES: Readonly<Record<RunSummary['outcome'], string>> = {
  sent: 'The digest was sent.',
  'not-needed': 'No digest was needed: SEND_WHEN asks for more than was found.',
  previewed: 'The digest was rendered and not sent.',
  'already-done': 'The digest of this occurrence is already done.',
  refused: 'The run was not begun: another one is under way.',
};

/** What a run did, in a line or two. */
export function describeSummary({ outcome, report }: RunSummary): string {
  if (report === undefined) return OUTCOMES[outcome];
  const partial = report.isPartial ? ' It is PARTIAL: a source could not be read in full.' : '';
  return `${OUTCOMES[outcome]}${partial}\n  ${report.figures.inScope.toLocaleString('en-GB')} people in scope: ${countHits(report)}`;
}

/** A run among others, in one line: the hit lists, and what changed. */
export function describeMorning({ outcome, report }: RunSummary): string {
  if (report === undefined) return OUTCOMES[outcome];
  const changes = countChanges(report);
  return `${report.isPartial ? 'PARTIAL, ' : ''}${countHits(report)}${changes && `; ${changes}`}`;
}

function countHits({ figures }: Report): string {
  return Object.entries(figures.hits)
    .map(([list, { people }]) => {
      // A number that is not known is not printed as one.
      if (people.kind === 'not-known') return `${list} not known`;
      return `${people.kind === 'at-least' ? 'at least ' : ''}${people.value.toLocaleString('en-GB')} ${list}`;
    })
    .join(', ');
}

function countChanges({ history }: Report): string {
  if (history?.state === 'first') return 'the first report';
  const kinds = (history?.changes ?? []).map(({ kind }) => kind);
  return [...new Set(kinds)]
    .map((kind) => `${kinds.filter((other) => other === kind).length} ${kind}`)
    .join(', ');
}

/** 0 done, 1 finished but something failed, 2 could not run. */
export type ExitCode = 0 | 1 | 2;

/** A report that is not complete is finished, but a source failed. */
export function exitCodeOf({ report }: RunSummary): ExitCode {
  return report?.isPartial === true ? 1 : 0;
}

/** What a person at the terminal is told of an error, and how the process ends. */
interface Explanation {
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
