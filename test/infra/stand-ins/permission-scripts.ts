import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AzState, Grant } from './az-state.ts';

// All that the scripts call beside az; nothing else of this machine is on their path.
const TOOLS = ['bash', 'cat', 'dirname', 'grep', 'mktemp', 'rm', 'sed', 'sleep', 'tr'];
const SCRIPTS = join(import.meta.dirname, '../../../infra/scripts');

export interface ScriptRun {
  readonly status: number | null;
  readonly text: string;
}

/** A tenant behind a stand-in `az` in a folder of its own, and the scripts that are run against it. */
export interface StandInTenant {
  run(
    script: string,
    args?: readonly string[],
    variables?: Readonly<Record<string, string>>,
  ): ScriptRun;
  grants(): readonly Grant[];
  calls(): readonly (readonly string[])[];
  remove(): void;
}

/** A path on which `az` answers from `state`; `hasAz: false` leaves it without one. */
export function standInTenant(state: Partial<AzState>, { hasAz = true } = {}): StandInTenant {
  const folder = mkdtempSync(join(tmpdir(), 'az-'));
  const calls = join(folder, 'calls.jsonl');
  const file = join(folder, 'state.json');
  writeFileSync(
    file,
    JSON.stringify({ tenantId: 'tenant-a', pageSize: 100, grants: [], ...state }),
  );
  const az = join(folder, 'az');
  const source = join(import.meta.dirname, 'az.ts');
  for (const tool of TOOLS) {
    const path = ['/bin', '/usr/bin']
      .map((bin) => join(bin, tool))
      .find((file) => existsSync(file));
    if (path !== undefined) symlinkSync(path, join(folder, tool));
  }
  if (hasAz) {
    writeFileSync(
      az,
      `#!/bin/sh\nexec '${process.execPath}' --disable-warning=ExperimentalWarning '${source}' '${folder}' "$@"\n`,
    );
    chmodSync(az, 0o755);
  }
  return {
    run(script, args = [], variables = {}) {
      const { status, stdout, stderr } = spawnSync(join(SCRIPTS, script), args, {
        encoding: 'utf8',
        env: { PATH: folder, RETRY_SECONDS: '0', ...variables },
      });
      return { status, text: `${stdout}${stderr}` };
    },
    grants: () => (JSON.parse(readFileSync(file, 'utf8')) as AzState).grants,
    calls: () =>
      existsSync(calls)
        ? readFileSync(calls, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as string[])
        : [],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
