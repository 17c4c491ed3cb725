import { spawnSync } from 'node:child_process';
import { startBicepServer } from './bicep-server.ts';
import type { BicepServer, Environment } from './bicep-server.ts';

/** What one run of the compiler gave. */
export interface Compilation {
  readonly hasSucceeded: boolean;
  readonly output: string;
  readonly diagnostics: string;
}

/** A Bicep compiler: the command `bicep`, or the one that the Azure CLI brings. */
export interface Compiler {
  readonly name: string;
  run(verb: string, file: string, flags: readonly string[], environment: Environment): Compilation;
  /** Starts one that stays, which predicts what a deployment makes; the Azure CLI has none. */
  readonly serve?: ((environment: Environment) => BicepServer) | undefined;
}

/** The compiler that the PATH of `environment` holds, if any. */
export function findCompiler(environment: Environment): Compiler | undefined {
  const candidates = [
    { command: 'bicep', prefix: [], fileFlag: [] },
    { command: 'az', prefix: ['bicep'], fileFlag: ['--file'] },
  ];
  const found = candidates.find(
    ({ command }) => spawnSync(command, ['--version'], { env: environment }).error === undefined,
  );
  if (found === undefined) return undefined;
  const { command, prefix, fileFlag } = found;
  return {
    name: [command, ...prefix].join(' '),
    run(verb, file, flags, variables) {
      const { status, stdout, stderr } = spawnSync(
        command,
        [...prefix, verb, ...fileFlag, file, ...flags],
        { env: variables, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
      );
      return { hasSucceeded: status === 0, output: stdout, diagnostics: stderr };
    },
    serve: command === 'bicep' ? startBicepServer : undefined,
  };
}
