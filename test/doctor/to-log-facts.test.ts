import { describe, expect, it } from '@jest/globals';
import { toLogFacts } from '../../lib/doctor/render-findings.ts';

describe('toLogFacts', () => {
  it('counts, gathers the codes, and keeps what is not in order', () => {
    const facts = toLogFacts([
      { check: 'token', level: 'ok', what: 'There is a token.' },
      {
        check: 'permissions',
        level: 'problem',
        what: 'A is missing.',
        todo: 'Grant A.',
        facts: { missing: ['A'] },
      },
      { check: 'permissions', level: 'problem', what: 'B is missing.', facts: { missing: ['B'] } },
      { check: 'permissions', level: 'warning', what: 'C is there.', facts: { surplus: ['C'] } },
      { check: 'clock', level: 'ok', what: 'The clock is right.', facts: { skewSeconds: -1 } },
    ]);

    expect(facts).toEqual({
      problems: 2,
      warnings: 1,
      missing: ['A', 'B'],
      surplus: ['C'],
      skewSeconds: -1,
      findings: [
        'permissions: A is missing. Grant A.',
        'permissions: B is missing.',
        'permissions: C is there.',
      ],
    });
  });
});
