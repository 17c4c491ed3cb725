import { describe, expect, it } from '@jest/globals';
import type { Environment } from '../../infra/check/bicep-server.ts';
import { runPreprovision } from './stand-ins/deployment.ts';
import type { Deployed } from './stand-ins/deployment.ts';

const DEFAULTS = {
  EMAIL_FROM: '',
  EMAIL_TO: '',
  MAILBOX_SCOPING: 'false',
  SEND_WHEN: 'hits',
  ALERT_ON_MISSING_DIGEST: 'true',
  GRAPH_AUTH: 'managed-identity',
  AZURE_CLIENT_ID: '66666666-7777-8888-9999-000000000000',
  AzureWebJobsStorage__credential: 'managedidentity',
};
const CONFIGURED = {
  ...DEFAULTS,
  EMAIL_FROM: 'digest@contoso.example',
  EMAIL_TO: 'secops@contoso.example',
  MAILBOX_SCOPING: 'true',
};
const OWN_NETWORK = ['Microsoft.Network/virtualNetworks', 'Microsoft.Network/privateDnsZones'];
const SUBNET = { virtualNetworkSubnetId: '/subscriptions/s/virtualNetworks/v/subnets/app' };

interface Case {
  readonly name: string;
  readonly deployed: Deployed;
  readonly environment?: Environment;
  readonly status: number;
  /** The settings that the hook names, in its order. */
  readonly names: readonly string[];
}

const CASES: readonly Case[] = [
  { name: 'nothing is deployed', deployed: { hasGroup: false }, status: 0, names: [] },
  {
    name: 'the group has no app of ours',
    deployed: { tags: {}, settings: CONFIGURED },
    status: 0,
    names: [],
  },
  {
    name: 'the app has nothing but defaults',
    deployed: { settings: DEFAULTS },
    status: 0,
    names: [],
  },
  {
    name: 'a colleague deploys from a new environment',
    deployed: { settings: CONFIGURED, site: SUBNET, others: OWN_NETWORK },
    status: 1,
    names: ['EMAIL_FROM', 'EMAIL_TO', 'MAILBOX_SCOPING', 'VNET_ENABLED'],
  },
  {
    name: 'one setting of several was forgotten',
    deployed: { settings: CONFIGURED },
    environment: { EMAIL_FROM: 'digest@contoso.example', EMAIL_TO: 'others@contoso.example' },
    status: 1,
    names: ['MAILBOX_SCOPING'],
  },
  {
    name: 'settings are changed, or emptied, on purpose',
    deployed: { settings: CONFIGURED, site: SUBNET, others: OWN_NETWORK },
    environment: {
      EMAIL_FROM: 'x@contoso.example',
      EMAIL_TO: '',
      MAILBOX_SCOPING: 'false',
      VNET_ENABLED: 'false',
    },
    status: 0,
    names: [],
  },
  {
    name: 'the network is that of somebody else',
    deployed: { settings: DEFAULTS, site: SUBNET, storage: { publicNetworkAccess: 'Enabled' } },
    environment: { VNET_ENABLED: 'true' },
    status: 1,
    names: [
      'APP_SUBNET_ID',
      'ENDPOINT_SUBNET_ID',
      'PRIVATE_DNS_ZONE_IDS',
      'PRIVATE_DNS_BY_POLICY',
      'STORAGE_PUBLIC_CALLERS',
    ],
  },
  {
    name: 'a policy keeps the names',
    deployed: { settings: DEFAULTS, site: SUBNET, others: OWN_NETWORK.slice(0, 1) },
    environment: { VNET_ENABLED: 'true', PRIVATE_DNS_BY_POLICY: 'true' },
    status: 0,
    names: [],
  },
  {
    name: 'callers and publishers are named, and the app is larger',
    deployed: {
      settings: DEFAULTS,
      site: {
        functionAppConfig: {
          scaleAndConcurrency: { instanceMemoryMB: 2048, maximumInstanceCount: 40 },
        },
      },
      configuration: {
        ipSecurityRestrictions: [{ name: 'caller-0' }],
        scmIpSecurityRestrictionsDefaultAction: 'Deny',
        minTlsVersion: '1.3',
      },
      sku: 'Standard_ZRS',
    },
    status: 1,
    names: [
      'ALLOWED_CALLERS',
      'SCM_ALLOWED_CALLERS',
      'MINIMUM_TLS_VERSION',
      'INSTANCE_MEMORY_MB',
      'STORAGE_SKU',
      'ZONE_REDUNDANT',
    ],
  },
  {
    name: 'sign-ins come from a workspace',
    deployed: {
      settings: { ...DEFAULTS, SIGN_IN_WORKSPACE_ID: '66666666-7777-8888-9999-000000000000' },
    },
    status: 1,
    names: ['SIGN_IN_WORKSPACE_RESOURCE_ID'],
  },
  {
    name: 'there are no alarms',
    deployed: { settings: { ...DEFAULTS, ALERT_ON_MISSING_DIGEST: 'false' }, hasAlarms: false },
    status: 1,
    names: ['ALERTS_ENABLED'],
  },
  {
    name: 'there is no alarm on a missing digest',
    deployed: { settings: { ...DEFAULTS, ALERT_ON_MISSING_DIGEST: 'false' } },
    status: 1,
    names: ['ALERT_ON_MISSING_DIGEST'],
  },
];

