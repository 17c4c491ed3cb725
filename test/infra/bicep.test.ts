import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FLEX_REFUSED_SETTINGS } from '../../infra/check/host-settings.ts';

const infra = join(import.meta.dirname, '../../infra');
const read = (file: string) => readFileSync(join(infra, file), 'utf8');
const templates = readdirSync(infra, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.bicep'),
);
const everything = templates.map(read).join('\n');

describe('the templates', () => {
  it('silence a finding only where they say why', () => {
    const silenced = everything.match(/^.*#disable.*$/gm) ?? [];

    expect(silenced.filter((line) => !/#disable-next-line [a-z-]+ \/\/ \S/.test(line))).toEqual([]);
  });

  it('name role assignments by the principal, so that an identity made anew gets its own', () => {
    const names = [...everything.matchAll(/name: guid\(([^)]*)\)/g)].map(([, parts = '']) => parts);

    expect(names.length).toBeGreaterThanOrEqual(3);
    expect(names.filter((parts) => !parts.includes('principalId'))).toEqual([]);
  });

  it('give no output the name of an input, because azd down forgets the names of outputs', () => {
    const outputs = [...everything.matchAll(/^output (\w+) /gm)].map(([, name = '']) => name);
    const inputs = [...read('main.bicepparam').matchAll(/readEnvironmentVariable\('(\w+)'/g)].map(
      ([, name = '']) => name,
    );

    const both = outputs.filter((name) => inputs.includes(name) && !name.startsWith('AZURE_'));
    expect(both).toEqual([]);
  });

  it('use native resources only, so that they compile without a module registry', () => {
    const modules = [...everything.matchAll(/^module \w+ '([^']+)'/gm)].map(([, path]) => path!);

    expect(modules.filter((path) => !existsSync(join(infra, path)))).toEqual([]);
    expect(templates.filter((file) => /^extension /m.test(read(file)))).toEqual([
      'graph-roles/main.bicep',
    ]);
  });

  it('raise every rule of the linter to an error', () => {
    const configurations = ['bicepconfig.json', 'graph-roles/bicepconfig.json'].map(
      (file) =>
        (
          JSON.parse(read(file).replaceAll(/^ *\/\/.*$/gm, '')) as {
            analyzers: { core: { rules: Record<string, { level: string }> } };
          }
        ).analyzers.core.rules,
    );

    expect(configurations[1]).toEqual(configurations[0]);
    expect(Object.keys(configurations[0]!).length).toBeGreaterThan(50);
    const soft = Object.entries(configurations[0]!).filter(([, { level }]) => level !== 'error');
    // That one looks at the calendar.
    expect(soft).toEqual([['use-recent-api-versions', { level: 'off' }]]);
  });

  it('read no key and carry none', () => {
    expect(everything).not.toMatch(/listKeys|listAccountSas|AccountKey|@secure/);
    expect(everything).not.toContain('environment().graph');
  });

  it('pass none of the app settings that Flex Consumption refuses', () => {
    const passed = FLEX_REFUSED_SETTINGS.filter((name) =>
      new RegExp(`\\b${name}\\b`).test(everything),
    );

    expect(passed).toEqual([]);
  });
});

// The values below are what the service checks and the compiler does not.
describe('the function app', () => {
  const app = read('function-app.bicep');

  it.each([
    "sku: { name: 'FC1', tier: 'FlexConsumption' }",
    "runtime: { name: 'node', version: '24' }",
    'properties: { reserved: true, zoneRedundant: zoneRedundant }',
    "kind: 'functionapp,linux'",
    'httpsOnly: true',
    'minTlsVersion: minimumTlsVersion',
    'scmMinTlsVersion: minimumTlsVersion',
    'remoteDebuggingEnabled: false',
    "ipSecurityRestrictionsDefaultAction: 'Deny'",
    "scmIpSecurityRestrictionsDefaultAction: empty(scmAllowedCallers) ? 'Allow' : 'Deny'",
    "type: 'UserAssignedIdentity'",
    "AzureWebJobsStorage__credential: 'managedidentity'",
    "APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${clientId};Authorization=AAD'",
    "category: 'FunctionAppLogs'",
  ])('says %s', (line) => {
    expect(app).toContain(line);
  });

  it('does not publish with a password', () => {
    const policies = [
      ...app.matchAll(
        /basicPublishingCredentialsPolicies' = \{\s+name: '(\w+)'\s+properties: \{ allow: false \}/g,
      ),
    ].map(([, name]) => name);

    expect(policies).toEqual(['ftp', 'scm']);
  });

  it('asks for blobs and tables and for no queue', () => {
    expect(app).toContain('AzureWebJobsStorage__blobServiceUri');
    expect(app).toContain('AzureWebJobsStorage__tableServiceUri');
    expect(app).not.toContain('queueServiceUri');
  });

  it('starts after its roles', () => {
    const module = /module functionApp [\s\S]*?\n\}/.exec(read('main.bicep'))?.[0];

    expect(module).toContain('dependsOn: [roles, privateEndpoints]');
    // The role on the workspace of sign-ins comes with what is read from it.
    expect(module).toContain('signInReader.?outputs.workspaceId');
    expect(module).toContain("'azd-service-name': 'digest'");
  });

  it('offers the sizes of Flex Consumption, the smallest by default', () => {
    expect(read('main.bicep')).toContain(
      '@allowed([512, 2048, 4096])\nparam instanceMemoryMB int = 512',
    );
  });
});

describe('the storage account', () => {
  const storage = read('storage.bicep');

  it.each([
    'allowSharedKeyAccess: false',
    'allowBlobPublicAccess: false',
    'allowCrossTenantReplication: false',
    'defaultToOAuthAuthentication: true',
    "minimumTlsVersion: 'TLS1_2'",
    'supportsHttpsTrafficOnly: true',
    'isVersioningEnabled: true',
    'deleteRetentionPolicy: { enabled: true, days: recoveryDays }',
    "publicAccess: 'None'",
  ])('says %s', (line) => {
    expect(storage).toContain(line);
  });

  it('deletes current documents by prefix only, never exceptions.csv, and not before the product does', () => {
    const prefixes = [...storage.matchAll(/'\$\{stateContainer\}\/([^']*)'/g)].map(
      ([, prefix]) => prefix,
    );
    const deletions = [...storage.matchAll(/baseBlob: \{ delete: \{ (\w+): (\w+) \} \}/g)];

    expect(prefixes).toEqual(['ledger/', 'runs/', 'set-aside/']);
    expect(deletions.map(([, condition, days]) => [condition, days])).toEqual([
      ['daysAfterModificationGreaterThan', 'stateRetentionDays'],
    ]);
    expect(read('main.bicep')).toContain('stateRetentionDays: ledgerRetentionDays');
  });

  it('deletes old versions', () => {
    expect(storage).toContain(
      'version: { delete: { daysAfterCreationGreaterThan: recoveryDays } }',
    );
  });
});

describe('telemetry', () => {
  it('takes Entra tokens only', () => {
    const monitoring = read('monitoring.bicep');

    expect(monitoring).toContain('DisableLocalAuth: true');
    expect(monitoring).toContain('disableLocalAuth: true');
    expect(monitoring).toContain('WorkspaceResourceId: workspace.id');
  });
});

describe('role assignments', () => {
  const assigned = (file: string) =>
    [...read(file).matchAll(/'([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})'/g)].map(
      ([, id]) => id,
    );

  it('are the three that the host and the product need, each on one resource', () => {
    // Storage Blob Data Owner, Storage Table Data Contributor, Monitoring Metrics Publisher.
    expect(assigned('roles.bicep')).toEqual([
      'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
      '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
      '3913510d-42f4-4e42-8a64-420c390055eb',
    ]);
    expect([...read('roles.bicep').matchAll(/\bscope: (\w+)/g)].map(([, scope]) => scope)).toEqual([
      'account',
      'component',
    ]);
  });

  it('let the identity query the workspace of sign-ins and nothing more', () => {
    expect(assigned('sign-in-workspace.bicep')).toEqual(['3b03c2da-16b3-4a49-8834-0f8130efdd3b']);
    expect(read('sign-in-workspace.bicep')).toContain('scope: workspace');
  });

  it('go to a service principal', () => {
    const count = (pattern: RegExp) => [...everything.matchAll(pattern)].length;

    expect(count(/Microsoft\.Authorization\/roleAssignments@/g)).toBe(3);
    expect(count(/principalType: 'ServicePrincipal'/g)).toBe(3);
  });
});

describe('the network', () => {
  const network = read('network.bicep');

  it('says for every subnet how traffic leaves it', () => {
    const subnets = [...network.matchAll(/addressPrefix: cidrSubnet\(/g)].length;

    expect([...network.matchAll(/defaultOutboundAccess: /g)]).toHaveLength(subnets);
    expect(network).toContain('defaultOutboundAccess: !natGatewayEnabled');
  });

  it('gives the private endpoints of blob and table their names', () => {
    const endpoints = read('private-endpoints.bicep');

    expect(endpoints).toContain("var services = ['blob', 'table']");
    expect(endpoints).toContain('Microsoft.Network/privateEndpoints/privateDnsZoneGroups@');
    expect(endpoints).toContain("'privatelink.${service}.${environment().suffixes.storage}'");
  });

  it('delegates the subnet of the app to what Flex Consumption runs on', () => {
    expect(network).toContain("serviceName: 'Microsoft.App/environments'");
    expect(network).toMatch(/resource app 'subnets' = \{\s+name: 'app'\n/);
  });
});

describe('the Graph roles', () => {
  const roles = {
    'AuditLog.Read.All': 'b0afded3-3588-46d8-8b3d-9842eff778da',
    'Directory.Read.All': '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
    'UserAuthenticationMethod.Read.All': '38d9df27-64da-44fd-b7c5-a6fbac20248f',
    'Mail.Send': 'b633e1c5-b582-4048-a93e-9f11b44c7e96',
  };
  const graphAppId = '00000003-0000-0000-c000-000000000000';

  it.each([
    'graph-roles/main.bicep',
    'scripts/grant-graph-roles.sh',
    'scripts/grant-graph-roles.ps1',
  ])('are the four of the product and no others in %s', (file) => {
    const ids = read(file).match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];

    const granted = new Set(ids.filter((id) => id !== graphAppId && !id.startsWith('1111')));
    expect(granted).toEqual(new Set(Object.values(roles)));
  });

  it('leave out Mail.Send where mailbox scoping is chosen', () => {
    expect(read('graph-roles/main.bicep')).toContain(
      'mailboxScoping ? readRoleIds : concat(readRoleIds, [mailSendRoleId])',
    );
    expect(read('scripts/grant-graph-roles.ps1')).toMatch(
      /if \(\$MailboxScoping -ne 'true'\) \{\s+\$roles\['Mail\.Send'\]/,
    );
  });
});
