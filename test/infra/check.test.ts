import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkInfra } from '../../infra/check/check-infra.ts';
import type { ArmResource } from '../../infra/check/arm-resource.ts';
import { combinations, isPossible, pairsOf } from '../../infra/check/combinations.ts';
import { findCompiler } from '../../infra/check/compiler.ts';
import type { Compilation, Compiler } from '../../infra/check/compiler.ts';
import { findWeaknesses } from '../../infra/check/find-weaknesses.ts';
import { SHOWN } from '../../infra/check/write-evaluated.ts';
import { soundResources } from './stand-ins/resources.ts';

const infra = join(import.meta.dirname, '../../infra');

describe('combinations', () => {
  const all = combinations();
  const different = (...names: readonly (keyof (typeof all)[number])[]) =>
    new Set(all.map((one) => JSON.stringify(names.map((name) => one[name])))).size;

  it('are each there once', () => {
    expect(different(...(Object.keys(all[0]!) as (keyof (typeof all)[number])[]))).toBe(all.length);
  });

  it('hold every combination of what meets in the network', () => {
    // None; one made here with 2 x 3 x 2 x 2 choices; one that was brought, with 2 x 2.
    expect(
      different('network', 'hasNatGateway', 'dns', 'hasStorageCallers', 'hasPublicStorageCallers'),
    ).toBe(1 + 24 + 4);
  });

  it('hold every combination of network, alarms, workspace and callers', () => {
    const asked = all.filter(({ network }) => network !== 'brought');
    const modules = asked.map((one) =>
      JSON.stringify([
        one.network,
        one.hasNatGateway,
        one.hasAlerts,
        one.alertsOnMissingDigest,
        one.readsSignInWorkspace,
        one.hasCallers,
      ]),
    );

    // Network: none, plain or with a gateway; alarms: none, all, or all but one; workspace and callers: yes or no.
    expect(new Set(modules).size).toBe(3 * 3 * 2 * 2);
  });

  it('hold every two choices together that can be', () => {
    const covered = new Set(all.flatMap(pairsOf));
    const names = Object.keys(all[0]!) as (keyof (typeof all)[number])[];
    const choices = names.flatMap((name) =>
      [...new Set(all.map((one) => one[name]))].map((choice) => ({ [name]: choice })),
    );
    const pairs = choices.flatMap((first, index) =>
      choices.slice(index + 1).map((second) => ({ ...first, ...second })),
    );
    const possible = pairs.filter((pair) => Object.keys(pair).length === 2 && isPossible(pair));

    expect(possible.length).toBeGreaterThan(500);
    expect(possible.flatMap(pairsOf).filter((pair) => !covered.has(pair))).toEqual([]);
  });
});

describe('findWeaknesses', () => {
  it.each(combinations())('finds none in what %j should make', (one) => {
    expect(findWeaknesses(soundResources(one), one)).toEqual([]);
  });
});

describe.each(Object.entries(SHOWN))('findWeaknesses in the deployment %s', (_name, one) => {
  const sound = soundResources(one);
  const leaves = sound.flatMap((resource, index) =>
    paths(resource.properties).map((path) => ({
      label: `${resource.type} ${path.join('.')}`,
      index,
      path,
    })),
  );

  it.each(leaves)('notices that $label is something else', ({ index, path }) => {
    const changed = sound.map((resource, at) =>
      at === index ? { ...resource, properties: change(resource.properties, path) } : resource,
    );

    expect(findWeaknesses(changed as ArmResource[], one)).not.toEqual([]);
  });

  it.each(sound.map((resource, index) => ({ type: resource.type, index })))(
    'notices that $type ($index) is missing',
    ({ index }) => {
      const changed = sound.filter((_resource, at) => at !== index);

      expect(findWeaknesses(changed, one)).not.toEqual([]);
    },
  );

  it('notices a role on the resource group', () => {
    const changed = sound.map((resource) =>
      resource.type.endsWith('/roleAssignments')
        ? {
            ...resource,
            id: "[extensionResourceId('/subscriptions/x/resourceGroups/rg-a', 'Microsoft.Authorization/roleAssignments', guid('x'))]",
          }
        : resource,
    );

    expect(findWeaknesses(changed, one)).toEqual(['not so: each role is assigned on one resource']);
  });

  it('notices a setting that Flex Consumption refuses', () => {
    const changed = sound.map((resource) =>
      resource.type === 'Microsoft.Web/sites'
        ? {
            ...resource,
            properties: JSON.parse(
              JSON.stringify(resource.properties).replace(
                '"EMAIL_CC"',
                '"EMAIL_CC"},{"name":"WEBSITE_RUN_FROM_PACKAGE"',
              ),
            ) as Record<string, unknown>,
          }
        : resource,
    );

    expect(findWeaknesses(changed, one)).toEqual([
      'not so: no setting that Flex Consumption refuses is passed',
    ]);
  });
});

