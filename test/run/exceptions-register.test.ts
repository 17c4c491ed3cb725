import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { withException } from '../../lib/findings/write-exceptions.ts';
import { parseExceptions } from '../../lib/findings/read-exceptions.ts';
import { openRegister } from '../../lib/run/exceptions-register.ts';
import type { Register } from '../../lib/run/exceptions-register.ts';
import type { Ports } from '../../lib/session/ports.ts';
import { FIXTURE_USERS } from '../../lib/simulation/people/fixture-users.ts';
import { startSimulatedTenant } from '../../lib/simulation/tenant-server.ts';
import type { SimulatedTenant } from '../../lib/simulation/tenant-server.ts';
import { addDays } from '../../lib/utc-day.ts';
import { startHastyTime } from '../support/hasty-time.ts';
import { relayIdentityTo } from '../support/identity-relay.ts';

const NOW = new Date('2026-11-21T06:00:00Z');
const TODAY = '2026-11-21';

let tenant: SimulatedTenant;
beforeAll(async () => {
  tenant = await startSimulatedTenant({ clock: () => NOW, people: 0 });
  const { IDENTITY_ENDPOINT = '', IDENTITY_HEADER = '' } = tenant.settings;
  await relayIdentityTo(IDENTITY_ENDPOINT, IDENTITY_HEADER);
});
afterAll(() => tenant.close());

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'register-'));
});
afterEach(() => rm(folder, { recursive: true }));

function open(settings: Readonly<Record<string, string>> = {}): Promise<Register> {
  const ports: Ports = {
    environment: { ...tenant.settings, STATE_LOCATION: `folder:${folder}`, ...settings },
    clock: () => NOW,
    random: () => 0,
    sleep: startHastyTime(NOW, { passesLimits: false }).sleep,
    log: () => undefined,
    onProgress: () => undefined,
    prompt: () => undefined,
  };
  return openRegister({ ports, defaultState: { kind: 'none' } });
}

const aLine = (person: string, expires: string) => ({
  person,
  reason: 'Key, "FIDO2", is ordered',
  approvedBy: 'CISO',
  expires,
});
const nameOf = (key: string) =>
  FIXTURE_USERS.find((member) => member.key === key)?.userPrincipalName ?? 'nobody';
const stored = () => readFile(join(folder, 'exceptions.csv'), 'utf8');

describe('a line that is added', () => {
  it('begins the register where there is none, and is read as it was given', async () => {
    const register = await open();
    await register.add(aLine('anna@contoso.example', '2026-12-01'));

    expect(await register.read()).toEqual({
      state: 'read',
      lines: [{ line: 2, ...aLine('anna@contoso.example', '2026-12-01') }],
    });
  });

  it('leaves every byte that others wrote, their columns and their separator', async () => {
    const written =
      '\uFEFFExpires;Person;Approved_By;Reason;Ticket\n2026-11-30;bo@contoso.example;CIO;"a;b";7';
    await writeFile(join(folder, 'exceptions.csv'), written);

    await (await open()).add(aLine('anna@contoso.example', '2026-12-01'));

    expect(await stored()).toBe(
      `${written}\n2026-12-01;anna@contoso.example;CISO;"Key, ""FIDO2"", is ordered";\n`,
    );
  });

  it('is not lost where twelve are added at the same moment', async () => {
    const people = Array.from({ length: 12 }, (_, index) => `person${index}@contoso.example`);

    await Promise.all(
      people.map(async (person) => (await open()).add(aLine(person, '2026-12-01'))),
    );

    const read = await (await open()).read();
    const lines = read.state === 'read' ? read.lines : [];
    expect(lines.map(({ person }) => person).toSorted()).toEqual(people.toSorted());
  });

  it('is not added beside one that lasts as long, or to a file that is no register', async () => {
    const register = await open();
    await register.add(aLine('anna@contoso.example', '2026-12-01'));
    const before = await stored();

    await expect(register.add(aLine('ANNA@contoso.example', '2026-11-30'))).rejects.toThrow(
      /^Line 2 of exceptions\.csv excepts this person until 2026-12-01 already/,
    );
    expect(await stored()).toBe(before);
    await writeFile(join(folder, 'exceptions.csv'), 'name,until\n');
    await expect(register.add(aLine('bo@contoso.example', '2026-12-01'))).rejects.toThrow(/header/);
    expect(await stored()).toBe('name,until\n');
  });

  it.each(['anna', 'a;b', 'a"b"', ' blank ', 'ünï—code'])('gives %j back as it was', (reason) => {
    const line = { ...aLine('anna@contoso.example', '2026-12-01'), reason: reason.trim() };

    for (const header of [
      'person,reason,approved by,expires\r\n',
      'person;reason;approved by;expires',
    ]) {
      expect(parseExceptions(withException(Buffer.from(header), line))).toEqual({
        state: 'read',
        lines: [{ line: 2, ...line }],
      });
    }
  });
});

describe('a line that is judged', () => {
  async function refusalOf(person: string, days: number, settings = {}) {
    const register = await open(settings);
    const line = { line: 1, ...aLine(person, addDays(TODAY, days)) };
    return (await register.judge([line])).refused.map(({ because }) => because);
  }

  it.each([
    ['an ordinary person, for long', 'missing', 400],
    ['a guest', 'guest-home-mfa', 30],
    ['an administrator, for 90 days', 'portal-impact', 90],
  ])('is taken for %s', async (_who, key, days) => {
    expect(await refusalOf(nameOf(key), days)).toEqual([]);
  });

  it.each([
    ['an administrator, for 91 days', 'portal-impact', 91, /holds a directory role.*90 days/],
    ['a role through a group', 'powershell-by-group', 91, /holds a directory role.*90 days/],
    ['a role that only the report knows', 'scoped-administrator', 91, /holds a directory role/],
    ['an emergency account', 'emergency-bare', 1, /emergency account, which is never excepted/],
    ['yesterday', 'missing', -1, /expiry has passed/],
  ])('is refused for %s', async (_who, key, days, because) => {
    expect(await refusalOf(nameOf(key), days)).toEqual([expect.stringMatching(because)]);
  });

  it('is refused for somebody not in the directory', async () => {
    expect(await refusalOf('stranger@elsewhere.example', 10)).toEqual([
      'Nobody in the tenant has this user principal name or object id.',
    ]);
  });

  it('is refused for long where it is not known who holds a role', async () => {
    tenant.addFault({ endpoint: 'roles', kind: 'noConsent', times: 1 });

    expect(await refusalOf(nameOf('missing'), 91)).toEqual([
      expect.stringMatching(/not known whether the person holds a directory role/),
    ]);
  });

  it('can be judged without the tenant for up to 90 days', async () => {
    const register = await open();
    const [short, long] = [90, 91].map((days) => ({
      line: 1,
      ...aLine('a@b.example', addDays(TODAY, days)),
    }));

    expect(register.judgeOffline([short!])).toEqual([]);
    expect(register.judgeOffline([long!])).toEqual([
      { line: 1, because: expect.stringMatching(/without the tenant it is not known/) },
    ]);
  });
});

describe('the register', () => {
  it('is nowhere without stored state, and says so', async () => {
    await expect(open({ STATE_LOCATION: 'none' })).rejects.toMatchObject({
      code: 'settings_invalid',
      message: expect.stringContaining('STATE_LOCATION'),
    });
  });
});
