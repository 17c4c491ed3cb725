import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkInfra } from './check/check-infra.ts';
import { combinations } from './check/combinations.ts';
import { findCompiler } from './check/compiler.ts';

const compiler = findCompiler(process.env);
if (compiler === undefined) {
  say('Neither bicep nor az is on the PATH, so the Bicep compiler did not run.');
} else if (process.argv.includes('--api-versions')) {
  const old = findOldVersions(import.meta.dirname);
  for (const line of old) say(line);
  say(`${compiler.name}: ${old.length} API versions have a newer one.`);
} else {
  const problems = await checkInfra(import.meta.dirname, compiler, process.env);
  for (const problem of problems) say(problem);
  const looked =
    compiler.serve === undefined
      ? 'templates built and linted; the combinations of parameters need the command bicep'
      : `${combinations().length} combinations of parameters`;
  say(`${compiler.name}: ${looked}, ${problems.length} problems.`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What the rule that looks at the calendar finds: worth a look at a release, and no reason to fail on a given day. */
function findOldVersions(folder: string): readonly string[] {
  const copy = mkdtempSync(join(tmpdir(), 'infra-'));
  try {
    cpSync(folder, copy, { recursive: true });
    const configuration = join(copy, 'bicepconfig.json');
    const text = readFileSync(configuration, 'utf8');
    writeFileSync(configuration, text.replace('"level": "off"', '"level": "warning"'));
    const lint = compiler?.run('lint', join(copy, 'main.bicep'), [], process.env);
    const lines = lint?.diagnostics.split('\n') ?? [];
    return lines
      .filter((line) => line.includes('use-recent-api-versions'))
      .map((line) => line.replace(copy, 'infra'));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
