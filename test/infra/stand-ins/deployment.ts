import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../../../infra/check/bicep-server.ts';

const HOOK = join(import.meta.dirname, '../../../infra/scripts/preprovision.js');
const GROUP = '/subscriptions/s-1/resourceGroups/rg-mfa-digest/providers';
const APP = `${GROUP}/Microsoft.Web/sites/func-a`;

/** What is deployed, as the Azure CLI would tell it; each part may be left out or replaced. */
export interface Deployed {
  /** False: the resource group does not exist. */
  readonly hasGroup?: boolean;
  /** Types of resources beside the app, its account and its alarms. */
  readonly others?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, string>>;
  readonly site?: object;
  readonly configuration?: object;
  readonly storage?: object;
  readonly sku?: string;
  readonly hasAlarms?: boolean;
  /** The command that Azure refuses, by its first two words. */
  readonly refuses?: string;
  readonly hasAz?: boolean;
}

export interface HookRun {
  readonly status: number | null;
  readonly text: string;
  readonly calls: readonly string[];
}

/** Runs the hook on a path with nothing but an `az` that answers from `deployed`, in an environment of its own. */
export function runPreprovision(deployed: Deployed, environment: Environment): HookRun {
  const folder = mkdtempSync(join(tmpdir(), 'deployed-'));
  const log = join(folder, 'calls');
  try {
    if (deployed.hasAz !== false) writeAz(folder, deployed);
    const { status, stdout, stderr } = spawnSync(process.execPath, [HOOK], {
      encoding: 'utf8',
      env: { PATH: folder, AZURE_ENV_NAME: 'mfa-digest', ...environment },
    });
    const calls = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
    return { status, text: `${stdout}${stderr}`, calls };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeAz(folder: string, deployed: Deployed): void {
  const answers: Readonly<Record<string, unknown>> = {
    'group exists': deployed.hasGroup !== false,
    'resource list': resourcesOf(deployed),
    'functionapp config': Object.entries(deployed.settings ?? {}).map(([name, value]) => ({
      name,
      slotSetting: false,
      value,
    })),
    [`resource show --ids ${APP} `]: { properties: deployed.site ?? {} },
    [`resource show --ids ${APP}/config/web `]: { properties: deployed.configuration ?? {} },
    [`resource show --ids ${GROUP}/Microsoft.Storage/storageAccounts/sta `]: {
      properties: deployed.storage ?? {},
    },
  };
  const branches = Object.entries(answers).map(([words, answer], index) => {
    writeFileSync(join(folder, `answer-${index}`), `${JSON.stringify(answer)}\n`);
    return `'${words}'*) /bin/cat '${folder}/answer-${index}' ;;`;
  });
  const refusal =
    deployed.refuses === undefined
      ? []
      : [`'${deployed.refuses}'*) echo 'ERROR: (AuthorizationFailed) no' >&2; exit 1 ;;`];
  writeFileSync(
    join(folder, 'az'),
    [
      '#!/bin/sh',
      `echo "$*" >> '${folder}/calls'`,
      'case "$*" in',
      ...refusal,
      ...branches,
      "*) echo 'ERROR: unknown command' >&2; exit 2 ;;",
      'esac',
    ].join('\n'),
  );
  chmodSync(join(folder, 'az'), 0o755);
}

function resourcesOf(deployed: Deployed): readonly object[] {
  const tags = deployed.tags ?? { 'azd-service-name': 'digest' };
  const others = [
    ...(deployed.others ?? []),
    ...(deployed.hasAlarms === false ? [] : ['Microsoft.Insights/scheduledQueryRules']),
  ];
  return [
    // The plan carries the tag of the app, and another app none.
    { type: 'Microsoft.Web/serverFarms', name: 'plan-func-a', tags },
    {
      type: 'Microsoft.Web/sites',
      name: 'func-b',
      id: `${GROUP}/Microsoft.Web/sites/func-b`,
      tags: null,
    },
    { type: 'Microsoft.Web/sites', name: 'func-a', id: APP, tags },
    {
      type: 'Microsoft.Storage/storageAccounts',
      name: 'sta',
      id: `${GROUP}/Microsoft.Storage/storageAccounts/sta`,
      sku: { name: deployed.sku ?? 'Standard_LRS' },
    },
    ...others.map((type) => ({ type, name: 'x', id: `${GROUP}/${type}/x` })),
  ];
}
