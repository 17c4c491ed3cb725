import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compileTemplate } from '../../infra/check/check-infra.ts';
import { findCompiler } from '../../infra/check/compiler.ts';
import type { RunningCompiler } from '../../infra/check/compiler.ts';

const OTHERS = '/subscriptions/s/resourceGroups/r/providers/Microsoft.Network';
const SUBNETS = {
  APP_SUBNET_ID: `${OTHERS}/virtualNetworks/v/subnets/app`,
  ENDPOINT_SUBNET_ID: `${OTHERS}/virtualNetworks/v/subnets/endpoints`,
};
const BLOB_ZONE = `${OTHERS}/privateDnsZones/privatelink.blob.core.windows.net`;
const compiler = findCompiler(process.env);
const hasBicep = compiler?.name === 'bicep';
if (!hasBicep) process.stdout.write('Left out: bicep is not on the PATH.\n');

/** Choices that cannot be, or that would have no effect, and what the deployment says before it makes anything. */
const FAULTS: readonly (readonly [
  name: string,
  variables: Readonly<Record<string, string>>,
  words: string,
])[] = [
  ['one subnet of two', { APP_SUBNET_ID: SUBNETS.APP_SUBNET_ID }, 'ENDPOINT_SUBNET_ID'],
  ['subnets without private access', { ...SUBNETS, VNET_ENABLED: 'false' }, 'VNET_ENABLED'],
  [
    'callers without private access',
    { VNET_ENABLED: 'false', STORAGE_PUBLIC_CALLERS: '192.0.2.1' },
    'VNET_ENABLED',
  ],
  ['subnets without names', SUBNETS, 'PRIVATE_DNS_BY_POLICY'],
  [
    'a NAT gateway for another network',
    { ...SUBNETS, PRIVATE_DNS_BY_POLICY: 'true', NAT_GATEWAY_ENABLED: 'true' },
    'NAT_GATEWAY_ENABLED',
  ],
  [
    'rules for another network',
    { ...SUBNETS, PRIVATE_DNS_BY_POLICY: 'true', STORAGE_CALLERS: '10.1.0.0/24' },
    'STORAGE_CALLERS',
  ],
  ['one zone of two', { PRIVATE_DNS_ZONE_IDS: BLOB_ZONE }, 'privatelink.table'],
  [
    'zones and a policy',
    { PRIVATE_DNS_ZONE_IDS: BLOB_ZONE, PRIVATE_DNS_BY_POLICY: 'true' },
    'not both',
  ],
  [
    'records of access that end before the logs',
    { AUDIT_RETENTION_DAYS: '60' },
    'LOG_RETENTION_DAYS',
  ],
];

(hasBicep ? describe : describe.skip)('a deployment', () => {
  let folder: string;
  let running: RunningCompiler;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'infra-'));
    cpSync(join(import.meta.dirname, '../../infra'), folder, { recursive: true });
    running = compiler!.start(process.env);
    await compileTemplate(running, join(folder, 'main'));
  }, 60_000);
  afterAll(() => {
    running.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(FAULTS)(
    'refuses %s in words',
    async (_name, variables, words) => {
      const given: Readonly<Record<string, string>> = {
        ALERT_EMAILS: 'operator@contoso.example',
        VNET_ENABLED: 'true',
        ...variables,
      };
      const file = join(folder, 'fault.bicepparam');
      const parameters = readFileSync(join(folder, 'main.bicepparam'), 'utf8')
        .replace("using 'main.bicep'", "using 'main.json'")
        .replaceAll(/readEnvironmentVariable\('(\w+)', '[^']*'\)/g, (call: string, name: string) =>
          given[name] === undefined ? call : `'${given[name]}'`,
        );
      writeFileSync(file, parameters);

      await expect(running.predict!(file)).rejects.toThrow(words);
    },
    60_000,
  );
});
