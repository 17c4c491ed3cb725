import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

interface Hook {
  readonly shell: string;
  readonly run: string;
}
interface AzureYaml {
  readonly name: string;
  readonly infra: Readonly<Record<string, string>>;
  readonly services: Readonly<
    Record<
      string,
      {
        readonly project: string;
        readonly language: string;
        readonly host: string;
        readonly dist: string;
        readonly remoteBuild: boolean;
        readonly hooks: Readonly<Record<string, Readonly<Record<string, Hook>>>>;
      }
    >
  >;
  readonly hooks: Readonly<Record<string, Readonly<Record<string, Hook>>>>;
}

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const azure = parse(read('azure.yaml')) as AzureYaml;

describe('azure.yaml', () => {
  it('has a name as azd wants it', () => {
    expect(azure.name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
  });

  it('publishes the package folder as it is, under the name that tags the app', () => {
    const { hooks: _hooks, ...digest } = azure.services['digest']!;

    expect(Object.keys(azure.services)).toEqual(['digest']);
    expect(digest).toEqual({
      project: '.',
      language: 'ts',
      host: 'function',
      dist: 'dist/package',
      remoteBuild: false,
    });
    expect(read('infra/main.bicep')).toContain("'azd-service-name': 'digest'");
  });

  it('finds the template', () => {
    const { provider, path, module } = azure.infra;

    expect(provider).toBe('bicep');
    expect(existsSync(join(root, path!, `${module}.bicep`))).toBe(true);
    expect(existsSync(join(root, path!, `${module}.bicepparam`))).toBe(true);
  });

  it('builds the package before it is zipped, on every system', () => {
    const { posix, windows } = azure.services['digest']!.hooks['prepackage']!;
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

    expect(posix!.run).toBe('npm run package');
    expect(windows!.run).toMatch(/^npm run package; exit \$LASTEXITCODE$/);
    expect(scripts).toHaveProperty('package');
  });

  it('looks at what is deployed before it makes anything, on every system', () => {
    const { posix, windows } = azure.hooks['preprovision']!;

    expect(posix).toEqual({ shell: 'sh', run: 'node infra/scripts/preprovision.js' });
    expect(windows).toEqual({
      shell: 'pwsh',
      run: 'node infra/scripts/preprovision.js; exit $LASTEXITCODE',
    });
    // Nothing needs to be installed for it.
    const imported = [
      ...read('infra/scripts/preprovision.js').matchAll(/^import .* from '(.+)'/gm),
    ];
    expect(imported.map(([, name]) => name).filter((name) => !name!.startsWith('node:'))).toEqual(
      [],
    );
  });

  it('grants the Graph roles after provisioning, with scripts that can be run', () => {
    const { posix, windows } = azure.hooks['postprovision']!;

    expect([posix!.shell, windows!.shell]).toEqual(['sh', 'pwsh']);
    expect(existsSync(join(root, windows!.run))).toBe(true);
    expect(() => accessSync(join(root, posix!.run), constants.X_OK)).not.toThrow();
    expect(read(posix!.run)).toMatch(/^#!\/usr\/bin\/env bash\n/);
  });
});
