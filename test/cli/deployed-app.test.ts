import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { placeAz } from './az-stand-in.ts';
import type { AzAnswers } from './az-stand-in.ts';
import { runWarm } from './warm-cli.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deployed-'));
});
afterEach(() => rm(folder, { recursive: true }));

const LIST = 'functionapp config appsettings list --name func-mfa --resource-group rg-mfa';

const FIND = 'resource list --name func-mfa --resource-type Microsoft.Web/sites';

const GOOD = {
  EMAIL_FROM: 'digest@contoso.example',
  EMAIL_TO: 'soc@contoso.example',
  REPORT_SCHEDULE: '0 0 6 * * *',
  INGEST_SCHEDULE: '0 20 1-21/4 * * *',
  AzureWebJobsStorage__accountName: 'stmfa',
};

function settingsList(settings: Readonly<Record<string, string | null>>): string {
  return JSON.stringify(
    Object.entries(settings).map(([name, value]) => ({ name, slotSetting: false, value })),
  );
}

async function doctorOf(
  answers: AzAnswers,
  args: readonly string[] = ['--resource-group', 'rg-mfa'],
) {
  const bin = await placeAz(folder, answers);
  // What is set here must not be taken for what is set there.
  const env = { PATH: bin, EMAIL_TO: 'nobody', SEND_WHEN: 'never' };
  const ended = await runWarm(['doctor', '--app', 'func-mfa', '--json', ...args], folder, env);
  return { ...ended, log: () => readFile(join(bin, 'az.log'), 'utf8') };
}

interface Found {
  readonly problems: number;
  readonly findings: readonly { readonly level: string; readonly what: string }[];
}

describe('doctor --app', () => {
  it('judges the settings of the deployed app and not those of this machine', async () => {
    const { code, out } = await doctorOf({ [LIST]: { out: settingsList(GOOD) } });

    const { problems, findings } = JSON.parse(out) as Found;
    expect({ code, problems }).toEqual({ code: 0, problems: 0 });
    expect(findings.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        'Every setting can be used.',
        expect.stringMatching(/^REPORT_SCHEDULE makes the next digests/),
        expect.stringMatching(/^Token, permissions, .* are not looked at from here/),
      ]),
    );
  });

  it('finds what is wrong, missing and mistyped, and prints no value', async () => {
    const { REPORT_SCHEDULE: _schedule, ...others } = GOOD;
    const settings = {
      ...others,
      SEND_WHEN: 'sometimes',
      SEND_WHENN: 'a-secret',
      DAYS: 'a-secret',
    };
    const { code, out } = await doctorOf({ [LIST]: { out: settingsList(settings) } });

    const { findings } = JSON.parse(out) as Found;
    const wrong = findings.filter(({ level }) => level !== 'ok').map(({ what }) => what);
    expect(code).toBe(1);
    expect(wrong).toEqual([
      expect.stringMatching(/^SEND_WHEN must be one of/),
      expect.stringMatching(/^REPORT_SCHEDULE is not set, so the Functions host does not load/),
      expect.stringMatching(/^SEND_WHENN is set and is no setting.*SEND_WHEN\?/),
    ]);
    expect(out).not.toMatch(/a-secret|stmfa|@contoso|REPORT_SCHEDULE makes/);
  });

  it('takes a reference to a key vault for what it is', async () => {
    const reference = '@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/mail)';
    const { code, out } = await doctorOf({
      [LIST]: { out: settingsList({ ...GOOD, EMAIL_TO: reference }) },
    });

    expect(code).toBe(0);
    expect(out).toContain('EMAIL_TO is kept elsewhere');
    expect(out).not.toContain('vault.azure.net');
  });

  it('finds the resource group by the name of the app', async () => {
    const { code, log } = await doctorOf(
      { [FIND]: { out: '["rg-mfa"]' }, [LIST]: { out: settingsList(GOOD) } },
      [],
    );

    expect(code).toBe(0);
    expect((await log()).split('\n')[1]).toContain('--resource-group rg-mfa --output json');
  });

  it.each<[string, AzAnswers, readonly string[], string]>([
    ['az is not signed in', {}, ['--resource-group', 'rg-mfa'], 'az login'],
    ['there is no such app', { [FIND]: { out: '[]' } }, [], 'finds no function app of this name'],
    ['there are two', { [FIND]: { out: '["a","b"]' } }, [], '--resource-group'],
    [
      'az answers something else',
      { [LIST]: { out: 'Hello' } },
      ['--resource-group', 'rg-mfa'],
      'no JSON',
    ],
  ])('says what to do where %s', async (_case, answers, args, words) => {
    const { code, err } = await doctorOf(answers, args);

    expect(code).toBe(2);
    expect(err).toContain(words);
    expect(err).not.toMatch(/nobody@|^\s+at /m);
  });

  it('says how to do it by hand where there is no az', async () => {
    const { code, err } = await runWarm(['doctor', '--app', 'func-mfa'], folder, { PATH: folder });

    expect(code).toBe(2);
    expect(err).toContain('report-now?check=true');
  });

  it('lets no name reach az that is none', async () => {
    const { code, err } = await runWarm(['doctor', '--app', 'a; rm -rf /'], folder);

    expect(code).toBe(2);
    expect(err).toContain('--app is no name of an Azure resource.');
  });
});
