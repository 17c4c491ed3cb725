import { fixtureId } from './fixture-user.ts';
import type { FixtureUser } from './fixture-user.ts';
import { DAY_MS, guid, hashText, MINUTE_MS, startOfDay } from './generated.ts';
import { ROLES } from './roles.ts';
import type { RoleName } from './roles.ts';

/** An entry of the directory's audit log. */
export interface Audit {
  readonly id: string;
  readonly atMs: number;
  readonly activity: string;
  readonly service: 'Authentication Methods' | 'PIM' | 'Core Directory';
  readonly category: 'UserManagement' | 'RoleManagement';
  readonly hasSucceeded: boolean;
  readonly userId: string;
  readonly userPrincipalName: string | null;
  readonly displayName: string;
  readonly roleName?: RoleName | undefined;
  readonly roleId?: string | undefined;
}

interface Happening {
  readonly key: string;
  readonly activity: string;
  /** Days before the story's last day, and the minute of that day. */
  readonly daysBefore: number;
  readonly minuteOfDay: number;
  readonly hasSucceeded?: boolean;
  readonly role?: RoleName;
}

/** What happened to methods and roles, in the words of the log. */
const HAPPENINGS: readonly Happening[] = [
  {
    key: 'registered-since',
    activity: 'User registered security info',
    daysBefore: 1,
    minuteOfDay: 1260,
  },
  {
    key: 'failed-to-register',
    activity: 'User registered security info',
    daysBefore: 1,
    minuteOfDay: 1265,
    hasSucceeded: false,
  },
  {
    key: 'loses-today',
    activity: 'Admin deleted security info',
    daysBefore: 1,
    minuteOfDay: 960,
  },
  {
    key: 'activates-role',
    activity: 'Add member to role completed (PIM activation)',
    daysBefore: 3,
    minuteOfDay: 540,
    role: 'User Administrator',
  },
  {
    key: 'emergency-passkey',
    activity: 'User registered all required security info',
    daysBefore: 1,
    minuteOfDay: 1300,
  },
  { key: 'missing', activity: 'Security info was polished', daysBefore: 1, minuteOfDay: 1310 },
];

const AUDIT_TAG = 45;

/** The audit log of the fixture users up to an instant, newest first. */
export function fixtureAudits(
  fixtures: readonly FixtureUser[],
  lastDay: Date,
  nowMs: number,
): readonly Audit[] {
  const lastDayMs = startOfDay(lastDay.getTime());
  return HAPPENINGS.flatMap((happening, index) => {
    const member = fixtures.find(({ key }) => key === happening.key);
    const atMs = lastDayMs - happening.daysBefore * DAY_MS + happening.minuteOfDay * MINUTE_MS;
    if (member === undefined || atMs > nowMs) {
      return [];
    }
    const { role } = happening;
    return [
      {
        id: guid(hashText(happening.key), AUDIT_TAG, index),
        atMs,
        activity: happening.activity,
        service: role === undefined ? ('Authentication Methods' as const) : ('PIM' as const),
        category: role === undefined ? ('UserManagement' as const) : ('RoleManagement' as const),
        hasSucceeded: happening.hasSucceeded ?? true,
        userId: fixtureId(happening.key),
        userPrincipalName: member.userPrincipalName,
        displayName: member.displayName,
        roleName: role,
        roleId: ROLES.find(({ displayName }) => displayName === role)?.roleTemplateId,
      },
    ];
  }).toSorted((one, other) => other.atMs - one.atMs);
}
