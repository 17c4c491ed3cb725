import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AzState, Grant } from './az-state.ts';
import { standInAz } from './az.ts';
import type { StandInAz } from './az.ts';
import { WarmPowerShell } from './warm-powershell.ts';
import type { ScriptRun } from './warm-powershell.ts';

// All that the scripts call beside az; nothing else of this machine is on their path.
const TOOLS = ['bash', 'cat', 'dirname', 'grep', 'mktemp', 'rm', 'sed', 'sleep', 'tr'];
const SCRIPTS = join(import.meta.dirname, '../../../infra/scripts');
const MODULES = join(import.meta.dirname, 'modules');
/** Where modules for everybody are. PowerShell puts it first unless it is named, and a machine may have the real ones there. */
const SHARED_MODULES = '/usr/local/share/powershell/Modules';
const TIMEOUT_MS = 60_000;

/** PowerShell of this machine; undefined where it has none. */
export const POWERSHELL = findPowerShell();

/** Shared by the tests of one file. */
let warm: WarmPowerShell | undefined;

/** Whether this machine has the real modules, so that none of its processes can be without them. */
export const HAS_REAL_MODULES = ['Microsoft.Graph.Authentication', 'ExchangeOnlineManagement'].some(
  (module) => existsSync(join(SHARED_MODULES, module)),
);

/** What the stand-ins start from; Exchange's part is described by its own tests. */
export type TenantState = Partial<AzState> & Readonly<Record<string, unknown>>;

export interface Equipment {
  readonly hasAz?: boolean;
  readonly hasModules?: boolean;
  /**
   * PowerShell is started for each script that is run, as it is where the product is used: at least once for each script,
   * and wherever a test is about the process. All others share one process, because its start costs more than the rest.
   *
   * @default false
   */
  readonly inProcessOfItsOwn?: boolean;
}

/** A tenant behind a stand-in `az` and stand-in modules in a folder of its own, and the scripts that are run against it. */
export interface StandInTenant {
  /** The folder of the stand-ins; whatever they keep is in it. */
  readonly folder: string;
  run(
    script: string,
    args?: readonly string[],
    variables?: Readonly<Record<string, string>>,
  ): Promise<ScriptRun>;
  state(): AzState & Readonly<Record<string, unknown>>;
  change(part: TenantState): void;
  grants(): readonly Grant[];
  calls(): readonly (readonly string[])[];
  remove(): void;
}

/** A path on which `az` answers from `state`, and modules that do; `equipment` leaves a machine without either. */
export function standInTenant(
  state: TenantState,
  { hasAz = true, hasModules = true, inProcessOfItsOwn = false }: Equipment = {},
): StandInTenant {
  const folder = mkdtempSync(join(tmpdir(), 'az-'));
  const calls = join(folder, 'calls.jsonl');
  const file = join(folder, 'state.json');
  const read = () =>
    JSON.parse(readFileSync(file, 'utf8')) as AzState & Readonly<Record<string, unknown>>;
  const write = (next: object) => writeFileSync(file, JSON.stringify(next));
  write({ tenantId: 'tenant-a', pageSize: 100, grants: [], ...state });
  linkTools(folder);
  let az: StandInAz | undefined;
  return {
    folder,
    async run(script, args = [], variables = {}) {
      if (hasAz) az ??= await writeAz(folder);
      const path = join(SCRIPTS, script);
      const environment = {
        PATH: folder,
        HOME: folder,
        POWERSHELL_TELEMETRY_OPTOUT: '1',
        POWERSHELL_UPDATECHECK: 'Off',
        STAND_IN_FOLDER: folder,
        RETRY_SECONDS: '0',
        ...(hasModules && { PSModulePath: `${MODULES}:${SHARED_MODULES}` }),
        ...variables,
      };
      if (!script.endsWith('.ps1')) return runProcess(script, path, args, environment);
      const command = typed(path, args);
      return inProcessOfItsOwn
        ? runProcess(
            script,
            POWERSHELL!,
            ['-NoProfile', '-NonInteractive', '-Command', command],
            environment,
          )
        : (warm ??= new WarmPowerShell(POWERSHELL!)).run({
            script,
            command,
            variables: environment,
            timeoutMs: TIMEOUT_MS,
          });
    },
    state: read,
    change: (part) => write({ ...read(), ...part }),
    grants: () => read().grants,
    calls: () =>
      existsSync(calls)
        ? readFileSync(calls, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as string[])
        : [],
    remove() {
      az?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** After the last test of a file. */
export async function stopPowerShell(): Promise<void> {
  await warm?.stop();
  warm = undefined;
}

/** Not in a way that waits: who answers az is in this process. */
function runProcess(
  script: string,
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<ScriptRun> {
  return new Promise((resolve, reject) => {
    const options = { timeout: TIMEOUT_MS, env: environment };
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      const status = error === null ? 0 : error.code;
      if (typeof status === 'number') resolve({ status, text: `${stdout}${stderr}` });
      else reject(new Error(`${script} did not end.`, { cause: error }));
    });
    child.stdin?.end();
  });
}

/** A script as a person types it: in a scope of its own, whose preferences the functions of a module do not see. */
function typed(path: string, args: readonly string[]): string {
  const words = [path, ...args].map((word) =>
    /^-[A-Za-z]+$/.test(word) ? word : `'${word.replaceAll("'", "''")}'`,
  );
  return `$global:LASTEXITCODE = 1; & ${words.join(' ')}; exit $LASTEXITCODE`;
}

function linkTools(folder: string): void {
  for (const tool of TOOLS) {
    const path = ['/bin', '/usr/bin']
      .map((bin) => join(bin, tool))
      .find((file) => existsSync(file));
    if (path !== undefined) symlinkSync(path, join(folder, tool));
  }
}

async function writeAz(folder: string): Promise<StandInAz> {
  const az = await standInAz(folder);
  writeFileSync(join(folder, 'az'), az.program, { mode: 0o755 });
  return az;
}

/** The program itself, because what is on the path may be a script that starts it. */
function findPowerShell(): string | undefined {
  const { status, stdout } = spawnSync(
    'pwsh',
    ['-NoProfile', '-NonInteractive', '-Command', '[Environment]::ProcessPath'],
    { encoding: 'utf8', timeout: TIMEOUT_MS },
  );
  return status === 0 ? stdout.trim() : undefined;
}
