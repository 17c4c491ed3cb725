// azd runs this before it makes anything; without azd: node infra/scripts/preprovision.js. Every setting comes from the
// environment of whoever deploys, and one that is absent there gets its default: no recipients, a public storage account,
// the tenant-wide Mail.Send. So it looks at what is deployed, and stops where this environment lacks a setting that the
// deployed app has. Plain Node without packages: at this moment nothing may be installed yet.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What must be said on purpose where the deployed app cannot be looked at. */
const WEIGHTY = ['EMAIL_TO', 'MAILBOX_SCOPING', 'VNET_ENABLED'];

const environment = process.env;
const defaults = readDefaults();
const environmentName = environment.AZURE_ENV_NAME || defaults.get('AZURE_ENV_NAME');
const group = `rg-${environmentName}`;

process.exitCode = main();

function main() {
  let deployed;
  try {
    deployed = lookAtDeployed();
  } catch (error) {
    return goOnUnseen(error.message);
  }
  if (deployed === undefined) return 0;
  const forgotten = findTraces(deployed)
    .filter(({ variables }) => !variables.some((name) => environment[name] !== undefined))
    .map(({ variables }) => variables);
  if (forgotten.length === 0) return 0;
  say(`The app ${deployed.app.name} is deployed with settings that this environment lacks.`);
  say('The deployment would give them their defaults:\n');
  for (const variables of forgotten) say(`  ${variables.map(withDefault).join(' or ')}`);
  say(`
Nothing was changed. Take the settings from whoever deployed it: azd env set --file production.env.
Where the default is meant, say so: azd env set NAME VALUE. See docs/deploy.md, "Who else deploys".`);
  return 1;
}

/** Unknown is not nothing: what would hurt most must then be set, to whatever value. */
function goOnUnseen(reason) {
  const unset = WEIGHTY.filter((name) => environment[name] === undefined);
  say(`Whether an app is deployed already could not be seen: ${reason}`);
  if (unset.length === 0) {
    say(
      'The deployment goes on with the settings of this environment; those it lacks get their defaults.',
    );
    return 0;
  }
  say(`
Nothing was changed, because the deployment could set these back: ${unset.join(', ')}.
Sign in with the Azure CLI (az login) and try again, or set them here first: azd env set NAME VALUE.`);
  return 1;
}

/** The app and what is around it; undefined where none is deployed. Throws where that cannot be seen. */
function lookAtDeployed() {
  if (!/^[\w.()-]{1,64}$/.test(environmentName)) throw new Error('AZURE_ENV_NAME is no name.');
  if (az('group', 'exists', '--name', group).trim() !== 'true') return undefined;
  const resources = list('resource', 'list', '--resource-group', group);
  const app = resources.find(
    ({ type, tags }) =>
      isType(type, 'Microsoft.Web/sites') && tags?.['azd-service-name'] === 'digest',
  );
  if (app === undefined) return undefined;
  const of = ['--resource-group', group, '--name', app.name];
  const settings = list('functionapp', 'config', 'appsettings', 'list', ...of);
  const site = show(app.id, '2025-03-01');
  const configuration = show(`${app.id}/config/web`, '2025-03-01');
  const account = resources.find(({ type }) => isType(type, 'Microsoft.Storage/storageAccounts'));
  const storage = account === undefined ? {} : show(account.id, '2025-06-01');
  return {
    app,
    settings: new Map(settings.map(({ name, value }) => [name, value ?? ''])),
    site: site.properties ?? {},
    configuration: configuration.properties ?? {},
    storage: storage.properties ?? {},
    sku: account?.sku?.name ?? 'Standard_LRS',
    has: (type) => resources.some((resource) => isType(resource.type, type)),
  };
}

