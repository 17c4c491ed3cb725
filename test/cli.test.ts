import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { FIELDS } from '../lib/settings/fields.ts';
import { startSimulatedTenant } from '../lib/simulation/tenant-server.ts';
import type { SimulatedTenant } from '../lib/simulation/tenant-server.ts';
import { VERSION } from '../lib/version.ts';
import { runCli } from './cli/run-cli.ts';
import type { Ended } from './cli/run-cli.ts';
import { runWarm } from './cli/warm-cli.ts';
import { isSample } from './support/extent.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'));
});
afterEach(() => rm(folder, { recursive: true }));

type Settings = Readonly<Record<string, string>>;

/** Runs the command line in a folder of its own, with these settings and no other. */
const cli = (args: readonly string[], env: Settings = {}, cwd = folder): Promise<Ended> =>
  runWarm(args, cwd, env);

/**
 * The same as a process of its own, which each command is at least once, `exceptions` and `demo` in test/cli: it has to
 * load and to come to an end. In a sample `run` does so for those that load as much.
 */
const coldCli = (args: readonly string[], env: Settings = {}): Promise<Ended> =>
  isSample && LIKE_RUN.has(args[0]!) ? cli(args, env) : runCli(args, folder, env);
const LIKE_RUN: ReadonlySet<string> = new Set(['preview', 'doctor', 'ingest']);

const COMMANDS = ['demo', 'preview', 'doctor', 'run', 'ingest', 'settings', 'exceptions'];

describe('help', () => {
  it('names every command and fits on a screen', async () => {
    const { code, out } = await coldCli(['--help']);

    expect(code).toBe(0);
    for (const command of COMMANDS) expect(out).toContain(`  ${command} `);
    expect(out.split('\n').length).toBeLessThanOrEqual(24);
  });

  it('is the same without a word, and for a command before or after its name', async () => {
    const [help, none, before, after] = await Promise.all([
      cli(['--help']),
      cli([]),
      cli(['help', 'run']),
      cli(['run', '--help']),
    ]);

    expect(none).toEqual(help);
    expect(before).toEqual(after);
    expect(after.out).toContain('--scheduled');
  });

  it('has colours where they are forced, and none where nobody sees them or NO_COLOR says so', async () => {
    const plain = await coldCli(['--help']);
    const forced = await coldCli(['--help'], { FORCE_COLOR: '1' });
    const refused = await coldCli(['--help'], { NO_COLOR: '1' });

    expect(plain.out).not.toContain('\u001B');
    expect(refused.out).toBe(plain.out);
    expect(forced.out).toContain('\u001B[');
    expect(stripVTControlCharacters(forced.out)).toBe(plain.out);
  });

  it('says its version', async () => {
    expect(await cli(['--version'])).toEqual({ code: 0, out: `${VERSION}\n`, err: '' });
  });
});

describe('misuse', () => {
  it.each([
    [['nothing'], "Unknown command 'nothing'."],
    [['constructor'], "Unknown command 'constructor'."],
    [['previw'], 'Did you mean preview?'],
    [['exceptions', 'lst'], 'Did you mean list?'],
    [['run', '--forec'], "Unknown option '--forec'"],
    [['run', '--schedule'], 'Did you mean --scheduled?'],
    [['run', 'contoso'], "Too many arguments for 'run'."],
    [['demo', '--show', 'sunny'], 'Allowed choices are normal, partial, clean'],
    [['exceptions', 'add', 'a@b.example'], "Required option '--until <day>' not specified"],
    [['demo', '--out', 'file'], '--out names a file; give a folder.'],
    [['demo', '--out', 'file/folder'], '--out leads through a file; give a folder.'],
    [['preview', '--out', 'file'], '--out names a file; give a folder.'],
    [['demo', '--out', '/proc/out/here'], '--out names a folder that cannot be made'],
    [['demo', '--people', 'many', '--seed', '0'], '--people must be a whole number'],
    [['demo', '--people', '10', '--seed', '0'], '--seed must be a whole number'],
    [['run', '--settings', 'missing.json'], 'missing.json cannot be read'],
  ])('ends %j with 2 and a line that says why', async (args, why) => {
    await writeFile(join(folder, 'file'), '');

    const { code, out, err } = await cli(args);

    expect(code).toBe(2);
    expect(err).toContain(why);
    expect(err).not.toMatch(/^\s+at /m);
    expect(out).toBe('');
  });

  it('names the help of the command that was misused', async () => {
    const { err } = await cli(['exceptions', 'add', 'anna@example.org']);

    expect(err).toContain('See npx mfa-gap exceptions add --help.\n');
  });
});