describe('preprovision.js', () => {
  it.each(CASES)('where $name', ({ deployed, environment = {}, status, names }) => {
    const run = runPreprovision(deployed, environment);

    const named = [...run.text.matchAll(/([A-Z][A-Z_]+[A-Z]) \(would be /g)].map(
      ([, name]) => name,
    );
    expect({ status: run.status, names: named }).toEqual({ status, names });
    expect(run.text === '').toBe(status === 0);
  });

  it('shows defaults and no value of the deployed app', () => {
    const { text } = runPreprovision({ settings: CONFIGURED }, {});

    expect(text).toContain('MAILBOX_SCOPING (would be false)');
    expect(text).toContain('EMAIL_TO (would be empty)');
    expect(text).not.toContain('contoso');
  });

  it('looks in the subscription that azd deploys to', () => {
    const { calls } = runPreprovision({ settings: DEFAULTS }, { AZURE_SUBSCRIPTION_ID: 's-1' });

    expect(calls[0]).toBe('group exists --name rg-mfa-digest --subscription s-1');
    expect(
      calls.filter((call) => !/--subscription s-1|--ids \/subscriptions\/s-1\//.test(call)),
    ).toEqual([]);
  });

  it.each([
    ['there is no Azure CLI', { hasAz: false }, 'the Azure CLI (az) is not on this machine.'],
    [
      'nobody is signed in',
      { refuses: 'group exists' },
      'az group exists failed. ERROR: (AuthorizationFailed) no',
    ],
    [
      'settings may not be read',
      { refuses: 'functionapp config', settings: CONFIGURED },
      'az functionapp config failed.',
    ],
  ] as const)(
    'where %s, stops until what weighs most is set, and then goes on',
    (_name, deployed, words) => {
      const stopped = runPreprovision(deployed, { EMAIL_TO: 'secops@contoso.example' });
      const goingOn = runPreprovision(deployed, {
        EMAIL_TO: 'secops@contoso.example',
        MAILBOX_SCOPING: 'true',
        VNET_ENABLED: 'false',
      });

      expect(stopped.status).toBe(1);
      expect(stopped.text).toContain(words);
      expect(stopped.text).toContain('could set these back: MAILBOX_SCOPING, VNET_ENABLED.');
      expect(goingOn.status).toBe(0);
      expect(goingOn.text).toContain(words);
    },
  );

  it('takes no command for a name', () => {
    const { status, calls } = runPreprovision({}, { AZURE_ENV_NAME: 'a"; rm -rf .' });

    expect({ status, calls }).toEqual({ status: 1, calls: [] });
  });
});
