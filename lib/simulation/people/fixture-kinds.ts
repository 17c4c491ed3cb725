import { guestOf, member, signsIn } from './fixture-user.ts';
import type { FixtureUser } from './fixture-user.ts';
import { AZURE_CLI, PORTAL } from './sign-in.ts';

const background = { kind: 'nonInteractive' } as const;

/** Accounts that are no employees with an authenticator: externals, agents, technical ones, and scoped roles. */
export const FIXTURES_KINDS: readonly FixtureUser[] = [
  member(
    'synchronised-member',
    'Veronika Stark',
    { ...guestOf('litware.example', 'veronika.stark'), guest: false, methods: [] },
    'external',
    'a Member from another tenant, by cross-tenant synchronisation',
  ),
  member(
    'external-by-identity',
    'Wendelin Auer',
    {
      methods: [],
      identities: [
        { signInType: 'federated', issuer: 'ExternalAzureAD', issuerAssignedId: null },
        {
          signInType: 'userPrincipalName',
          issuer: 'contoso.onmicrosoft.example',
          issuerAssignedId: 'external-by-identity@contoso.example',
        },
      ],
    },
    'external',
    'only the identities tell that the home is elsewhere',
  ),
  member(
    'external-without-row',
    'Ximena Ortega',
    { ...guestOf('fabrikam.example', 'ximena.ortega') },
    'external',
    'active, without a row, and uses nothing enforced',
  ),
  member(
    'guest-with-password',
    'Yannick Moreau',
    { guest: true, methods: [] },
    'missing',
    'a guest with a password of this tenant is no external',
  ),
  member(
    'agent',
    'Procurement Agent',
    { isAgent: true, methods: [], hasMailbox: false },
    'out-of-scope',
    'an AI agent, which can hold no method',
  ),
  member(
    'agent-at-work',
    'Cost Analysis Agent',
    {
      isAgent: true,
      methods: [],
      hasMailbox: false,
      habits: [signsIn(AZURE_CLI, 'refreshed', background)],
    },
    'out-of-scope',
    'an AI agent that uses Azure CLI',
  ),
  member(
    'monitoring-mailbox',
    'HealthMailbox-EXCH01-001',
    {
      methods: [],
      userPrincipalName: 'HealthMailboxc3d7722415ad41a5b19e3e00e165edbe@contoso.example',
      skuIds: [],
    },
    'out-of-scope',
    'a mailbox with which Exchange watches itself',
  ),
  member(
    'package-account',
    'Package account',
    {
      methods: [],
      userPrincipalName: 'package_5b2f7d10-6c3e-4f91-8a0d-2e94c7b61f38@contoso.example',
      skuIds: [],
    },
    'out-of-scope',
    'an account that a package was made with',
  ),
  member(
    'scoped-administrator',
    'Zuzanna Krawczyk',
    {
      methods: [],
      isAdmin: true,
      department: 'Retail operations',
      habits: [signsIn(PORTAL, 'password', { everyDays: 6 })],
    },
    'impact',
    'administers one unit only: no directory role shows it',
  ),
];
