import { describe, expect, it } from '@jest/globals';
import { CheckTimeoutError, notKnown } from '../../lib/doctor/unanswered.ts';
import { MailerError } from '../../lib/errors.ts';

describe('notKnown', () => {
  it.each([
    ['graph_denied', 'Not known, because Graph refused access (403).', 'Grant Directory.Read.All.'],
    [
      'graph_unreachable',
      'Not known, because Graph did not answer (403).',
      'Wait for the next run; if it happens again, check the service health of Microsoft Entra.',
    ],
    ['token_unavailable', 'Not known, because there is no token for Graph.', undefined],
    [
      'state_conflict',
      'Not known, because of an error that nobody foresaw (state_conflict).',
      undefined,
    ],
  ] as const)('gives the reason for %s', (code, what, todo) => {
    const error = new MailerError(code, 'About adele.vance@contoso.example.', { status: 403 });

    expect(notKnown('sender', error)).toEqual({
      check: 'sender',
      level: 'warning',
      what,
      ...(todo !== undefined && { todo }),
    });
  });

  it('points to the command line where the time was too short', () => {
    expect(notKnown('clock', new CheckTimeoutError()).todo).toContain('doctor');
  });

  it('quotes nothing of an error that nobody foresaw', () => {
    const finding = notKnown('memory', new TypeError('adele.vance@contoso.example'));

    expect(finding.what).toBe('Not known, because of an error that nobody foresaw (TypeError).');
  });
});
