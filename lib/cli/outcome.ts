import { CHANGE_WORDS } from '../digest/parts/changes.ts';
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

/** How each list is called after its number, in the words of the mail. */
const LISTS: Readonly<Record<keyof Report['figures']['hits'], string>> = {
  stopped: 'stopped at MFA',
  impact: 'in with one factor',
  missing: 'without a method',
  'not-usable': 'with a method that is not usable',
  unknown: 'not judged',
};

/** What a run did, in a line or two. */
export function describeSummary({ outcome, report }: RunSummary): string {
  if (report === undefined) return OUTCOMES[outcome];
  const partial = report.isPartial ? ' It is PARTIAL: a source could not be read in full.' : '';
  return `${OUTCOMES[outcome]}${partial}\n  ${report.figures.inScope.toLocaleString('en-GB')} people in scope: ${countHits(report)}`;
}

/** A run among others, in one line: the lists with somebody in them, and what changed. */
export function describeMorning({ outcome, report }: RunSummary): string {
  if (report === undefined) return OUTCOMES[outcome];
  const changes = countChanges(report);
  return `${report.isPartial ? 'PARTIAL, ' : ''}${countHits(report)}${changes && `; ${changes}`}`;
}

function countHits({ figures }: Report): string {
  const parts: string[] = [];
  const unknown: string[] = [];
  for (const [list, { people }] of Object.entries(figures.hits)) {
    const words = LISTS[list as keyof typeof LISTS];
    // A number that is not known is not printed as one.
    if (people.kind === 'not-known') unknown.push(words);
    else if (people.kind === 'at-least' || people.value > 0) {
      const bound = people.kind === 'at-least' ? 'at least ' : '';
      parts.push(`${bound}${people.value.toLocaleString('en-GB')} ${words}`);
    }
  }
  if (unknown.length > 0) parts.push(`not known how many ${unknown.join(' or ')}`);
  return parts.length === 0 ? 'nobody in any list' : parts.join(', ');
}

function countChanges({ history }: Report): string {
  if (history?.state === 'first') return 'the first report';
  const kinds = (history?.changes ?? []).map(({ kind }) => kind);
  return [...new Set(kinds)]
    .map((kind) => {
      const count = kinds.filter((other) => other === kind).length;
      return `${count} ${CHANGE_WORDS[kind][count === 1 ? 'one' : 'many']}`;
    })
    .join(', ');
}

/** Output for a program: standard output holds nothing else. */
export function printJson(value: object): void {
  console.log(JSON.stringify(value, undefined, 2));
}

/** What a run did for a program to read: counts and codes, and nobody's name. */
export function summaryAsJson({ outcome, report }: RunSummary): object {
  if (report === undefined) return { outcome };
  const kinds = (report.history?.changes ?? []).map(({ kind }) => kind);
  return {
    outcome,
    isPartial: report.isPartial,
    inScope: report.figures.inScope,
    hits: report.figures.hits,
    changes: Object.fromEntries(
      [...new Set(kinds)].map((kind) => [kind, kinds.filter((other) => other === kind).length]),
    ),
    notComplete: report.coverage
      .filter(({ state }) => state !== 'complete')
      .map(({ source, state, cause }) => ({ source, state, because: cause?.because })),
  };
}

/** 0 done, 1 finished but something failed, 2 could not run; an interrupted process ends with 130. */
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

/** A known error is one friendly line, or one for each setting; an unknown one is its stack where that is asked for. */
export function explainError(error: unknown, isDebugging = false): Explanation {
  if (error instanceof SettingsError) {
    const isOption = error.problems.every(({ setting }) => setting.startsWith('-'));
    const lines = error.problems.map(({ setting, problem }) => `  ${setting} ${problem}`);
    const what = isOption ? 'options' : 'settings';
    return {
      text: [`Could not run, because of these ${what}:`, ...lines].join('\n'),
      exitCode: 2,
    };
  }
  if (error instanceof MailerError) {
    const facts = Object.entries(error.facts)
      .filter(([, fact]) => fact !== undefined)
      .map(([name, fact]) => `, ${name} ${fact}`);
    const text = `${error.message}\n  (${error.code}${facts.join('')})`;
    // The digest was made, and it is the mail that failed.
    return { text, exitCode: hasCode(error, 'mail_rejected', 'mail_uncertain') ? 1 : 2 };
  }
  if (isDebugging && error instanceof Error)
    return { text: error.stack ?? error.message, exitCode: 2 };
  return { text: `${describeUnforeseen(error)} DEBUG_OUTPUT=true shows where.`, exitCode: 2 };
}

/** A fault of the operating system has a code; the text of anything else may quote whatever was at hand. */
function describeUnforeseen(error: unknown): string {
  const { code, name = typeof error } = error as {
    readonly code?: unknown;
    readonly name?: string;
  };
  const kind = typeof code === 'string' && /^[A-Z_0-9]+$/.test(code) ? code : name;
  return `Could not run, because of an error that nobody foresaw (${kind}).`;
}
