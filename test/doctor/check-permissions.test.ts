import { describe, expect, it } from '@jest/globals';
import { checkPermissions } from '../../lib/doctor/check-permissions.ts';
import type { Finding } from '../../lib/doctor/check.ts';
import { toLogFacts } from '../../lib/doctor/render-findings.ts';
import { aCheckContext, theFinding } from './a-check-context.ts';

const READING = ['AuditLog.Read.All', 'Directory.Read.All', 'UserAuthenticationMethod.Read.All'];

describe('checkPermissions', () => {
  it.each([
    ['all four', 'false', [...READING, 'Mail.Send']],
    ['three where sending is granted in Exchange', 'True', READING],
  ])('is content with %s', async (_what, MAILBOX_SCOPING, roles) => {
    const finding = await theFinding(check(roles, { MAILBOX_SCOPING }));

    expect(finding.level).toBe('ok');
  });

  it('does not claim that Exchange lets a scoped app send', async () => {
    const { what } = await theFinding(check(READING, { MAILBOX_SCOPING: 'true' }));

    expect(what).toContain('not provable without sending');
  });

  it.each([
    ['Directory.Read.All', 'problem', 'no digest'],
    ['AuditLog.Read.All', 'problem', 'PARTIAL'],
    ['UserAuthenticationMethod.Read.All', 'warning', 'registered methods'],
    ['Mail.Send', 'problem', 'cannot be sent'],
  ])('says what the lack of %s costs', async (lacking, level, cost) => {
    const roles = [...READING, 'Mail.Send'].filter((role) => role !== lacking);

    const finding = await theFinding(check(roles));

    expect(finding).toMatchObject({ level, facts: { missing: [lacking] } });
    expect(finding.what).toContain(`${lacking} is missing: `);
    expect(finding.what).toContain(cost);
    expect(finding.todo).toContain(`Grant ${lacking} with infra/scripts/grant-graph-roles.sh`);
  });

  it('names everything that is missing from a token without roles', async () => {
    const findings = await check([]);

    expect([...(toLogFacts(findings)['missing'] as string[])].sort()).toEqual(
      [...READING, 'Mail.Send'].sort(),
    );
  });

  it('calls Mail.Send a problem where sending is granted in Exchange, because grants add up', async () => {
    const finding = await theFinding(check([...READING, 'Mail.Send'], { MAILBOX_SCOPING: 'true' }));

    expect(finding).toMatchObject({ level: 'problem', facts: { surplus: ['Mail.Send'] } });
    expect(finding.what).toContain('every mailbox');
  });

  it('warns of what the product does not ask for, apart from Mail.Send', async () => {
    const roles = [...READING, 'Mail.Send', 'User.ReadWrite.All', 'Mail.ReadWrite', 'a\u001B[2J'];

    const findings = await check(roles, { MAILBOX_SCOPING: 'true' });

    expect(findings.map(({ level }) => level)).toEqual(['problem', 'warning']);
    expect(findings[1]?.what).toContain(
      ': Mail.ReadWrite, User.ReadWrite.All, 1 that cannot be shown.',
    );
  });

  it('does not know the permissions of a token that cannot be read', async () => {
    expect(await checkPermissions(aCheckContext({ claims: {} }))).toEqual([]);
  });

  describe('for a person who signed in', () => {
    const asPerson = { GRAPH_AUTH: 'device-code', MAILBOX_SCOPING: 'true' };

    it('asks for Mail.Send whatever MAILBOX_SCOPING says', async () => {
      const finding = await theFinding(check(READING, asPerson, 'scp'));

      expect(finding).toMatchObject({ level: 'problem', facts: { missing: ['Mail.Send'] } });
      expect(finding.todo).toContain('consent');
    });

    it('passes over what every sign-in brings along', async () => {
      const scopes = [...READING, 'Mail.Send', 'openid', 'profile', 'email', 'offline_access'];

      expect(await theFinding(check(scopes, asPerson, 'scp'))).toMatchObject({
        level: 'ok',
        what: 'The four permissions are there, and no other.',
      });
    });

    it('names the consents that other tools gathered, without alarm', async () => {
      const finding = await theFinding(check([...READING, 'Mail.Send', 'User.Read'], asPerson));

      expect(finding).toMatchObject({ level: 'ok', facts: { surplus: ['User.Read'] } });
    });
  });
});

function check(
  permissions: readonly string[],
  settings: Readonly<Record<string, string>> = {},
  claim: 'roles' | 'scp' = 'roles',
): Promise<readonly Finding[]> {
  const granted = claim === 'roles' ? permissions : permissions.join(' ');
  const claims = { tid: 'f1f1f1f1-0000-4000-8000-000000000001', [claim]: granted };
  return checkPermissions(aCheckContext({ settings, claims }));
}
