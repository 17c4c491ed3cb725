import type { EmergencyActivity } from '../sources/emergency-activity.ts';
import type { User } from '../sources/rows.ts';
import type { Observations } from '../standings/facts.ts';
import type { EmergencyNews } from './report.ts';

/** Two logs tell of one registration within this time. */
const SAME_EVENT_MS = 10 * 60_000;

/** What emergency accounts did, or had done to them, since the last digest; newest first. */
export function listEmergencyNews({
  emergencyActivity,
  audits,
  users,
  people,
}: Observations): readonly EmergencyNews[] {
  return emergencyActivity
    .flatMap((activity) => {
      const user = users[people.find(activity.userId ?? '') ?? -1];
      if (user === undefined) return [];
      return [...signInNews(user, activity), ...methodNews(user, activity, audits)];
    })
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function signInNews(
  user: User,
  { signIns = [], since }: EmergencyActivity,
): readonly EmergencyNews[] {
  return signIns
    .filter(({ at }) => at >= since)
    .map(({ at, application, hasSucceeded, kind }) => ({
      kind: 'sign-in',
      user,
      at: new Date(at).toISOString(),
      application: application ?? '',
      hasSucceeded,
      isInteractive: kind === 'interactive',
    }));
}

/** The audit log tells who was at the methods; the methods themselves tell of the newest also where it is late. */
function methodNews(
  user: User,
  { methods = [], since }: EmergencyActivity,
  audits: Observations['audits'],
): readonly EmergencyNews[] {
  const id = user.id.toLowerCase();
  const audited = audits.flatMap(({ userId, at, kind }) =>
    userId !== id || at < since || kind === 'role-activated' ? [] : [{ at, kind }],
  );
  const isAudited = (at: number) =>
    audited.some((event) => event.kind === 'registered' && Math.abs(event.at - at) < SAME_EVENT_MS);
  const created = methods.flatMap(({ createdAt }) =>
    createdAt === undefined || createdAt < since || isAudited(createdAt)
      ? []
      : [{ at: createdAt, kind: 'registered' as const }],
  );
  return [...audited, ...created].map(({ at, kind }) => ({
    kind: 'method',
    user,
    at: new Date(at).toISOString(),
    what: kind,
  }));
}
