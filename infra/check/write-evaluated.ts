import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ArmResource } from './arm-resource.ts';
import type { Environment } from './bicep-server.ts';
import { compileTemplate, predictCombination, withCopy } from './check-infra.ts';
import type { Combination } from './combinations.ts';
import type { Compiler } from './compiler.ts';

const DEFAULT: Combination = {
  network: 'none',
  hasNatGateway: false,
  dns: 'made',
  hasStorageCallers: false,
  hasPublicStorageCallers: false,
  hasAlerts: true,
  alertsOnMissingDigest: true,
  hasBudget: false,
  readsSignInWorkspace: false,
  hasCallers: false,
  hasPublishers: false,
  isZoneRedundant: false,
  wantsNewestTls: false,
  isLocked: false,
  logsQueries: false,
  keepsAuditLogs: false,
};

const MADE: Combination = {
  ...DEFAULT,
  network: 'made',
  hasNatGateway: true,
  hasStorageCallers: true,
  hasBudget: true,
  readsSignInWorkspace: true,
  hasCallers: true,
  hasPublishers: true,
  isZoneRedundant: true,
  wantsNewestTls: true,
  isLocked: true,
  logsQueries: true,
  keepsAuditLogs: true,
};

/** The deployments that a scanner is shown: the least, the most, and the one into a network of somebody else. */
export const SHOWN: Readonly<Record<string, Combination>> = {
  default: DEFAULT,
  everything: MADE,
  'brought-network': {
    ...MADE,
    network: 'brought',
    dns: 'brought',
    hasNatGateway: false,
    hasStorageCallers: false,
    hasPublicStorageCallers: true,
  },
};

/**
 * Writes what deployments would make as ARM JSON, with conditions, loops and names resolved: a scanner that reads
 * Bicep, or a template with modules, passes over most of it and says that all is well. Returns the files; none where
 * the compiler cannot tell.
 */
export async function writeEvaluated(
  infra: string,
  folder: string,
  compiler: Compiler,
  environment: Environment,
): Promise<readonly string[]> {
  return await withCopy(infra, compiler, environment, async (copy, running) => {
    if (running.predict === undefined) return [];
    await compileTemplate(running, join(copy, 'main'));
    mkdirSync(folder, { recursive: true });
    const files: string[] = [];
    for (const [name, one] of Object.entries(SHOWN)) {
      const file = join(folder, `${name}.json`);
      writeFileSync(file, toTemplate(await predictCombination(running, copy, one)));
      files.push(file);
    }
    return files;
  });
}

function toTemplate(resources: readonly ArmResource[]): string {
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources,
  };
  return `${JSON.stringify(template, null, 2)}\n`;
}
