import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSimulatedTenant } from '../../lib/simulation/tenant-server.ts';
import type { SimulatedTenant } from '../../lib/simulation/tenant-server.ts';
import { addDays, dayOf } from '../../lib/utc-day.ts';
import { runCli } from './run-cli.ts';
import { runWarm } from './warm-cli.ts';

const IN_TEN_DAYS = addDays(dayOf(Date.now()), 10);

let folder: string;
let tenant: SimulatedTenant;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exceptions-'));
  tenant = await startSimulatedTenant({ people: 0 });
});
afterEach(async () => {
  await tenant.close();
  await rm(folder, { recursive: true });
});

const cli = (args: readonly string[], run = runWarm) =>
  run(['exceptions', ...args], folder, { ...tenant.settings, STATE_LOCATION: 'folder:state' });

const KEY_IS_ORDERED = ['--reason', 'Key is ordered', '--by', 'CISO'];

const add = (person: string, until = IN_TEN_DAYS, ...others: readonly string[]) =>
  cli(['add', person, '--until', until, ...KEY_IS_ORDERED, ...others]);

describe('exceptions', () => {
  it('adds a person of the tenant, lists and checks the line', async () => {
    const words = ['add', 'dorota.maj@contoso.example', '--until', IN_TEN_DAYS, ...KEY_IS_ORDERED];
    const added = await cli(words, runCli);
    const listed = await cli(['list', '--json']);
    const checked = await cli(['check']);

    expect(added).toEqual({
      code: 0,
      out: `Added to exceptions.csv (folder): it ends on ${IN_TEN_DAYS}, in 10 days.\n`,
      err: '',
    });
    expect(JSON.parse(listed.out)).toMatchObject({
      lines: [
        { person: 'dorota.maj@contoso.example', reason: 'Key is ordered', approvedBy: 'CISO' },
      ],
    });
    expect(checked.code).toBe(0);
    expect(checked.out).toContain('1 line in exceptions.csv (folder), 0 refused.');
  });

  it('writes nothing that a digest would refuse', async () => {
    const notInDirectory = await add('stranger@elsewhere.example');
    const never = await add('emergency2@contoso.onmicrosoft.example');
    const offline = await add('dorota.maj@contoso.example', '2099-01-01', '--offline');
    const day = await add('dorota.maj@contoso.example', '31.12.2026');

    for (const { code, err } of [notInDirectory, never, offline, day]) {
      expect(code).toBe(2);
      expect(err).toMatch(/^Not added\. [^\n]+\n$/);
    }
    await expect(readFile(join(folder, 'state/exceptions.csv'))).rejects.toThrow('ENOENT');
  });

  it('refuses empty and many-lined words in one go', async () => {
    const words = ['add', ' ', '--until', IN_TEN_DAYS, '--reason', 'a\nb', '--by', 'x'];
    const { code, err } = await cli(words);

    expect(code).toBe(2);
    expect(err).toBe(
      'Could not run, because of these settings:\n  <person> is empty.\n  --reason must be one line without control characters.\n',
    );
  });

  it('names each line that is refused, and ends with 1', async () => {
    await add('dorota.maj@contoso.example');
    const path = join(folder, 'state/exceptions.csv');
    const escape = '\u001B[31m';
    await writeFile(
      path,
      `${await readFile(path, 'utf8')}${escape}bo@x.example,,CISO,2099-01-01\n`,
    );

    const { code, out } = await cli(['check', '--offline']);

    expect(code).toBe(1);
    expect(out).toMatch(/✗ line 3 .*\n {2}→ It gives no reason\.\n2 lines .* 1 refused/);
    expect(out).not.toContain(escape);
  });
});
