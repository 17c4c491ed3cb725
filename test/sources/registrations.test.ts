import { describe, expect, it } from '@jest/globals';
import { readRegistrations } from '../../lib/sources/registrations.ts';
import type { RegistrationsRead } from '../../lib/sources/registrations.ts';
import { anError, aPage, withGraph } from '../support/graph-client.ts';
import type { Script } from '../support/scripted-server.ts';

const ROW = {
  id: 'D1132181-5011-45B0-A957-9709CDA2816C',
  userPrincipalName: 'adele.vance@contoso.example',
  isAdmin: false,
  isSsprRegistered: true,
  isSsprEnabled: true,
  isSsprCapable: true,
  isMfaRegistered: true,
  isMfaCapable: true,
  isPasswordlessCapable: false,
  methodsRegistered: ['microsoftAuthenticatorPush', 'mobilePhone'],
  isSystemPreferredAuthenticationMethodEnabled: true,
  userPreferredMethodForSecondaryAuthentication: 'push',
  lastUpdatedDateTime: '2026-11-20T06:36:47Z',
};

function read(script: Script): Promise<RegistrationsRead> {
  return withGraph(script, ({ reader }) => readRegistrations(reader));
}

describe('readRegistrations', () => {
  it('finds a person by object id in lower case', async () => {
    const { registrations, coverage } = await read([aPage([ROW])]);

    expect(registrations.get('d1132181-5011-45b0-a957-9709cda2816c')).toEqual({
      isAdmin: false,
      isMfaRegistered: true,
      isMfaCapable: true,
      isPasswordlessCapable: false,
      isSsprCapable: true,
      isSsprEnabled: true,
      isSsprRegistered: true,
      isSystemPreferredAuthenticationMethodEnabled: true,
      methodsRegistered: ['microsoftAuthenticatorPush', 'mobilePhone'],
      defaultMfaMethod: 'push',
      lastUpdatedAt: Date.parse('2026-11-20T06:36:47Z'),
    });
    expect(coverage).toMatchObject({ state: 'complete', rows: 1, pages: 1 });
  });

  it('sends neither $select nor $top, which the report does not document', async () => {
    await withGraph([aPage([ROW])], async ({ reader, server }) => {
      await readRegistrations(reader);

      expect(server.requests[0]?.url).toBe(
        '/v1.0/reports/authenticationMethods/userRegistrationDetails',
      );
    });
  });

  it('prefers the method that beta names', async () => {
    const { registrations } = await read([aPage([{ ...ROW, defaultMfaMethod: 'mobilePhone' }])]);

    expect([...registrations.values()][0]?.defaultMfaMethod).toBe('mobilePhone');
  });

  it('S03: leaves unknown what a row says in a way that cannot be read, and counts the row', async () => {
    const { registrations, coverage } = await read([
      aPage([{ id: 'a', isMfaCapable: 'yes', methodsRegistered: [7, null, 'email'] }, ROW]),
    ]);

    const row = registrations.get('a');
    expect(row?.isMfaCapable).toBeUndefined();
    expect(row?.isMfaRegistered).toBeUndefined();
    expect(row?.methodsRegistered).toEqual(['email']);
    expect(coverage).toMatchObject({
      state: 'partial',
      cause: { because: 'Graph sent 1 row that could not be read' },
      undecodable: 1,
      provesAbsence: true,
    });
  });

  it('leaves unknown what a row does not say, which is no fault of the row', async () => {
    const { registrations, coverage } = await read([aPage([{ id: 'a', isMfaCapable: null }])]);

    expect(registrations.get('a')).toEqual({ methodsRegistered: [] });
    expect(coverage.state).toBe('complete');
  });

  it.each([[{}], [null], [7], [{ id: null }], [{ id: ' ' }], [{ id: 7 }], [{ id: '\ud800' }]])(
    'S03: does not know whose row %j is, so that no row proves nothing any more',
    async (lost) => {
      const { registrations, coverage } = await read([aPage([ROW, lost])]);

      expect(registrations.size).toBe(1);
      expect(coverage).toMatchObject({ state: 'partial', undecodable: 1, provesAbsence: false });
    },
  );

  it('S11: keeps 200 methods of a row that has 200,000, and says that it cut', async () => {
    const methodsRegistered = Array.from({ length: 200_000 }, (_, n) => `method ${n}`);

    const { registrations, coverage } = await read([aPage([{ ...ROW, methodsRegistered }])]);

    expect([...registrations.values()][0]?.methodsRegistered).toHaveLength(200);
    expect(coverage).toMatchObject({
      state: 'complete',
      notes: ['One text or list was longer than any that Entra allows, and was cut.'],
    });
  });

  it('keeps what was read before a failure, and says that it is not everything', async () => {
    const { registrations, coverage } = await read((request) =>
      request.url.includes('$skiptoken')
        ? anError(503)
        : aPage([ROW], request, '/v1.0/reports/x?$skiptoken=a'),
    );

    expect(registrations.size).toBe(1);
    expect(coverage).toMatchObject({
      state: 'partial',
      cause: { kind: 'fault' },
      rows: 1,
      pages: 1,
    });
  });

  it.each([
    ['licence', anError(403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant')],
    ['consent', anError(403, 'Authorization_RequestDenied')],
    ['fault', { body: '<html>' }],
  ])('is not available for lack of a %s', async (kind, step) => {
    const { registrations, coverage } = await read(() => step);

    expect(registrations.size).toBe(0);
    expect(coverage).toMatchObject({ state: 'not-available', cause: { kind } });
  });
});
