import type { LogFacts } from '../log.ts';
import type { Finding } from './finding.ts';

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