describe('run', () => {
  let tenant: SimulatedTenant;
  beforeEach(async () => {
    tenant = await startSimulatedTenant({ people: 0 });
  });
  afterEach(() => tenant.close());

  it('sends the digest on demand and says what it found', async () => {
    const { code, out, err } = await coldCli(['run'], tenant.settings);

    expect(code).toBe(0);
    expect(out).toMatch(
      /^The digest was sent\.\n {2}\d+ people in scope: \d+ stopped at MFA, \d+ in with one factor, /,
    );
    expect(err).toMatch(/^✓ MFA registrations {12}\d+ rows, 1 page$/m);
    expect(tenant.mails).toHaveLength(1);
  });

  it('sends the digest of an occurrence once with --scheduled', async () => {
    await cli(['run', '--scheduled'], tenant.settings);

    const { code, out } = await cli(['run', '--scheduled'], tenant.settings);

    expect({ code, out }).toEqual({
      code: 0,
      out: 'The digest of this occurrence is already done.\n',
    });
    expect(tenant.mails).toHaveLength(1);
  });

  it('takes what the environment lacks from local.settings.json', async () => {
    const { EMAIL_TO: _to, ...others } = tenant.settings;
    const values = { EMAIL_TO: 'soc@contoso.example', GRAPH_ENDPOINT: 'https://never.example' };
    await writeFile(join(folder, 'local.settings.json'), JSON.stringify({ Values: values }));

    const { code } = await cli(['run'], others);

    expect(code).toBe(0);
    const mail = await PostalMime.parse(String(tenant.mails[0]?.body));
    expect(mail.to?.map(({ address }) => address)).toEqual(['soc@contoso.example']);
  });

  it('ends with 1 where a source could not be read', async () => {
    tenant.addFault({ endpoint: 'registrations', kind: 'noConsent' });

    const { code, out, err } = await cli(['run'], tenant.settings);

    expect(code).toBe(1);
    expect(out).toContain('PARTIAL');
    expect(err).toMatch(/^! MFA registrations .*not read, because /m);
  });

  it('ends with 1 where the mail was refused', async () => {
    tenant.addFault({ endpoint: 'sendMail', kind: 'noMailbox' });

    const { code, err } = await cli(['run'], tenant.settings);

    expect(code).toBe(1);
    expect(err).toContain('(mail_rejected');
  });

  it('ends with 2 and one line where the people cannot be read, and waits for nothing else', async () => {
    tenant.addFault({ endpoint: 'users', kind: 'noConsent' });
    tenant.addFault({ endpoint: 'registrations', kind: 'hang' });

    const { code, err } = await coldCli(['run'], tenant.settings);

    expect(code).toBe(2);
    expect(err).toContain('(graph_denied');
    expect(err).not.toMatch(/^\s+at /m);
  });

  it('ends with 2 and a line for each setting that cannot be used', async () => {
    const { code, err } = await cli(['run'], { SEND_WHEN: 'never' });

    expect(code).toBe(2);
    expect(err.match(/^ {2}[A-Z_]+ (must|is)/gm)).toEqual([
      '  SEND_WHEN must',
      '  EMAIL_FROM is',
      '  EMAIL_TO is',
    ]);
  });

  it('warns at the start of a name that looks like a setting', async () => {
    const { code, err } = await cli(['run'], { ...tenant.settings, SEND_WHENN: 'always' });

    expect(code).toBe(0);
    expect(err).toMatch(/^! settings: SEND_WHENN is set and is no setting.*SEND_WHEN\?/m);
  });

  const counts = {
    isPartial: false,
    hits: { impact: { people: { kind: 'exact' } } },
    notComplete: [],
  };

  it.each([
    ['run', { outcome: 'sent', ...counts }],
    ['preview', { outcome: 'previewed', ...counts }],
    ['doctor', { problems: 0, findings: expect.arrayContaining([]) }],
  ])('prints nothing but JSON, and nobody’s name, with %s --json', async (command, expected) => {
    const { code, out } = await cli([command, '--json'], tenant.settings);

    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject(expected);
    expect(/@contoso|Montoya/.test(out)).toBe(false);
  });

  it('opens the preview in a browser', async () => {
    const opened = join(folder, 'opened');
    const browser = join(folder, 'browser');
    await writeFile(
      browser,
      `#!/bin/sh\necho "$1" > '${opened}.part' && mv '${opened}.part' '${opened}'\n`,
    );
    await chmod(browser, 0o755);
    const env = { ...tenant.settings, PATH: process.env['PATH'] ?? '', BROWSER: browser };

    const { code } = await coldCli(['preview', '--open'], env);

    for (let tries = 0; !existsSync(opened) && tries < 1_000; tries += 1) await sleep(20);
    expect(code).toBe(0);
    expect(await readFile(opened, 'utf8')).toContain('out/preview/digest.html');
  });

  it('moves the ledger with ingest', async () => {
    const { code, out } = await coldCli(['ingest'], tenant.settings);

    expect(code).toBe(0);
    expect(out).toMatch(/^The ledger has moved on: [\d,]+ sign-ins read\.\n$/);
    expect(tenant.mails).toEqual([]);
  });

  it('checks what a run needs with doctor', async () => {
    const fine = await coldCli(['doctor'], tenant.settings);
    const broken = await cli(['doctor'], { ...tenant.settings, EMAIL_TO: 'nobody' });

    expect(fine.code).toBe(0);
    expect(fine.out).toMatch(/^✓ ok/m);
    expect(broken.code).toBe(1);
    expect(broken.out).toMatch(/^✗ problem {2}settings .*EMAIL_TO/m);
  });

  it('leaves a preview in a folder and sends nothing', async () => {
    const { code, out } = await cli(['preview', '--out', 'seen'], tenant.settings);

    const names = await readdir(join(folder, 'seen'));
    expect(code).toBe(0);
    expect(out).toContain('seen/digest.html');
    expect(names).toEqual(expect.arrayContaining(['digest.html', 'digest.txt']));
    expect(tenant.mails).toEqual([]);
  });
});

