import { spawnSync } from 'node:child_process';
import type { ArmResource } from './arm-resource.ts';
import { startBicepServer } from './bicep-server.ts';
import type { Environment } from './bicep-server.ts';

/** What became of a template or of a file of parameters. */
export interface Compilation {
  readonly output: string;
  /** Every warning and every error, in the words of the compiler; the linter's are among them. */
  readonly complaints: readonly string[];
}

/** A Bicep compiler that was started; `close` ends it. */
export interface RunningCompiler {
  compile(template: string): Promise<Compilation>;
  compileParameters(file: string): Promise<Compilation>;
  /** The resources that a deployment with a file of parameters would make; the Azure CLI cannot tell. */
  readonly predict?: ((file: string) => Promise<readonly ArmResource[]>) | undefined;
  close(): void;
}

/** A Bicep compiler: the command `bicep`, or the one that the Azure CLI brings. */
export interface Compiler {
  readonly name: string;
  start(environment: Environment): RunningCompiler;
}

/** The compiler that the PATH of `environment` holds, if any. */
export function findCompiler(environment: Environment): Compiler | undefined {
  const exists = (command: string) =>
    spawnSync(command, ['--version'], { env: environment }).error === undefined;
  if (exists('bicep')) return { name: 'bicep', start: startBicep };
  return exists('az') ? { name: 'az bicep', start: startAzureCli } : undefined;
}

/** What a deployment of subscription scope is told of where it is made. */
const METADATA = {
  tenantId: null,
  subscriptionId: '00000000-0000-0000-0000-000000000000',
  resourceGroup: null,
  location: 'westeurope',
  deploymentName: null,
};

interface Diagnostic {
  readonly source: string;
  readonly range: { readonly start: { readonly line: number; readonly char: number } };
  readonly level: string;
  readonly code: string;
  readonly message: string;
}

interface Answer {
  readonly success: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly contents?: string | null;
}

/** One process for every question: each of its own would take seconds to start. */
function startBicep(environment: Environment): RunningCompiler {
  const server = startBicepServer(environment);
  const compile = async (method: string, parameters: object) => {
    const { success, diagnostics, contents } = await server.ask<Answer>(method, parameters);
    const complaints = diagnostics.filter(({ level }) => /^(?:Warning|Error)$/.test(level));
    return compilation(contents ?? '', complaints.map(inWords), success);
  };
  return {
    compile: (path) => compile('bicep/compile', { path }),
    compileParameters: (path) => compile('bicep/compileParams', { path, parameterOverrides: {} }),
    async predict(path) {
      const { snapshot } = await server.ask<{ readonly snapshot: string }>('bicep/getSnapshot', {
        path,
        metadata: METADATA,
        externalInputs: null,
      });
      const { predictedResources } = JSON.parse(snapshot) as {
        readonly predictedResources: readonly ArmResource[];
      };
      return predictedResources;
    },
    close: () => server.close(),
  };
}

function inWords({ source, range, level, code, message }: Diagnostic): string {
  const { line, char } = range.start;
  return `${source}(${line + 1},${char + 1}) : ${level} ${code}: ${message}`;
}

function startAzureCli(environment: Environment): RunningCompiler {
  const run = (verb: string, file: string) => {
    const { status, stdout, stderr } = spawnSync(
      'az',
      ['bicep', verb, '--file', file, '--stdout'],
      { env: environment, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    const complaints = stderr.split('\n').filter((line) => /\b(Warning|Error)\b/.test(line));
    return Promise.resolve(compilation(stdout, complaints, status === 0, stderr));
  };
  return {
    compile: (path) => run('build', path),
    compileParameters: (path) => run('build-params', path),
    close: () => undefined,
  };
}

function compilation(
  output: string,
  complaints: readonly string[],
  hasSucceeded: boolean,
  words = '',
): Compilation {
  const isUnsaid = !hasSucceeded && complaints.length === 0;
  return { output, complaints: isUnsaid ? [`The compiler failed: ${words.trim()}`] : complaints };
}
