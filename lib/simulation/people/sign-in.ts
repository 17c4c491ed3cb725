import type { Outcome } from './outcomes.ts';

export const SIGN_IN_KINDS = ['interactive', 'nonInteractive'] as const;
export type SignInKind = (typeof SIGN_IN_KINDS)[number];

/** Who signs in, as sign-in rows name them. */
export interface SignInPerson {
  readonly id: string;
  readonly displayName: string;
  /** Lower case, and for a guest the address at home. */
  readonly signInName: string;
  readonly guest: boolean;
  /** Whether another tenant is the person's home. */
  readonly isExternal: boolean;
  /** Set for another tenant's technician, whose id is in nobody's `/users`. */
  readonly isServiceProvider?: boolean;
}

/** One sign-in event; the sign-ins endpoint writes it as a Graph row. */
export interface SignIn {
  readonly id: string;
  readonly atMs: number;
  readonly kind: SignInKind;
  readonly application: Application;
  readonly resource: Resource;
  readonly outcome: Outcome;
  readonly person: SignInPerson;
}

/** A client application as sign-in rows name it, with the resource that it usually asks for. */
export interface Application {
  readonly id: string;
  readonly name: string;
  readonly resource: Resource;
}

export interface Resource {
  readonly id: string;
  readonly name: string;
}

export const RESOURCE_MANAGER: Resource = {
  id: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
  name: 'Windows Azure Service Management API',
};
export const MICROSOFT_GRAPH: Resource = {
  id: '00000003-0000-0000-c000-000000000000',
  name: 'Microsoft Graph',
};
const EXCHANGE: Resource = {
  id: '00000002-0000-0ff1-ce00-000000000000',
  name: 'Office 365 Exchange Online',
};

const application = (id: string, name: string, resource: Resource): Application => ({
  id,
  name,
  resource,
});

export const PORTAL = application(
  'c44b4083-3bb0-49c1-b47d-974e53cbdf3c',
  'Azure Portal',
  MICROSOFT_GRAPH,
);
export const ADMIN_CENTRE = application(
  '618dd325-23f6-4b6f-8380-4df78026e39b',
  'Microsoft 365 Admin portal',
  MICROSOFT_GRAPH,
);
export const OFFICE_PORTAL = application(
  '00000006-0000-0ff1-ce00-000000000000',
  'Microsoft Office 365 Portal',
  MICROSOFT_GRAPH,
);
export const AZURE_CLI = application(
  '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
  'Microsoft Azure CLI',
  RESOURCE_MANAGER,
);
export const AZURE_POWERSHELL = application(
  '1950a258-227b-4e31-a9cf-717495945fc2',
  'Microsoft Azure PowerShell',
  RESOURCE_MANAGER,
);
export const AZURE_MOBILE = application(
  '0c1307d4-29d6-4389-a11c-5cbe7f65d7fa',
  'Azure mobile app',
  RESOURCE_MANAGER,
);

/** A client of the tenant's own: only its resource tells that it manages Azure. */
export const TERRAFORM = application(
  '7e6f1a52-9b0c-4d83-8a4e-5c2d90b1f3a7',
  'Landing zone Terraform',
  RESOURCE_MANAGER,
);
export const TEAMS = application(
  '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
  'Microsoft Teams',
  MICROSOFT_GRAPH,
);
export const OUTLOOK = application(
  '9199bf20-a13f-4107-85dc-02114787ef48',
  'One Outlook Web',
  EXCHANGE,
);
