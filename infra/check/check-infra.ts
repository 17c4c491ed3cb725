import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArmResource } from './arm-resource.ts';
import type { Environment } from './bicep-server.ts';
import { combinations, toEnvironment } from './combinations.ts';
import type { Combination } from './combinations.ts';
import type { Compilation, Compiler, RunningCompiler } from './compiler.ts';
import { findWeaknesses } from './find-weaknesses.ts';

const GRAPH_ROLE_IDS = [
  'b0afded3-3588-46d8-8b3d-9842eff778da',
  '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
  '38d9df27-64da-44fd-b7c5-a6fbac20248f',
  'b633e1c5-b582-4048-a93e-9f11b44c7e96',
];

/**
 * Builds and lints every template in a folder, and looks at the resources that each combination of parameters
 * would make, where the compiler can predict them. Returns a sentence for each problem; a warning of the compiler
 * is one.
 */
export async function checkInfra(
  folder: string,
  compiler: Compiler,
  environment: Environment,
): Promise<readonly string[]> {
  return await withCopy(folder, compiler, environment, async (copy, running) => {
    const problems: string[] = [];
    for (const name of ['main', 'graph-roles/main']) {
      problems.push(...(await compile(running, join(copy, name))));
    }
    // A template that does not compile has no resources worth looking at.
    if (problems.length > 0 || running.predict === undefined) return problems;
    for (const one of combinations()) {
      for (const problem of await look(running, copy, one)) {
        problems.push(`${JSON.stringify(one)}: ${problem}`);
      }
    }
    return problems;
  });
}

/** What the rule that looks at the calendar finds: worth a look at a release, and no reason to fail on a given day. */
export async function findOldVersions(
  folder: string,
  compiler: Compiler,
  environment: Environment,
): Promise<readonly string[]> {
  return await withCopy(folder, compiler, environment, async (copy, running) => {
    const configuration = join(copy, 'bicepconfig.json');
    const text = readFileSync(configuration, 'utf8');
    writeFileSync(configuration, text.replace('"level": "off"', '"level": "warning"'));
    const { complaints } = await running.compile(join(copy, 'main.bicep'));
    return complaints
      .filter((line) => line.includes('use-recent-api-versions'))
      .map((line) => line.replace(copy, 'infra'));
  });
}

/** Works on a copy, because each combination gets a file of parameters of its own. */
export async function withCopy<Result>(
  folder: string,
  compiler: Compiler,
  environment: Environment,
  work: (copy: string, running: RunningCompiler) => Promise<Result>,
): Promise<Result> {
  const copy = mkdtempSync(join(tmpdir(), 'infra-'));
  const running = compiler.start(environment);
  try {
    cpSync(folder, copy, { recursive: true });
    return await work(copy, running);
  } finally {
    running.close();
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Compiles a template, and leaves it beside its source, so that no combination has to compile it again. */
export async function compileTemplate(
  running: RunningCompiler,
  path: string,
): Promise<Compilation> {
  const template = await running.compile(`${path}.bicep`);
  writeFileSync(`${path}.json`, template.output);
  return template;
}

async function compile(running: RunningCompiler, path: string): Promise<readonly string[]> {
  const template = await compileTemplate(running, path);
  const parameters = await running.compileParameters(`${path}.bicepparam`);
  // A fault of the template is one of its parameters too.
  return [
    ...new Set([
      ...template.complaints,
      ...parameters.complaints,
      ...findSecrets(template.output),
      ...findGraphRoles(template.output),
    ]),
  ];
}

async function look(
  running: RunningCompiler,
  folder: string,
  one: Combination,
): Promise<readonly string[]> {
  try {
    return findWeaknesses(await predictCombination(running, folder, one), one);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** The resources of a combination of a compiled template; none where the compiler cannot tell. */
export async function predictCombination(
  running: RunningCompiler,
  folder: string,
  one: Combination,
): Promise<readonly ArmResource[]> {
  const path = join(folder, 'combination.bicepparam');
  writeFileSync(path, withValues(readFileSync(join(folder, 'main.bicepparam'), 'utf8'), one));
  return (await running.predict?.(path)) ?? [];
}

/** The parameters with the values of a combination: the compiler reads the environment only when it starts. */
function withValues(parameters: string, one: Combination): string {
  const values = toEnvironment(one);
  const compiled = parameters.replace("using 'main.bicep'", "using 'main.json'");
  return compiled.replaceAll(
    /readEnvironmentVariable\('(\w+)'(?:, '[^']*')?\)/g,
    (call: string, name: string) => (values[name] === undefined ? call : `'${values[name]}'`),
  );
}

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
