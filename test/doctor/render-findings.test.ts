import { describe, expect, it } from '@jest/globals';
import { renderFindings } from '../../lib/doctor/render-findings.ts';

describe('renderFindings', () => {
  it('opens with the result, then what is wrong with what to do, then what is fine', () => {
    const text = renderFindings([
      { check: 'settings', level: 'ok', what: 'Every setting can be used.' },
      {
        check: 'alarm',
        level: 'warning',
        what: 'REPORT_SCHEDULE leaves 72 hours between two digests.',
        todo: 'Set ALERT_ON_MISSING_DIGEST to false and deploy again, or let REPORT_SCHEDULE run daily.',
      },
      { check: 'memory', level: 'ok', what: 'The memory (folder) can be reached and written to.' },
      {
        check: 'permissions',
        level: 'problem',
        what: 'Mail.Send is missing: the digest cannot be sent.',
        todo: 'Grant Mail.Send.',
      },
    ]);

    expect(text).toMatchInlineSnapshot(`
      "1 problem, 1 warning, 2 in order.

      ✗ problem  permissions  Mail.Send is missing: the digest cannot be sent.
                              → Grant Mail.Send.

      ! warning  alarm        REPORT_SCHEDULE leaves 72 hours between two digests.
                              → Set ALERT_ON_MISSING_DIGEST to false and deploy
                                again, or let REPORT_SCHEDULE run daily.

      ✓ ok       settings     Every setting can be used.
      ✓ ok       memory       The memory (folder) can be reached and written to."
    `);
  });

  it('says in one line that all is in order', () => {
    const text = renderFindings([{ check: 'clock', level: 'ok', what: 'It is right.' }]);

    expect(text).toBe('1 check, all in order.\n\n✓ ok       clock  It is right.');
  });
});
