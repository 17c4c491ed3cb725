import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
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

describe('scope-mailbox.ps1', () => {
  const script = readFileSync(join(folder, 'scope-mailbox.ps1'), 'utf8');

  it('refuses to go on while Mail.Send is granted tenant-wide, before it touches Exchange', () => {
    const refusal = script.indexOf('throw "The identity has the tenant-wide Mail.Send');

    expect(refusal).toBeGreaterThan(0);
    expect(refusal).toBeLessThan(script.indexOf('Connect-ExchangeOnline -ShowBanner'));
    expect(script).toContain("$next = $page['@odata.nextLink']");
  });

  it('makes the service principal, the scope and the assignment, each only where it is missing', () => {
    const made = ['ServicePrincipal', 'ManagementScope', 'ManagementRoleAssignment'];

    expect(made.every((thing) => script.includes(`Get-${thing} -Identity`))).toBe(true);
    expect(made.every((thing) => script.includes(`New-${thing} -`))).toBe(true);
    expect(script).toContain('-CustomResourceScope $scopeName');
  });

  it('proves that the sender is in scope and another mailbox is not', () => {
    expect(script).toContain('if (-not (Test-Sending $sender.Guid))');
    expect(script).toContain('(Test-Sending $other.Guid)');
  });
});
