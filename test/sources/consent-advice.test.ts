import { describe, expect, it } from '@jest/globals';
import { adviseOnConsent } from '../../lib/sources/consent-advice.ts';
import type { SourceName } from '../../lib/sources/coverage.ts';
import { aCoverage } from '../support/a-report.ts';

const refused = (source: SourceName) =>
  aCoverage({
    source,
    state: 'not-available',
    cause: { kind: 'consent', because: 'Graph refused access', remedy: 'Grant everything.' },
  });
const remedyOf = (source: SourceName, granted: readonly string[] | undefined) =>
  adviseOnConsent(refused(source), granted).cause?.remedy;

describe('the advice where Graph refuses access', () => {
  it('names only the permission that the token lacks', () => {
    expect(remedyOf('interactiveSignIns', ['Directory.Read.All'])).toBe(
      'Grant the identity AuditLog.Read.All.',
    );
  });

  it('never names one that the token has', () => {
    expect(remedyOf('roles', ['Directory.Read.All', 'Mail.Send'])).not.toMatch(/Grant/);
  });

  it('names what is needed where the token cannot be read', () => {
    expect(remedyOf('activity', undefined)).toBe(
      'Grant the identity AuditLog.Read.All and Directory.Read.All.',
    );
  });

  it('leaves other causes alone', () => {
    const cause = { kind: 'fault', because: 'Graph did not answer', remedy: 'Wait.' } as const;
    const coverage = aCoverage({ state: 'partial', cause });

    expect(adviseOnConsent(coverage, [])).toBe(coverage);
  });
});
