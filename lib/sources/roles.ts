import { recordOf, textOf } from '../decode.ts';
import { readCollection } from './collection.ts';
import type { Reader } from './collection.ts';
import { toCause } from './coverage.ts';
import type { SourceCoverage } from './coverage.ts';
import type { Role } from './rows.ts';

export interface RolesRead {
  /** Roles by object id of the person, lower case; roles held through a group are among them. */
  readonly rolesByPerson: ReadonlyMap<string, readonly Role[]>;
  readonly coverage: SourceCoverage;
}

/**
 * The active directory roles and who holds them, groups resolved to their people. Roles that somebody is only
 * eligible for (PIM) cannot be read with these permissions.
 */
export async function readRoles(reader: Reader): Promise<RolesRead> {
  const rolesByPerson = new Map<string, Role[]>();
  const groups = new Map<string, Set<Role>>();
  const count = { rows: 0, pages: 0 };
  const notes: string[] = [];
  try {
    for (const { id, role } of await listRoles(reader, count)) {
      await readMembers(
        reader,
        `/v1.0/directoryRoles/${encodeURIComponent(id)}/members`,
        count,
        (member) => {
          if (member.isGroup) groups.set(member.id, (groups.get(member.id) ?? new Set()).add(role));
          else addRole(rolesByPerson, member.id, role);
        },
      );
    }
    const unread = await readGroups(reader, groups, rolesByPerson, count);
    if (unread > 0) notes.push(groupNote(unread));
    return { rolesByPerson, coverage: cover('complete') };
  } catch (error) {
    const state = rolesByPerson.size > 0 ? 'partial' : 'not-available';
    return { rolesByPerson, coverage: { ...cover(state), cause: toCause(error) } };
  }

  function cover(state: SourceCoverage['state']): SourceCoverage {
    return { source: 'roles', state, ...count, notes };
  }
}

type Count = { rows: number; pages: number };

interface ListedRole {
  readonly id: string;
  readonly role: Role;
}

async function listRoles(reader: Reader, count: Count): Promise<readonly ListedRole[]> {
  const roles = new Map<string, ListedRole>();
  const request = {
    source: 'roles',
    what: 'the directory roles',
    path: '/v1.0/directoryRoles',
    decode: recordOf,
  } as const;
  const read = await readCollection(reader, request, (record) => {
    const id = textOf(record['id']);
    if (id === undefined || roles.has(id)) return false;
    const templateId = textOf(record['roleTemplateId'])?.toLowerCase();
    const name = textOf(record['displayName']) ?? 'Directory role';
    roles.set(id, { id, role: { name, ...(templateId !== undefined && { templateId }) } });
    return true;
  });
  count.pages += read.pages;
  return [...roles.values()];
}

interface Member {
  readonly id: string;
  readonly isGroup: boolean;
}

async function readMembers(
  reader: Reader,
  path: string,
  count: Count,
  take: (member: Member) => void,
): Promise<void> {
  const seen = new Set<string>();
  const request = {
    source: 'roles',
    what: 'the members of a directory role',
    path,
    decode: recordOf,
  } as const;
  const read = await readCollection(reader, request, (record) => {
    const id = textOf(record['id'])?.toLowerCase();
    if (id === undefined || seen.has(id)) return false;
    seen.add(id);
    take({ id, isGroup: textOf(record['@odata.type']) === '#microsoft.graph.group' });
    return true;
  });
  count.rows += read.rows;
  count.pages += read.pages;
}

/** Adds the people of role-holding groups; returns how many groups could not be read. */
async function readGroups(
  reader: Reader,
  groups: ReadonlyMap<string, ReadonlySet<Role>>,
  rolesByPerson: Map<string, Role[]>,
  count: Count,
): Promise<number> {
  let unread = 0;
  for (const [id, roles] of groups) {
    const path = `/v1.0/groups/${encodeURIComponent(id)}/transitiveMembers?$select=id`;
    try {
      await readMembers(reader, path, count, (member) => {
        if (!member.isGroup) for (const role of roles) addRole(rolesByPerson, member.id, role);
      });
    } catch (error) {
      reader.signal.throwIfAborted();
      if (!(error instanceof Error)) throw error;
      unread += 1;
    }
  }
  return unread;
}

function groupNote(unread: number): string {
  return unread === 1
    ? 'The members of one group that holds roles could not be read, so their roles are not shown.'
    : `The members of ${unread} groups that hold roles could not be read, so their roles are not shown.`;
}

function addRole(rolesByPerson: Map<string, Role[]>, id: string, role: Role): void {
  const roles = rolesByPerson.get(id) ?? [];
  if (!roles.includes(role)) roles.push(role);
  rolesByPerson.set(id, roles);
}
