import { checkInfra } from './check/check-infra.ts';
import { combinations } from './check/combinations.ts';
import { findCompiler } from './check/compiler.ts';

const compiler = findCompiler(process.env);
if (compiler === undefined) {
  say('Neither bicep nor az is on the PATH, so the Bicep compiler did not run.');
} else {
  const problems = checkInfra(import.meta.dirname, compiler, process.env);
  for (const problem of problems) say(problem);
  const looked = `${combinations().length} combinations of parameters`;
  say(`${compiler.name}: ${looked}, ${problems.length} problems.`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
