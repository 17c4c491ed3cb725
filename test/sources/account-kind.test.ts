import { describe, expect, it } from '@jest/globals';
import { accountKind, homeAddress } from '../../lib/sources/account-kind.ts';
import type { Identity } from '../../lib/sources/account-kind.ts';

const OWN_DOMAINS = new Set(['contoso.example', 'contoso.onmicrosoft.example']);
const OWN_ISSUER = 'contoso.onmicrosoft.example';

function identity(
  signInType: string | undefined,
  issuer: string,
  issuerAssignedId?: string,
): Identity {
  return { signInType, issuer, issuerAssignedId };
}

const own = identity('userPrincipalName', OWN_ISSUER, 'adele.vance@contoso.example');

function account(about: {
  readonly name?: string;
  readonly odataType?: string;
  readonly identities?: readonly Identity[];
}) {
  const { name = 'adele.vance@contoso.example', identities = [own], odataType } = about;
  return { userPrincipalName: name, odataType, identities };
}

describe('accountKind', () => {
  it.each([
    ['an employee', account({}), 'person'],
    ['an account of which nothing else is known', account({ identities: [] }), 'person'],
    ['an agent', account({ odataType: '#microsoft.graph.agentUser' }), 'agent'],
    ['a user whose type is named', account({ odataType: '#microsoft.graph.user' }), 'person'],
    [
      'a monitoring mailbox of Exchange',
      account({ name: 'HealthMailboxc3d7722415ad41a5@contoso.example' }),
      'technical',
    ],
    [
      'an account that a partner’s package made',
      account({ name: 'package_5b2f7d10-6c3e-4f91-8a0d-2e94c7b61f38@contoso.example' }),
      'technical',
    ],
    ['somebody with a long name', account({ name: 'package_manager@contoso.example' }), 'person'],
    [
      'an invited person',
      account({ name: 'anna_fabrikam.example#EXT#@contoso.onmicrosoft.example', identities: [] }),
      'external',
    ],
    ['a mark in lower case', account({ name: 'anna_x.example#ext#@contoso.example' }), 'external'],
    [
      'somebody of another tenant',
      account({ identities: [own, identity('federated', 'ExternalAzureAD')] }),
      'external',
    ],
    ['a Microsoft account', account({ identities: [identity('federated', 'MSA')] }), 'external'],
    [
      'somebody with a passcode by mail',
      account({ identities: [identity('federated', 'mail', 'anna@fabrikam.example')] }),
      'external',
    ],
    [
      'an issuer under a type that is not said',
      account({ identities: [identity(undefined, 'fabrikam.example')] }),
      'external',
    ],
    [
      'an employee who signs in through a federated domain of the tenant',
      account({ identities: [identity('federated', 'Contoso.example')] }),
      'person',
    ],
    [
      'a guest with a password of this tenant',
      account({ identities: [identity('emailAddress', OWN_ISSUER, 'anna@fabrikam.example')] }),
      'person',
    ],
  ])('takes %s for what it is', (_, of, kind) => {
    expect(accountKind(of, OWN_DOMAINS)).toBe(kind);
  });

  it('takes own domains from the name where the tenant’s are not known', () => {
    const one = account({ identities: [identity('federated', 'contoso.example')] });

    expect(accountKind(one, new Set())).toBe('person');
  });
});

describe('homeAddress', () => {
  const name = 'anna_lee_fabrikam.example#EXT#@contoso.onmicrosoft.example';

  it('reads the address back from the name that an invitation makes of it', () => {
    expect(homeAddress(account({ name, identities: [] }), undefined)).toBe(
      'anna_lee@fabrikam.example',
    );
  });

  it('prefers the address of the mailbox, and before it the one that the identity has', () => {
    const mailed = identity('federated', 'mail', 'anna@fabrikam.example');

    expect(homeAddress(account({ name }), 'a.lee@fabrikam.example')).toBe('a.lee@fabrikam.example');
    expect(homeAddress(account({ name, identities: [mailed] }), 'a.lee@fabrikam.example')).toBe(
      'anna@fabrikam.example',
    );
  });

  it.each(['#EXT#@contoso.example', '_#EXT#@contoso.example', 'adele.vance@contoso.example'])(
    'gives none where %s holds none',
    (plain) => {
      expect(homeAddress(account({ name: plain }), undefined)).toBeUndefined();
    },
  );
});
