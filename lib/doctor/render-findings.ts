import { wrapText } from '../digest/plain-text.ts';
import type { LogFacts } from '../log.ts';
import type { Finding } from './check.ts';

const LEVELS = ['problem', 'warning', 'ok'] as const;
const MARKS: Readonly<Record<Finding['level'], string>> = {
  problem: '✗ problem',
  warning: '! warning',
  ok: '✓ ok',
};

interface Rendering {
  /** How many columns a line may have. @default those of the mail's plain text */
  readonly columns?: number;
  /** Marks a level, for instance by a colour. */
  readonly mark?: (level: Finding['level'], text: string) => string;
}

/** The findings for a terminal: the result, then what is wrong with what to do about it, then what is fine. */
export function renderFindings(findings: readonly Finding[], rendering: Rendering = {}): string {
  const sections = LEVELS.map((level) => findings.filter((finding) => finding.level === level));
  const blocks = sections.filter((section) => section.length > 0);
  const width = Math.max(0, ...findings.map(({ check }) => check.length));
  return [
    renderVerdict(findings),
    ...blocks.map((block) => renderBlock(block, width, rendering)),
  ].join('\n\n');
}

function renderVerdict(findings: readonly Finding[]): string {
  const counts = LEVELS.map(
    (level) => findings.filter((finding) => finding.level === level).length,
  );
  const [problems = 0, warnings = 0, fine = 0] = counts;
  if (problems + warnings === 0) return `${plural(fine, 'check')}, all in order.`;
  return `${plural(problems, 'problem')}, ${plural(warnings, 'warning')}, ${fine} in order.`;
}

/** On fewer columns text begins at the left, because little would be left of a line. */
const NARROW = 60;

function renderBlock(
  findings: readonly Finding[],
  width: number,
  { columns, mark = (_level, text) => text }: Rendering,
): string {
  const markWidth = Math.max(...Object.values(MARKS).map((mark) => mark.length));
  return findings
    .flatMap(({ check, level, what, todo }) => {
      const first = `${MARKS[level].padEnd(markWidth)}  ${check.padEnd(width)}  `;
      const indent = ' '.repeat(columns !== undefined && columns < NARROW ? 2 : first.length);
      // Marked once it is wrapped, because a colour takes no column.
      const wrapped = wrapText(what, first, indent, columns).slice(MARKS[level].length);
      return [
        `${mark(level, MARKS[level])}${wrapped}`,
        ...(todo === undefined ? [] : [wrapText(todo, `${indent}→ `, `${indent}  `, columns)]),
      ];
    })
    .join('\n');
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** The findings for a program to read: how many there are of each level, and what each says. */
export function findingsAsJson(findings: readonly Finding[]) {
  const countOf = (level: Finding['level']) =>
    findings.filter((finding) => finding.level === level).length;
  return {
    problems: countOf('problem'),
    warnings: countOf('warning'),
    findings: findings.map(({ check, level, what, todo }) => ({ check, level, what, todo })),
  };
}

/** The findings as one log event: how many, their codes, and what is not in order with what to do about it. */
export function toLogFacts(findings: readonly Finding[]): LogFacts {
  const named = (key: string) => findings.flatMap(({ facts }) => listOf(facts?.[key]));
  const single = Object.assign({}, ...findings.map(({ facts }) => facts)) as LogFacts;
  const countOf = (level: Finding['level']) =>
    findings.filter((finding) => finding.level === level).length;
  return {
    problems: countOf('problem'),
    warnings: countOf('warning'),
    ...single,
    missing: named('missing'),
    surplus: named('surplus'),
    findings: findings
      .filter(({ level }) => level !== 'ok')
      .map(({ check, what, todo }) => [`${check}:`, what, todo].filter(Boolean).join(' ')),
  };
}

function listOf(fact: LogFacts[string]): readonly (string | number)[] {
  return typeof fact === 'object' ? fact : [];
}
