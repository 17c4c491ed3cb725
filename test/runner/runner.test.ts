import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';

const TEST = fileURLToPath(new URL('..', import.meta.url));
const PLANTED = fileURLToPath(new URL('planted/', import.meta.url));
const CONFIG = new URL('../../jest.config.js', import.meta.url).href;
const JEST = createRequire(import.meta.url).resolve('jest/bin/jest');

interface FileResult {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly {
    readonly fullName: string;
    readonly status: string;
  }[];
}

describe('the runner of the tests', () => {
  let planted: (name: string) => FileResult;
  let exitStatus: number | null;

  beforeAll(async () => {
    const { default: config } = (await import(CONFIG)) as { readonly default: object };
    const forPlanted = { ...config, rootDir: PLANTED, testMatch: ['**/*.ts'] };
    const settings = JSON.stringify(forPlanted).replaceAll('<rootDir>/', TEST);
    const args = [JEST, '--config', settings, '--runInBand', '--ci', '--json'];
    const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    const { testResults } = JSON.parse(stdout) as { readonly testResults: readonly FileResult[] };
    planted = (name) => testResults.find((file) => file.name === `${PLANTED}${name}`)!;
    exitStatus = status;
  });

  it('fails as a whole where anything in it does', () => {
    expect(exitStatus).toBe(1);
  });

  it('tells what fails, in whatever way, from what passes', () => {
    const { assertionResults } = planted('tests.ts');

    expect(assertionResults.map(({ fullName, status }) => `${status}: ${fullName}`)).toEqual([
      'passed: passes',
      'failed: differs',
      'failed: throws later',
      'failed: hangs',
      'failed: leaves a rejection',
      'failed: throws beside the test',
      'failed: expects nothing',
      'passed: is 1, not 2',
      'failed: is 2, not 2',
      'failed: differs from a snapshot',
      'passed: spies on what it may',
      'failed: after a hook that fails is not run',
      'failed: after a hook that hangs is not run either',
      'passed: before a hook that fails passes all the same',
    ]);
  });

  it.each([
    ['a comparison', '+     2,'],
    ['a limit', 'Exceeded timeout of 50 ms for a test'],
    ['the limit of a hook', 'Exceeded timeout of 50 ms for a hook'],
    ['a number of assertions', 'Expected one assertion to be called'],
    ['a snapshot', 'Snapshot: "two"'],
    ['a place', 'tests.ts:11:29)'],
    ['the lines around a test that hangs', "> 19 | it('hangs'"],
  ])('shows %s', (_, text) => {
    expect(stripVTControlCharacters(planted('tests.ts').message)).toContain(text);
  });

  it('fails a file that cannot be loaded', () => {
    expect(planted('unloadable.ts')).toMatchObject({ status: 'failed', assertionResults: [] });
    expect(planted('unloadable.ts').message).toContain('planted');
  });

  it('leaves nothing of one file’s tests, spies and variables to the next', () => {
    expect(planted('second.ts').assertionResults).toMatchObject([{ status: 'passed' }]);
  });
});