/** What differs from the defaults in the deployed app, by the variables that decide it. */
function findTraces({ settings, site, configuration, storage, sku, has }) {
  const traces = [...settings]
    .filter(([name, value]) => defaults.has(name) && value !== defaults.get(name))
    .map(([name]) => [name]);
  const scale = site.functionAppConfig?.scaleAndConcurrency ?? {};
  const differs = (value, name) => value !== undefined && String(value) !== defaults.get(name);
  const isPrivate = Boolean(site.virtualNetworkSubnetId);
  const isOwnNetwork = has('Microsoft.Network/virtualNetworks');
  const others = [
    [settings.get('SIGN_IN_WORKSPACE_ID'), 'SIGN_IN_WORKSPACE_RESOURCE_ID'],
    [!has('Microsoft.Insights/scheduledQueryRules'), 'ALERTS_ENABLED'],
    [isPrivate, 'VNET_ENABLED'],
    [isPrivate && !isOwnNetwork, 'APP_SUBNET_ID'],
    [isPrivate && !isOwnNetwork, 'ENDPOINT_SUBNET_ID'],
    [
      isPrivate && !has('Microsoft.Network/privateDnsZones'),
      'PRIVATE_DNS_ZONE_IDS',
      'PRIVATE_DNS_BY_POLICY',
    ],
    [has('Microsoft.Network/natGateways'), 'NAT_GATEWAY_ENABLED'],
    [isPrivate && storage.publicNetworkAccess === 'Enabled', 'STORAGE_PUBLIC_CALLERS'],
    [allows(configuration.ipSecurityRestrictions), 'ALLOWED_CALLERS'],
    [configuration.scmIpSecurityRestrictionsDefaultAction === 'Deny', 'SCM_ALLOWED_CALLERS'],
    [differs(configuration.minTlsVersion, 'MINIMUM_TLS_VERSION'), 'MINIMUM_TLS_VERSION'],
    [differs(scale.instanceMemoryMB, 'INSTANCE_MEMORY_MB'), 'INSTANCE_MEMORY_MB'],
    [differs(scale.maximumInstanceCount, 'MAXIMUM_INSTANCE_COUNT'), 'MAXIMUM_INSTANCE_COUNT'],
    [differs(sku, 'STORAGE_SKU'), 'STORAGE_SKU', 'ZONE_REDUNDANT'],
  ];
  traces.push(...others.filter(([isThere]) => isThere).map(([, ...variables]) => variables));
  // Without any alarm there is none on a missing digest either, whatever was chosen.
  const hasNoAlarms = traces.some(([name]) => name === 'ALERTS_ENABLED');
  return traces
    .filter(([name]) => !(hasNoAlarms && name === 'ALERT_ON_MISSING_DIGEST'))
    .map((variables) => ({ variables }));
}

function allows(restrictions) {
  return (restrictions ?? []).some(({ name }) => /^caller-\d+$/.test(name ?? ''));
}

function withDefault(name) {
  const value = defaults.get(name);
  return `${name} (would be ${value === '' ? 'empty' : value})`;
}

/** The variables that a deployment reads, with their defaults. */
function readDefaults() {
  const text = readFileSync(new URL('../main.bicepparam', import.meta.url), 'utf8');
  return new Map(
    [...text.matchAll(/readEnvironmentVariable\('(\w+)', '(.*?)'\)/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  );
}

function isType(type, wanted) {
  return String(type).toLowerCase() === wanted.toLowerCase();
}

function show(id, apiVersion) {
  return JSON.parse(
    az('resource', 'show', '--ids', id, '--api-version', apiVersion, '--output', 'json'),
  );
}

function list(...words) {
  return JSON.parse(az(...words, '--output', 'json'));
}

/** What az answers. On Windows it is a command file, which only a shell starts. */
function az(...words) {
  const subscription = environment.AZURE_SUBSCRIPTION_ID;
  // An id names its subscription itself.
  if (subscription && !words.includes('--ids')) words.push('--subscription', subscription);
  const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 };
  const { error, status, stdout, stderr } =
    process.platform === 'win32'
      ? spawnSync(['az', ...words.map((word) => `"${word}"`)].join(' '), {
          ...options,
          shell: true,
        })
      : spawnSync('az', words, options);
  if (error !== undefined) throw new Error('the Azure CLI (az) is not on this machine.');
  if (status !== 0) {
    const [line = ''] = stderr.split('\n').filter((text) => text.startsWith('ERROR'));
    throw new Error(`az ${words.slice(0, 2).join(' ')} failed. ${line}`.trim());
  }
  return stdout;
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