describe('settings', () => {
  it('prints value, source and default of what is in force, and neither addresses nor secrets', async () => {
    const values = { STOPPED_DAYS: '7', SEND_WHEN: 'changes' };
    await writeFile(join(folder, 'local.settings.json'), JSON.stringify({ Values: values }));
    const env = {
      SEND_WHEN: 'always',
      EMAIL_TO: 'a@contoso.example;b@contoso.example',
      AZURE_CLIENT_SECRET: 'a-secret',
    };

    const { code, out } = await coldCli(['settings'], env);

    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}SEND_WHEN +always +environment, default hits$/m);
    expect(out).toMatch(/^ {2}STOPPED_DAYS +7 +local\.settings\.json, default 14$/m);
    expect(out).toMatch(/^ {2}EMAIL_TO +2 addresses +environment$/m);
    expect(out).toMatch(/^ {2}MAX_ROWS_IN_EMAIL +10$/m);
    expect(out).toContain('AZURE_CLIENT_SECRET');
    expect(out).not.toMatch(/a-secret|@contoso/);
    expect((await cli(['settings', '--reveal'], env)).out).toContain(env.EMAIL_TO);
  });

  it('tells of a name that looks like a setting, there, in doctor and at the start of a run', async () => {
    const { code, out } = await coldCli(['settings'], { EMIAL_TO: 'x' });
    const doctor = await cli(['doctor'], { EMIAL_TO: 'x', GRAPH_AUTH: 'environment' });
    const run = await cli(['run'], { EMIAL_TO: 'x', EMAIL_FROM: 'a@contoso.example' });

    expect(code).toBe(1);
    expect(out).toContain('! EMIAL_TO is set and is no setting. Did you mean EMAIL_TO?');
    expect(doctor.out.replaceAll(/\s+/g, ' ')).toContain('EMIAL_TO is set and is no setting');
    expect(run.err).toContain('EMIAL_TO is set: did you mean EMAIL_TO?');
  });

  it('explains every setting', async () => {
    const { out } = await coldCli(['settings', '--explain']);

    for (const { setting, meaning } of Object.values(FIELDS)) {
      expect(out).toContain(`  ${setting}`);
      expect(out.replaceAll(/\s+/g, ' ')).toContain(meaning);
    }
  });
});

