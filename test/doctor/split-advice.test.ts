import { describe, expect, it } from '@jest/globals';
import { splitAdvice } from '../../lib/doctor/unanswered.ts';

describe('splitAdvice', () => {
  it.each([
    ['The state folder may not be used (EACCES): let this user write to it.', 'colon'],
    ['The state folder may not be used (EACCES); let this user write to it.', 'semicolon'],
    ['The state folder may not be used (EACCES). Let this user write to it.', 'full stop'],
    ['the state folder may not be used (EACCES): let this user write to it', 'clause'],
  ])('parts what happened from what to do: %s', (message) => {
    expect(splitAdvice(message)).toEqual({
      what: 'The state folder may not be used (EACCES).',
      todo: 'Let this user write to it.',
    });
  });

  it('keeps a message without advice as it is', () => {
    expect(splitAdvice('Set STATE_LOCATION to folder:PATH.')).toEqual({
      what: 'Set STATE_LOCATION to folder:PATH.',
    });
  });
});
