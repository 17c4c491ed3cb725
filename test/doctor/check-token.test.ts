import { describe, expect, it } from '@jest/globals';
import { checkToken, listPermissions } from '../../lib/doctor/check-permissions.ts';
import { MailerError } from '../../lib/errors.ts';
import { aCheckContext, theFinding } from './a-check-context.ts';

const TENANT = 'f1f1f1f1-0000-4000-8000-000000000001';

describe('checkToken', () => {
  it('lists the permissions that the token carries', async () => {
    const context = aCheckContext({
      claims: { tid: TENANT, roles: ['Mail.Send', 'AuditLog.Read.All', 'Mail.Send'] },
    });

    const finding = await theFinding(checkToken(context));

    expect(finding.level).toBe('ok');
    expect(finding.what).toContain('carries AuditLog.Read.All, Mail.Send.');
  });

  it('says that a token without roles carries none', async () => {
    const context = aCheckContext({ claims: { tid: TENANT } });

    expect((await theFinding(checkToken(context))).what).toContain('carries no permission.');
  });

  it('reads the scopes of a person and says that they reach as far as the person', async () => {
    const context = aCheckContext({
      settings: { GRAPH_AUTH: 'device-code' },
      claims: { tid: TENANT, scp: 'Mail.Send openid' },
    });

    expect((await theFinding(checkToken(context))).what).toContain(
      'carries Mail.Send, openid, as far as the person who signed in may use it.',
    );
  });

  it.each([
    ['nothing', {}],
    ['a list', [1, 2]],
    ['claims of other kinds', { tid: 7, roles: 'Mail.Send', scp: ['Mail.Send'] }],
  ])('does not know the permissions of a token that holds %s', async (_what, claims) => {
    const finding = await theFinding(checkToken(aCheckContext({ claims })));

    expect(finding.level).toBe('warning');
    expect(finding.what).toBe('The token cannot be read, so its permissions are not known.');
  });

  it('warns of a token that does not say its tenant', async () => {
    const findings = await checkToken(aCheckContext({ claims: { roles: ['Mail.Send'] } }));

    expect(findings.map(({ level }) => level)).toEqual(['ok', 'warning']);
  });

  it('says what to do where there is no token', async () => {
    const context = aCheckContext();
    const failing = new MailerError('token_unavailable', {
      what: 'There is no token.',
      todo: 'Check GRAPH_AUTH.',
    });
    const session = { ...context.session, claims: () => Promise.reject(failing) };

    expect(await theFinding(checkToken({ ...context, session }))).toEqual({
      check: 'token',
      level: 'problem',
      what: 'There is no token.',
      todo: 'Check GRAPH_AUTH.',
    });
  });
});

describe('listPermissions', () => {
  it('only counts names that are no names', () => {
    const permissions = ['Mail.Send', '\u001B[31mred', 'a\nb', 'x'.repeat(81), 'digest@example'];

    expect(listPermissions(permissions)).toEqual(['Mail.Send', '4 that cannot be shown']);
  });
});
