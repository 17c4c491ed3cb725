import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { combinations, toEnvironment } from './combinations.ts';
import type { Combination } from './combinations.ts';
import type { Compilation, Compiler, Environment } from './compiler.ts';
import { findWeaknesses } from './find-weaknesses.ts';
import type { ArmResource } from './find-weaknesses.ts';

const SNAPSHOT_FLAGS = [
  ['--mode', 'overwrite'],
  ['--subscription-id', '00000000-0000-0000-0000-000000000000'],
  ['--location', 'westeurope'],
].flat();

const GRAPH_ROLE_IDS = [
  'b0afded3-3588-46d8-8b3d-9842eff778da',
  '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
  '38d9df27-64da-44fd-b7c5-a6fbac20248f',
  'b633e1c5-b582-4048-a93e-9f11b44c7e96',
];

/**
 * Builds and lints every template in a folder, and looks at the resources that each combination of parameters
 * would make. Returns a sentence for each problem; a warning of the compiler is one. Snapshots need Bicep 0.41.2
 * or later.
 */
export function checkInfra(
  folder: string,
  compiler: Compiler,
  environment: Environment,
): readonly string[] {
  // Works on a copy, because the compiler writes snapshots beside the parameters.
  const copy = mkdtempSync(join(tmpdir(), 'infra-'));
  try {
    cpSync(folder, copy, { recursive: true });
    const problems = ['main', 'graph-roles/main'].flatMap((name) =>
      compile(compiler, join(copy, name), environment),
    );
    // A template that does not compile has no snapshot worth looking at.
    if (problems.length > 0) return problems;
    return combinations().flatMap((one) => look(compiler, copy, one, environment));
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

function look(
  compiler: Compiler,
  folder: string,
  one: Combination,
  environment: Environment,
): readonly string[] {
  const label = JSON.stringify(one);
  const parameters = join(folder, 'main.bicepparam');
  const run = compiler.run('snapshot', parameters, SNAPSHOT_FLAGS, {
    ...environment,
    ...toEnvironment(one),
  });
  const complaints = findComplaints(run);
  if (complaints.length > 0) return complaints.map((complaint) => `${label}: ${complaint}`);
  const snapshot = JSON.parse(readFileSync(join(folder, 'main.snapshot.json'), 'utf8')) as {
    readonly predictedResources: readonly ArmResource[];
  };
  return findWeaknesses(snapshot.predictedResources, one).map(
    (sentence) => `${label}: ${sentence}`,
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