describe('checkInfra', () => {
  const graphRoles = [
    'b0afded3-3588-46d8-8b3d-9842eff778da',
    '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
    '38d9df27-64da-44fd-b7c5-a6fbac20248f',
    'b633e1c5-b582-4048-a93e-9f11b44c7e96',
  ];
  const sound = (file: string): Compilation => ({
    output: file.includes('graph-roles')
      ? `Microsoft.Graph/appRoleAssignedTo ${graphRoles.join(' ')}`
      : '',
    complaints: [],
  });

  /** A compiler whose templates and predictions are sound but for what the arguments say. */
  function compiler(
    compile: (file: string) => Compilation | undefined = () => undefined,
    refusal?: string,
  ): Compiler {
    let turn = 0;
    return {
      name: 'bicep',
      start: () => ({
        compile: (file) => Promise.resolve(compile(file) ?? sound(file)),
        compileParameters: () => Promise.resolve({ output: '', complaints: [] }),
        predict: () =>
          refusal === undefined
            ? Promise.resolve(soundResources(combinations()[turn++]!))
            : Promise.reject(new Error(refusal)),
        close: () => undefined,
      }),
    };
  }

  it('finds nothing where every combination is sound', async () => {
    expect(await checkInfra(infra, compiler(), {})).toEqual([]);
  });

  it('takes a warning for a problem, and says it once', async () => {
    const complaints = ['main.bicep(1,1) : Warning BCP334: too short'];

    const problems = await checkInfra(
      infra,
      compiler((file) => (file.includes('graph') ? undefined : { output: '', complaints })),
      {},
    );

    expect(problems).toEqual(complaints);
  });

  it('says for which combination the compiler refuses to predict, and why', async () => {
    const refusal = 'Set alertEmails to at least one address.';

    const problems = await checkInfra(infra, compiler(undefined, refusal), {});

    expect(problems).toHaveLength(combinations().length);
    expect(problems[0]).toContain(refusal);
  });

  it('finds a key in a template', async () => {
    const output = "[listKeys(resourceId('x'), '2025-06-01').keys[0].value]";

    const problems = await checkInfra(
      infra,
      compiler((file) => (file.includes('graph') ? undefined : { output, complaints: [] })),
      {},
    );

    expect(problems).toEqual(['The template reads or carries a key.']);
  });

  it('finds a Graph role that the product does not use', async () => {
    const output = `Microsoft.Graph/appRoleAssignedTo ${graphRoles.join(' ')} 9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30`;

    const problems = await checkInfra(
      infra,
      compiler((file) => (file.includes('graph') ? { output, complaints: [] } : undefined)),
      {},
    );

    expect(problems).toEqual(['The Graph roles are not exactly the four of the product.']);
  });
});

describe('infra/check.ts', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'path-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const command = (name: string, script: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  const run = (...args: readonly string[]) =>
    spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(infra, 'check.ts'), ...args],
      {
        encoding: 'utf8',
        env: { PATH: folder },
      },
    );

  it('says in one line that the compiler did not run where there is none', () => {
    const { status, stdout } = run();

    expect(status).toBe(0);
    expect(stdout).toBe(
      'Neither bicep nor az is on the PATH, so the Bicep compiler did not run.\n',
    );
  });

  it('fails with what the compiler says', () => {
    command('az', 'echo "main.bicep(1,1) : Error BCP018: no" >&2; [ "$1" = --version ]');

    const { status, stdout } = run();

    expect(status).toBe(1);
    expect(stdout).toContain('Error BCP018: no');
  });

  it('fails where the compiler ends before it answers', () => {
    command('bicep', 'exit 0');

    const { status, stderr } = run();

    expect(status).toBe(1);
    expect(stderr).toContain('The Bicep compiler ended before it answered.');
  });

  it('refuses an option that it does not know', () => {
    const { status, stderr } = run('--evaluate', 'out');

    expect(status).toBe(1);
    expect(stderr).toContain('--evaluate');
  });

  it('uses the compiler of the Azure CLI where there is no other', async () => {
    command('az', 'echo "$@"');

    const found = findCompiler({ PATH: folder })!;
    const { output } = await found.start({ PATH: folder }).compile('main.bicep');

    expect(found.name).toBe('az bicep');
    expect(output).toBe('bicep build --file main.bicep --stdout\n');
  });
});

/** Every path to a value that is neither an object nor a list; what a setting is set to is the operator's choice. */
function paths(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return value === undefined ? [] : [[]];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'value' ? [] : paths(inner).map((path) => [key, ...path]),
  );
}

function change(value: unknown, [key, ...path]: readonly string[]): unknown {
  if (key === undefined) return typeof value === 'boolean' ? !value : '';
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? change(item, path) : item));
  const record = value as Record<string, unknown>;
  return { ...record, [key]: change(record[key], path) };
}
