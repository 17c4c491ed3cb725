import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const folder = join(import.meta.dirname, '../../infra/scripts');
const shellScripts = readdirSync(folder).filter((file) => file.endsWith('.sh'));
const hasShellcheck = spawnSync('shellcheck', ['--version']).error === undefined;
if (!hasShellcheck) process.stdout.write('Left out: shellcheck is not on the PATH.\n');

(hasShellcheck ? describe : describe.skip)('shellcheck', () => {
  it.each(shellScripts)('finds nothing in %s', (file) => {
    const { stdout, status } = spawnSync('shellcheck', [join(folder, file)], { encoding: 'utf8' });

    expect(stdout).toBe('');
    expect(status).toBe(0);
  });
});

describe('shell scripts', () => {
  it.each(shellScripts)('%s has a PowerShell script beside it', (file) => {
    expect(readdirSync(folder)).toContain(file.replace(/\.sh$/, '.ps1'));
  });
});
