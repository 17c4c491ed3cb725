import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findCompiler } from '../../infra/check/compiler.ts';
import type { RunningCompiler } from '../../infra/check/compiler.ts';
import { withPackage } from '../../lib/packaging/release-template.ts';
import type { ArmTemplate } from '../../lib/packaging/release-template.ts';

const ROOT = join(import.meta.dirname, '../..');
const URI = 'https://raw.example/azuredeploy/v1.2.3/mfa-gap-mailer.zip';
const folder = mkdtempSync(join(tmpdir(), 'template-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SCRIPT = join(ROOT, 'lib/packaging/release-template.ts');

const template: ArmTemplate = {
  languageVersion: '2.0',
  parameters: { environmentName: { type: 'string' } },
  variables: { names: { functionApp: 'func-a' } },
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

const compiler = findCompiler(process.env);
const hasBicep = compiler?.name === 'bicep';
if (!hasBicep) process.stdout.write('Left out: bicep is not on the PATH.\n');

(hasBicep ? describe : describe.skip)('release-template.ts', () => {
  let bicep: RunningCompiler;
  beforeAll(() => {
    bicep = compiler!.start(process.env);
  });
  afterAll(() => bicep.close());

  it('completes what the compiler makes of infra/main.bicep, as the compiler evaluates it', async () => {
    const main = join(folder, 'main.json');
    const out = join(folder, 'azuredeploy.json');
    const parameters = join(folder, 'release.bicepparam');
    writeFileSync(
      parameters,
      "using 'azuredeploy.json'\nparam environmentName = 'mfa'\nparam alertEmails = ['oncall@contoso.example']\n",
    );
    const { output, complaints } = await bicep.compile(join(ROOT, 'infra/main.bicep'));
    writeFileSync(main, output);
    const words = [SCRIPT, '--template', main, '--package-uri', URI, '--out', out];
    const { status } = spawnSync(process.execPath, words);

    const predicted = await bicep.predict!(parameters);

    expect({ complaints, status }).toEqual({ complaints: [], status: 0 });
    const [site] = predicted.filter(({ type }) => type === 'Microsoft.Web/sites');
    const [deploy] = predicted.filter(({ type }) => type === 'Microsoft.Web/sites/extensions');
    expect(deploy).toMatchObject({
      id: `${site!.id}/extensions/onedeploy`,
      properties: { packageUri: URI, remoteBuild: false },
    });
  });
});
