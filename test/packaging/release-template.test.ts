import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { withPackage } from '../../lib/packaging/release-template.ts';
import type { ArmTemplate } from '../../lib/packaging/release-template.ts';

const ROOT = join(import.meta.dirname, '../..');
const URI = 'https://raw.example/azuredeploy/v1.2.3/mfa-gap-mailer.zip';
const folder = mkdtempSync(join(tmpdir(), 'template-'));
afterAll(() => rmSync(folder, { recursive: true }));

const template: ArmTemplate = {
  languageVersion: '2.0',
  parameters: { environmentName: { type: 'string' } },
  resources: {
    group: { type: 'Microsoft.Resources/resourceGroups', apiVersion: '2025-04-01' },
    functionApp: {
      type: 'Microsoft.Resources/deployments',
      apiVersion: '2025-04-01',
      resourceGroup: "[variables('names').group]",
    },
  },
};

interface Publishing {
  readonly condition: string;
  readonly resourceGroup: string;
  readonly dependsOn: readonly string[];
  readonly properties: { readonly template: { readonly resources: readonly unknown[] } };
}
const publishing = (from: ArmTemplate) => from.resources['package'] as Publishing;

describe('withPackage', () => {
  it('publishes the package of the release after the app is there, in its group', () => {
    const released = withPackage(template, URI);

    expect(released.parameters['packageUri']).toMatchObject({ defaultValue: URI });
    expect(publishing(released)).toMatchObject({
      condition: "[not(empty(parameters('packageUri')))]",
      resourceGroup: "[variables('names').group]",
      dependsOn: ['functionApp'],
    });
    expect(publishing(released).properties.template.resources).toEqual([
      expect.objectContaining({
        type: 'Microsoft.Web/sites/extensions',
        properties: { packageUri: "[parameters('packageUri')]", remoteBuild: false },
      }),
    ]);
  });

  it('leaves everything else as it was', () => {
    const { parameters, resources } = withPackage(template, URI);

    expect(parameters).toMatchObject(template.parameters);
    expect(resources).toMatchObject(template.resources);
  });

  it('refuses a template of something else, and an address that is not https', () => {
    expect(() => withPackage({ ...template, resources: {} }, URI)).toThrow('infra/main.bicep');
    expect(() => withPackage(template, 'http://raw.example/package.zip')).toThrow('https');
  });
});

const hasBicep = spawnSync('bicep', ['--version']).error === undefined;
if (!hasBicep) process.stdout.write('Left out: bicep is not on the PATH.\n');

(hasBicep ? describe : describe.skip)('release-template.ts', () => {
  it('completes what the compiler makes of infra/main.bicep', () => {
    const main = join(folder, 'main.json');
    const out = join(folder, 'azuredeploy.json');
    const built = spawnSync('bicep', ['build', join(ROOT, 'infra/main.bicep'), '--outfile', main]);
    const { status } = spawnSync(process.execPath, [
      join(ROOT, 'lib/packaging/release-template.ts'),
      '--template',
      main,
      '--package-uri',
      URI,
      '--out',
      out,
    ]);

    expect([built.status, status]).toEqual([0, 0]);
    const released = JSON.parse(readFileSync(out, 'utf8')) as ArmTemplate;
    expect(publishing(released).dependsOn).toEqual(['functionApp']);
    expect(released.languageVersion).toBe('2.0');
  });
});
