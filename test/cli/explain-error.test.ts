import { describe, expect, it } from '@jest/globals';
import { explainError } from '../../lib/cli/outcome.ts';
import { MailerError, SettingsError } from '../../lib/errors.ts';

describe('explainError', () => {
  it('gives each setting a line', () => {
    const error = new SettingsError([
      { setting: 'EMAIL_TO', problem: 'is missing.' },
      { setting: 'ATTACH_CSV', problem: 'must be true or false.' },
    ]);

    expect(explainError(error)).toEqual({
      text: 'Could not run, because of these settings:\n  EMAIL_TO is missing.\n  ATTACH_CSV must be true or false.',
      exitCode: 2,
    });
  });

  it('gives a known error its sentence and its facts', () => {
    const error = new MailerError('graph_denied', 'Graph refused. Grant it.', { status: 403 });

    expect(explainError(error)).toEqual({
      text: 'Graph refused. Grant it.\n  (graph_denied, status 403)',
      exitCode: 2,
    });
  });

  it.each(['mail_rejected', 'mail_uncertain'] as const)(
    'ends with 1 after %s, because the digest was made',
    (code) => {
      expect(explainError(new MailerError(code, 'No.')).exitCode).toBe(1);
    },
  );

  it('gives an unknown error one sentence that quotes nothing, and its stack where it is asked for', () => {
    const error = new TypeError('x is not a function');

    expect(explainError(error)).toEqual({
      text: 'Could not run, because of an error that nobody foresaw (TypeError). DEBUG_OUTPUT=true shows where.',
      exitCode: 2,
    });
    expect(explainError(error, true)).toEqual({ text: error.stack, exitCode: 2 });
  });

  it('names options where only options are wrong', () => {
    const error = new SettingsError([
      { setting: '--out', problem: 'names a file; give a folder.' },
    ]);

    expect(explainError(error).text).toBe(
      'Could not run, because of these options:\n  --out names a file; give a folder.',
    );
  });
});
