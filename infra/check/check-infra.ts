import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BicepServer, Environment } from './bicep-server.ts';
import { combinations, toEnvironment } from './combinations.ts';
import type { Combination } from './combinations.ts';
import type { Compilation, Compiler } from './compiler.ts';
import { findWeaknesses } from './find-weaknesses.ts';
import type { ArmResource } from './find-weaknesses.ts';

/** What a deployment of subscription scope is told of where it is made. */
const METADATA = {
  tenantId: null,
  subscriptionId: '00000000-0000-0000-0000-000000000000',
  resourceGroup: null,
  location: 'westeurope',
  deploymentName: null,
};

const GRAPH_ROLE_IDS = [
  'b0afded3-3588-46d8-8b3d-9842eff778da',
  '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
  '38d9df27-64da-44fd-b7c5-a6fbac20248f',
  'b633e1c5-b582-4048-a93e-9f11b44c7e96',
];

/**
 * Builds and lints every template in a folder, and looks at the resources that each combination of parameters
 * would make, where the compiler can stay to predict them. Returns a sentence for each problem; a warning of the
 * compiler is one.
 */
export async function checkInfra(
  folder: string,
  compiler: Compiler,
  environment: Environment,
): Promise<readonly string[]> {
  // Works on a copy, because each combination gets a file of parameters of its own.
  const copy = mkdtempSync(join(tmpdir(), 'infra-'));
  try {
    cpSync(folder, copy, { recursive: true });
    const problems = ['main', 'graph-roles/main'].flatMap((name) =>
      compile(compiler, join(copy, name), environment),
    );
    // A template that does not compile has no snapshot worth looking at.
    if (problems.length > 0 || compiler.serve === undefined) return problems;
    return await lookAtAll(copy, compiler.serve(environment));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function compile(compiler: Compiler, path: string, environment: Environment): readonly string[] {
  const template = compiler.run('build', `${path}.bicep`, ['--stdout'], environment);
  const lint = compiler.run('lint', `${path}.bicep`, [], environment);
  const parameters = compiler.run('build-params', `${path}.bicepparam`, ['--stdout'], environment);
  const complaints = [template, lint, parameters].flatMap(findComplaints);
  return [
    ...new Set([
      ...complaints,
      ...findSecrets(template.output),
      ...findGraphRoles(template.output),
    ]),
  ];
}

/** One compiler for all combinations: a process of its own takes seconds for each. */
async function lookAtAll(folder: string, server: BicepServer): Promise<readonly string[]> {
  const problems: string[] = [];
  try {
    for (const one of combinations()) {
      for (const problem of await look(server, folder, one)) {
        problems.push(`${JSON.stringify(one)}: ${problem}`);
      }
    }
  } finally {
    server.close();
  }
  return problems;
}

async function look(
  server: BicepServer,
  folder: string,
  one: Combination,
): Promise<readonly string[]> {
  const path = join(folder, 'combination.bicepparam');
  writeFileSync(path, withValues(readFileSync(join(folder, 'main.bicepparam'), 'utf8'), one));
  try {
    const { snapshot } = await server.ask<{ readonly snapshot: string }>('bicep/getSnapshot', {
      path,
      metadata: METADATA,
      externalInputs: null,
    });
    const { predictedResources } = JSON.parse(snapshot) as {
      readonly predictedResources: readonly ArmResource[];
    };
    return findWeaknesses(predictedResources, one);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** The parameters with the values of a combination: the compiler reads the environment only when it starts. */
function withValues(parameters: string, one: Combination): string {
  const values = toEnvironment(one);
  return parameters.replaceAll(
    /readEnvironmentVariable\('(\w+)'(?:, '[^']*')?\)/g,
    (call: string, name: string) => (values[name] === undefined ? call : `'${values[name]}'`),
  );
}

function findComplaints({ hasSucceeded, diagnostics }: Compilation): readonly string[] {
  const lines = diagnostics.split('\n').filter((line) => /\b(Warning|Error)\b/.test(line));
  if (hasSucceeded || lines.length > 0) return lines;
  return [`The compiler failed: ${diagnostics.trim()}`];
}

/** Keys that the template would read or carry. */
function findSecrets(template: string): readonly string[] {
  return /\blist[A-Z]\w*\(|AccountKey=|SharedAccess(Key|Signature)/.test(template)
    ? ['The template reads or carries a key.']
    : [];
}

/** Graph roles in a template that grants some, held against the four. */
function findGraphRoles(template: string): readonly string[] {
  if (!template.includes('Microsoft.Graph/appRoleAssignedTo')) return [];
  const ids: readonly string[] = template.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
  const others = ids.filter(
    (id) => !GRAPH_ROLE_IDS.includes(id) && id !== '00000003-0000-0000-c000-000000000000',
  );
  const missing = GRAPH_ROLE_IDS.filter((id) => !ids.includes(id));
  return others.length + missing.length === 0
    ? []
    : ['The Graph roles are not exactly the four of the product.'];
}