describe('demo', () => {
  let home: string;
  let left: string;
  let played: Ended;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'demo-'));
    left = join(home, 'out/demo');
    played = await cli(['demo', '--days', '3'], {}, home);
  });
  afterAll(() => rm(home, { recursive: true }));

  it('plays one morning after the other, in silence but for the day', () => {
    const { code, out, err } = played;

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(
      out.match(/^ {2}\d{4}-\d\d-\d\d {2}\d+ stopped at MFA, \d+ in with one factor, /gm),
    ).toHaveLength(3);
  });

  it('leaves the mail in three forms and every file that is attached, and says where', async () => {
    const names = await readdir(left);
    const mail = await PostalMime.parse(await readFile(join(left, 'digest.eml')));
    const html = await readFile(join(left, 'digest.html'), 'utf8');

    expect(mail.html?.trim()).toBe(html.trim());
    expect(new Set(mail.attachments.map(({ filename }) => filename))).toEqual(
      new Set(names.filter((name) => /\.(?:csv|xlsx)$/.test(name))),
    );
    for (const name of names.filter((each) => !each.startsWith('day-'))) {
      expect(played.out).toContain(join('out/demo', name));
    }
  });

  it('leaves the mails of the days before, and no stored state', async () => {
    const names = await readdir(left);

    expect(
      names.filter((name) => !/^(digest|Identity_Overview|mfa-gaps)/.test(name)).sort(),
    ).toEqual(['day-1.eml', 'day-2.eml']);
  });

  it('has an exception near its end', async () => {
    const file = await readFile(join(left, 'Identity_Overview_Excepted.csv'), 'utf8');

    expect(file).toContain('Security key is ordered');
  });

  it('has departments, and no name that is hostile', async () => {
    const html = await readFile(join(left, 'digest.html'), 'utf8');
    const people = await readFile(join(left, 'Identity_Overview.csv'), 'utf8');

    expect(people).toContain('Platform engineering');
    expect(/By department: \w/.test(html)).toBe(true);
    expect(people.match(/onerror|constructor|elsewhere\.example|cli-impact@/)).toBeNull();
  });

  it.each([
    ['free', /  PARTIAL, .*not known how many stopped at MFA/],
    ['clean', /  nobody in any list; the first report/],
    ['partial', /  PARTIAL, .*not known how many stopped at MFA/],
  ])('shows a day that is %s as what it is', async (day, line) => {
    const { code, out, err } = await cli(['demo', '--days', '1', '--show', day]);

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(line);
  });

  it('shows hostile names where they are asked for, and only as text', async () => {
    await cli(['demo', '--days', '1', '--show', 'hostile']);

    const html = await readFile(join(folder, 'out/demo/digest.html'), 'utf8');
    const people = await readFile(join(folder, 'out/demo/Identity_Overview.csv'), 'utf8');
    expect(/onerror/.test(people)).toBe(true);
    expect(/<img src=x|href="[^"]*elsewhere/.test(html)).toBe(false);
  });
});
