// Run by runner.test.ts alone: what must fail here, each in its way, and what must not.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

it('passes', () => {
  process.env['LEFT_BY_A_TEST'] = 'yes';
  expect(1 + 1).toBe(2);
});

it('differs', () => {
  expect({ value: [1, 2] }).toEqual({ value: [1, 3] });
});

it('throws later', async () => {
  await sleep(1);
  throw new Error('planted');
});

it('hangs', () => new Promise(() => undefined), 50);

it('leaves a rejection', async () => {
  void Promise.reject(new Error('planted'));
  await sleep(10);
});

it('throws beside the test', async () => {
  setTimeout(() => {
    throw new Error('planted');
  }, 1);
  await sleep(100);
});

it('expects nothing', () => {
  expect.assertions(1);
});

it.each([1, 2])('is %i, not 2', (number) => {
  expect(number).not.toBe(2);
});

it('differs from a snapshot', () => {
  expect('one').toMatchInlineSnapshot(`"two"`);
});

it('spies on what it may', () => {
  const parsing = jest.spyOn(JSON, 'parse');

  JSON.parse('1');

  expect(parsing.mock.calls).toEqual([['1']]);
});

describe('after a hook that fails', () => {
  beforeAll(() => {
    throw new Error('planted');
  });

  it('is not run', () => undefined);
});

describe('after a hook that hangs', () => {
  beforeAll(() => new Promise(() => undefined), 50);

  it('is not run either', () => undefined);
});

describe('before a hook that fails', () => {
  afterAll(() => {
    throw new Error('planted');
  });

  it('passes all the same', () => undefined);
});
