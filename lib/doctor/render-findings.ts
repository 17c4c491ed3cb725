import type { Finding } from './finding.ts';
import { wrapText } from '../rendering/text-block.ts';

const LEVELS = ['problem', 'warning', 'ok'] as const;
const MARKS: Readonly<Record<Finding['level'], string>> = {
  problem: '✗ problem',
  warning: '! warning',
  ok: '✓ ok',
};

/** The findings for a terminal: the verdict, then what is wrong with what to do about it, then what is fine. */
export function renderFindings(findings: readonly Finding[]): string {
  const sections = LEVELS.map((level) => findings.filter((finding) => finding.level === level));
  const blocks = sections.filter((section) => section.length > 0);
  const width = Math.max(0, ...findings.map(({ check }) => check.length));
  return [renderVerdict(findings), ...blocks.map((block) => renderBlock(block, width))].join(
    '\n\n',
  );
}

function renderVerdict(findings: readonly Finding[]): string {
  const counts = LEVELS.map(
    (level) => findings.filter((finding) => finding.level === level).length,
  );
  const [problems = 0, warnings = 0, fine = 0] = counts;
  if (problems + warnings === 0) return `${plural(fine, 'check')}, all in order.`;
  return `${plural(problems, 'problem')}, ${plural(warnings, 'warning')}, ${fine} in order.`;
}

function renderBlock(findings: readonly Finding[], width: number): string {
  const markWidth = Math.max(...Object.values(MARKS).map((mark) => mark.length));
  return findings
    .flatMap(({ check, level, what, todo }) => {
      const first = `${MARKS[level].padEnd(markWidth)}  ${check.padEnd(width)}  `;
      const indent = ' '.repeat(first.length);
      return [
        wrapText(what, first, indent),
        ...(todo === undefined ? [] : [wrapText(todo, `${indent}→ `, `${indent}  `)]),
      ];
    })
    .join('\n');
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
