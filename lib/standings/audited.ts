import { PRIVILEGED_ROLES } from '../entra/privileged-roles.ts';
import type { AuditEvent } from '../sources/audits.ts';
import type { Registration, Role } from '../sources/rows.ts';
import type { MethodLoss } from './person.ts';

/** What happened to somebody that their row in the registration report does not know yet. */
export interface Audited {
  readonly registeredSince?: string | undefined;
  readonly methodLoss?: MethodLoss | undefined;
  readonly activatedRoles: readonly Role[];
}

const NOTHING: Audited = { activatedRoles: [] };

/** Tells what happened to a person, by object id in lower case. */
export function createAudited(
  events: readonly AuditEvent[],
): (id: string, registration: Registration | undefined) => Audited {
  const byPerson = Map.groupBy(
    events.toSorted((a, b) => a.at - b.at),
    ({ userId }) => userId.toLowerCase(),
  );
  return (id, registration) => {
    const own = byPerson.get(id);
    if (own === undefined) return NOTHING;
    const last = own.findLast(({ kind }) => kind !== 'role-activated');
    const isSince = last?.kind === 'registered' && last.at > (registration?.lastUpdatedAt ?? 0);
    return {
      registeredSince: isSince ? new Date(last.at).toISOString() : undefined,
      methodLoss: lossIn(own),
      activatedRoles: activatedIn(own),
    };
  };
}

function lossIn(events: readonly AuditEvent[]): MethodLoss | undefined {
  for (const { kind, at } of events.toReversed()) {
    if (kind === 'role-activated' || kind === 'registered') continue;
    return { kind, at: new Date(at).toISOString() };
  }
  return undefined;
}

/** A role is told by its name alone; one that is not built in has no template. */
function activatedIn(events: readonly AuditEvent[]): readonly Role[] {
  const names = new Set(
    events.flatMap(({ kind, roleName }) =>
      kind === 'role-activated' ? [roleName ?? 'Directory role'] : [],
    ),
  );
  return [...names].map((name) => {
    const templateId = TEMPLATES.get(name.toLowerCase());
    return templateId === undefined ? { name } : { name, templateId };
  });
}

const TEMPLATES = new Map(
  Object.entries(PRIVILEGED_ROLES).map(([templateId, name]) => [name.toLowerCase(), templateId]),
);
