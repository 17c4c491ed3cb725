import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** A resource of an ARM template, as far as the package needs it. */
interface ArmResource {
  readonly type: string;
  readonly apiVersion: string;
  readonly resourceGroup?: string;
}

/** An ARM template as the compiler writes one that has names for its resources. */
export interface ArmTemplate {
  readonly languageVersion?: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly variables: { readonly names?: Readonly<Record<string, unknown>> };
  readonly resources: Readonly<Record<string, ArmResource | object>>;
}

/** The module of `infra/main.bicep` that makes the app; `names` has its name under the same word. */
const APP_MODULE = 'functionApp';

/** The version with which Azure documents One Deploy. https://learn.microsoft.com/azure/templates/microsoft.web/sites/extensions-onedeploy */
const ONE_DEPLOY_VERSION = '2022-09-01';

/**
 * The compiled template of the deployment with one step more, so that it needs neither azd nor this repository: Azure
 * fetches the package from `packageUri`, an https address that does not redirect, and publishes it by One Deploy, the one
 * way that Flex Consumption knows. The step is added here because the types of Bicep lack its properties. A template
 * without the app is an error.
 */
export function withPackage(template: ArmTemplate, packageUri: string): ArmTemplate {
  const app = template.resources[APP_MODULE];
  const hasName = template.variables.names?.[APP_MODULE] !== undefined;
  if (app === undefined || !('apiVersion' in app) || !hasName) {
    throw new Error(
      `The template has no module ${APP_MODULE}, or no name for it. Build it from infra/main.bicep: bicep build infra/main.bicep --outfile FILE`,
    );
  }
  const uri = new URL(packageUri);
  if (uri.protocol !== 'https:') throw new Error('--package-uri must be an https address.');
  return {
    ...template,
    parameters: {
      ...template.parameters,
      packageUri: {
        type: 'string',
        defaultValue: uri.href,
        metadata: {
          description: 'Address of the package that is published; empty publishes none.',
        },
      },
    },
    resources: { ...template.resources, package: publishing(app) },
  };
}

function publishing({ type, apiVersion, resourceGroup }: ArmResource): object {
  return {
    condition: "[not(empty(parameters('packageUri')))]",
    type,
    apiVersion,
    name: "[format('package-{0}', uniqueString('package', deployment().name))]",
    resourceGroup,
    properties: {
      expressionEvaluationOptions: { scope: 'inner' },
      mode: 'Incremental',
      parameters: {
        // As the template settles it before anything is made, so that a what-if can follow it.
        name: { value: `[variables('names').${APP_MODULE}]` },
        packageUri: { value: "[parameters('packageUri')]" },
      },
      template: {
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        contentVersion: '1.0.0.0',
        parameters: { name: { type: 'string' }, packageUri: { type: 'string' } },
        resources: [
          {
            type: 'Microsoft.Web/sites/extensions',
            apiVersion: ONE_DEPLOY_VERSION,
            name: "[format('{0}/onedeploy', parameters('name'))]",
            properties: { packageUri: "[parameters('packageUri')]", remoteBuild: false },
          },
        ],
      },
    },
    dependsOn: [APP_MODULE],
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      template: { type: 'string', default: 'main.json' },
      'package-uri': { type: 'string', default: '' },
      out: { type: 'string', default: 'azuredeploy.json' },
    },
  });
  const template = JSON.parse(await readFile(values.template, 'utf8')) as ArmTemplate;
  const released = withPackage(template, values['package-uri']);
  await writeFile(values.out, `${JSON.stringify(released, undefined, 2)}\n`);
  console.log(`Template with package: ${values.out}`);
}
