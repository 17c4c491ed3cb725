import { guid } from './generated.ts';

/** A directory role that is activated in the tenant. */
export interface DirectoryRole {
  readonly id: string;
  readonly displayName: RoleName;
  readonly roleTemplateId: string;
}

const TEMPLATES = {
  'Global Administrator': '62e90394-69f5-4237-9190-012177145e10',
  'Privileged Role Administrator': 'e8611ab8-c189-46e8-94e1-60213ab1f814',
  'User Administrator': 'fe930be7-5e62-47db-91af-98c3a49a38b1',
  'Security Reader': '5d6b6bb7-de71-4623-b4af-96380a352509',
  'Reports Reader': '4a5d8f65-41da-4de4-8968-e035b65339cf',
  'Message Center Reader': '790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b',
  'Directory Readers': '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
  'Directory Synchronization Accounts': 'd29b2b05-8046-44ba-8758-1e26182fcf32',
  'On Premises Directory Sync Account': 'a92aed5d-d78a-4d16-b381-09adb37eb3b0',
} as const;

export type RoleName = keyof typeof TEMPLATES;

/** The one role that generated people hold. It is not a privileged one. */
export const CROWD_ROLE: RoleName = 'Reports Reader';

const ROLE_TAG = 2;

/** The activated roles, by Microsoft's names and template ids. */
export const ROLES: readonly DirectoryRole[] = (Object.keys(TEMPLATES) as RoleName[]).map(
  (displayName, index) => ({
    id: guid(0, ROLE_TAG, index),
    displayName,
    roleTemplateId: TEMPLATES[displayName],
  }),
);

/** A group that holds a role, with the members that it has itself or through a nested group. */
export interface RoleGroup {
  readonly id: string;
  readonly displayName: string;
  readonly role: RoleName;
  readonly nestedGroupId: string;
  readonly nestedGroupName: string;
  readonly memberKeys: readonly string[];
}

const GROUP_TAG = 3;

export const ROLE_GROUPS: readonly RoleGroup[] = [
  {
    id: guid(0, GROUP_TAG, 0),
    displayName: 'Service desk',
    role: 'User Administrator',
    nestedGroupId: guid(0, GROUP_TAG, 1),
    nestedGroupName: 'Service desk, night shift',
    memberKeys: ['powershell-by-group', 'portal-covered'],
  },
];

const PRINCIPAL_TAG = 4;

/** Workloads that hold a role: no people. */
export const SERVICE_PRINCIPALS: readonly {
  readonly id: string;
  readonly displayName: string;
  readonly role: RoleName;
}[] = [
  { id: guid(0, PRINCIPAL_TAG, 0), displayName: 'Inventory collector', role: 'Directory Readers' },
  { id: guid(0, PRINCIPAL_TAG, 1), displayName: 'Onboarding bot', role: 'User Administrator' },
];
