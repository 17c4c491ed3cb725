// Run by runner.test.ts alone, after tests.ts and in the same process: it knows nothing of that one's tests.
import { expect, it } from '@jest/globals';

it('finds what the first left as it was', () => {
  expect(JSON.parse.name).toBe('parse');
  expect(process.env['LEFT_BY_A_TEST']).toBeUndefined();
});
