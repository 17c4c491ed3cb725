import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSimulatedTenant } from '../../lib/simulation/tenant-server.ts';
import { ended, heard, LAUNCHER, CLI, startCli } from './run-cli.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interruption-'));
});
afterEach(() => rm(folder, { recursive: true }));

const left = () => readdir(folder, { recursive: true });

/** What Ctrl-C does: the terminal tells every process of the group. */
function interrupt(pid: number | undefined, signal: NodeJS.Signals = 'SIGINT'): void {
  if (pid === undefined) throw new Error('The process did not start.');
  process.kill(-pid, signal);
}

describe('Ctrl-C', () => {
  it.each([
    ['the command line', CLI],
    ['the launcher', LAUNCHER],
  ])('ends a demo of %s with 130 and leaves no folder', async (_what, script) => {
    const demo = startCli(['demo', '--throttle'], folder, {}, script);
    await heard(demo, /A simulated tenant/);

    interrupt(demo.pid);

    expect(await ended(demo)).toBe(130);
    expect(await left()).toEqual([]);
  });

  it('leaves what was in the folder before', async () => {
    await mkdir(join(folder, 'out/demo'), { recursive: true });
    await writeFile(join(folder, 'out/demo/digest.html'), 'yesterday');
    const demo = startCli(['demo', '--throttle'], folder);
    await heard(demo, /A simulated tenant/);

    interrupt(demo.pid);

    expect(await ended(demo)).toBe(130);
    expect(await left()).toEqual(['out', 'out/demo', 'out/demo/digest.html']);
  });

  it('ends with 143 where the process is told to end', async () => {
    const demo = startCli(['demo', '--throttle'], folder);
    await heard(demo, /A simulated tenant/);

    interrupt(demo.pid, 'SIGTERM');

    expect(await ended(demo)).toBe(143);
    expect(await left()).toEqual([]);
  });

  it('gives up every lock of the stored state and leaves no draft in it', async () => {
    const tenant = await startSimulatedTenant({
      faults: [{ endpoint: 'interactiveSignIns', kind: 'hang' }],
    });
    const env = { ...tenant.settings, STATE_LOCATION: 'folder:state' };
    const preview = startCli(['preview'], folder, env);
    while (!tenant.requests.some(({ path }) => path.includes('/auditLogs/signIns'))) {
      await sleep(20);
    }

    interrupt(preview.pid);
    const code = await ended(preview);
    await tenant.close();

    const names = await left();
    const locks = names.filter((name) => /\.(?:holds|write)\b.*\/[1-9]\d{0,3}$/.test(name));
    const beats = await Promise.all(
      locks.map(async (name) => [name, (await stat(join(folder, name))).mtimeMs] as const),
    );
    expect(code).toBe(130);
    expect(names.filter((name) => /^out|\.new-|unfinished/.test(name))).toEqual([]);
    expect(beats.length).toBeGreaterThan(0);
    expect(beats.filter(([, beat]) => beat !== 0)).toEqual([]);
  });
});
