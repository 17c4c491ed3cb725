import { parseArgs } from 'node:util';
import { checkInfra, findOldVersions } from './check/check-infra.ts';
import { combinations } from './check/combinations.ts';
import { findCompiler } from './check/compiler.ts';
import { writeEvaluated } from './check/write-evaluated.ts';

const { values } = parseArgs({
  options: {
    'api-versions': { type: 'boolean' },
    evaluated: { type: 'string' },
  },
});
const folder = import.meta.dirname;
const compiler = findCompiler(process.env);

if (compiler === undefined) {
  say('Neither bicep nor az is on the PATH, so the Bicep compiler did not run.');
} else if (values['api-versions']) {
  const old = await findOldVersions(folder, compiler, process.env);
  for (const line of old) say(line);
  say(`${compiler.name}: ${old.length} API versions have a newer one.`);
} else if (values.evaluated !== undefined) {
  const files = await writeEvaluated(folder, values.evaluated, compiler, process.env);
  for (const file of files) say(file);
  if (files.length === 0) say(`${compiler.name}: evaluating needs the command bicep.`);
} else {
  const problems = await checkInfra(folder, compiler, process.env);
  for (const problem of problems) say(problem);
  const looked =
    compiler.name === 'bicep'
      ? `${combinations().length} combinations of parameters`
      : 'templates built and linted; the combinations of parameters need the command bicep';
  say(`${compiler.name}: ${looked}, ${problems.length} problems.`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
