import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { VERSION } from '../../lib/version.ts';
import { copyRepository } from '../support/repository-copy.ts';
import { LAUNCHER, runCli } from './run-cli.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'launcher-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('mfa-gap', () => {
  it('starts the command line from any folder and passes on how it ended', async () => {
    const version = await runCli(['--version'], folder, {}, LAUNCHER);
    const misused = await runCli(['rnu'], folder, {}, LAUNCHER);

    expect(version).toEqual({ code: 0, out: `${VERSION}\n`, err: '' });
    expect(misused.code).toBe(2);
    expect(misused.err).toBe("Unknown command 'rnu'. Did you mean run?\nSee npx mfa-gap --help.\n");
  });

  it('asks for npm ci in one sentence where nothing is installed', async () => {
    await mkdir(join(folder, 'bin'));
    await cp(LAUNCHER, join(folder, 'bin/mfa-gap.js'));
    await cp(join(LAUNCHER, '../../package.json'), join(folder, 'package.json'));

    const ended = await runCli(['--help'], folder, {}, join(folder, 'bin/mfa-gap.js'));

    expect(ended).toEqual({
      code: 2,
      out: '',
      err: 'mfa-gap is not installed yet: run npm ci in its folder first.\n',
    });
  });

  it('compiles the templates of the mail and the queries where that was never done', async () => {
    const root = await copyRepository();
    try {
      await cp(join(LAUNCHER, '../../bin'), join(root, 'bin'), { recursive: true });
      await symlink(join(LAUNCHER, '../../templates'), join(root, 'templates'));
      await rm(join(root, 'lib/digest/compiled/digest.js'));
      await rm(join(root, 'lib/workspace/compiled/queries.js'));

      const launcher = join(root, 'bin/mfa-gap.js');
      // What Node keeps of files in a folder of their own is never found again.
      const env = { NODE_COMPILE_CACHE: '' };
      const demo = await runCli(['demo', '--days', '1'], folder, env, launcher);

      expect(demo).toMatchObject({ code: 0, err: '' });
      expect(demo.out).toContain('out/demo/digest.html');
    } finally {
      await rm(root, { recursive: true });
    }
  });
});
