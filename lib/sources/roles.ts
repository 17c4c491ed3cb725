import type { RowDecoder } from '../decode.ts';
import { hasCode, MailerError } from '../errors.ts';
import { isGone } from '../graph/graph-error.ts';
import { readCollection } from './collection.ts';
import type { Properties, Reader } from './collection.ts';
import { coverFailure, coverRows, startCount } from './coverage.ts';
import type { RowCount, SourceCoverage } from './coverage.ts';
import type { Role } from './rows.ts';

export interface RolesRead {
  /** Roles by object id of the person, lower case; roles held through a group are among them. */
  readonly rolesByPerson: ReadonlyMap<string, readonly Role[]>;
  /**
   * Whether somebody without a role here is known to hold none: false where a role or a group that holds one could not
   * be read.
   */
  readonly arePrivilegesWhole: boolean;
  readonly unreadableRoles: number;
  readonly unreadableGroups: number;
  readonly coverage: SourceCoverage;
}

/**
 * The active directory roles and who holds them, groups resolved to their people. Roles that somebody is only
 * eligible for (PIM) cannot be read with these permissions. A role or group that cannot be read is told in a note, and
 * ends nothing else.
 */
export async function readRoles(reader: Reader): Promise<RolesRead> {
  const rolesByPerson = new Map<string, Role[]>();
  const groups = new Map<string, Set<Role>>();
  const count = startCount();
  let unreadableRoles = 0;
  let unreadableGroups = 0;
  let refusal: MailerError | undefined;
  try {
    const roles = await listRoles(reader, count);
    for (const { id, role } of roles) {
      const path = `/v1.0/directoryRoles/${encodeURIComponent(id)}/members`;
      const failure = await tryMembers(reader, path, count, (member) => {
        if (member.isGroup) groups.set(member.id, (groups.get(member.id) ?? new Set()).add(role));
        else addRole(rolesByPerson, member.id, role);
      });
      if (failure !== undefined) unreadableRoles += 1;
      refusal ??= failure;
    }
    if (refusal !== undefined && unreadableRoles === roles.length) throw refusal;
    for (const [id, held] of groups) {
      const path = `/v1.0/groups/${encodeURIComponent(id)}/transitiveMembers?$select=id`;
      const failure = await tryMembers(reader, path, count, (member) => {
        if (!member.isGroup) for (const role of held) addRole(rolesByPerson, member.id, role);
      });
      if (failure !== undefined) unreadableGroups += 1;
    }
    return result(coverRows('roles', count));
  } catch (error) {
    // A mistake of ours is no answer of Graph.
    if (!(error instanceof MailerError)) throw error;
    const state = rolesByPerson.size > 0 ? 'partial' : 'not-available';
    return result(coverFailure('roles', count, state, error));
  }

  function result(read: SourceCoverage): RolesRead {
    const notes = [
      ...read.notes,
      ...unreadableNote(unreadableRoles, 'directory role', 'directory roles'),
      ...unreadableNote(unreadableGroups, 'group that holds roles', 'groups that hold roles'),
    ];
    const isWhole = read.state === 'complete' && unreadableRoles + unreadableGroups === 0;
    const coverage = { ...read, notes };
    return {
      rolesByPerson,
      arePrivilegesWhole: isWhole,
      unreadableRoles,
      unreadableGroups,
      coverage,
    };
  }
}

interface ListedRole {
  readonly id: string;
  readonly role: Role;
}

async function listRoles(reader: Reader, count: RowCount): Promise<readonly ListedRole[]> {
  const roles = new Map<string, ListedRole>();
  const request = {
    source: 'roles',
    what: 'the directory roles',
    path: '/v1.0/directoryRoles',
    decode: decodeRole,
  } as const;
  await readCollection(reader, request, count, (listed) => {
    if (roles.has(listed.id)) return false;
    roles.set(listed.id, listed);
    return true;
  });
  // What counts are those who hold roles.
  count.rows = 0;
  return [...roles.values()];
}

function decodeRole(row: Properties, read: RowDecoder): ListedRole | undefined {
  const id = read.id(row['id']);
  if (id === undefined) return undefined;
  const templateId = read.text(row['roleTemplateId'])?.toLowerCase();
  const name = read.text(row['displayName']) ?? 'Directory role';
  return { id, role: { name, templateId } };
}

interface Member {
  /** Lower case. */
  readonly id: string;
  readonly isGroup: boolean;
}

/**
 * Reads who holds a role or is in a group; gives the failure where Graph refuses. What is gone has no members. A run
 * that is at its end throws: nothing more can be read.
 */
async function tryMembers(
  reader: Reader,
  path: string,
  count: RowCount,
  take: (member: Member) => void,
): Promise<MailerError | undefined> {
  const seen = new Set<string>();
  const request = {
    source: 'roles',
    what: 'the members of a directory role',
    path,
    decode: decodeMember,
  } as const;
  try {
    await readCollection(reader, request, count, (member) => {
      if (seen.has(member.id)) return false;
      seen.add(member.id);
      take(member);
      return true;
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof MailerError) || hasCode(error, 'run_deadline', 'token_unavailable'))
      throw error;
    return isGone(error) ? undefined : error;
  }
}

function decodeMember(row: Properties, read: RowDecoder): Member | undefined {
  const id = read.id(row['id'])?.toLowerCase();
  if (id === undefined) return undefined;
  return { id, isGroup: read.text(row['@odata.type']) === '#microsoft.graph.group' };
}

function unreadableNote(count: number, one: string, several: string): readonly string[] {
  if (count === 0) return [];
  const what = count === 1 ? `one ${one}` : `${count} ${several}`;
  return [
    `The members of ${what} could not be read, so there may be more administrators than are named here.`,
  ];
}

function addRole(rolesByPerson: Map<string, Role[]>, id: string, role: Role): void {
  const roles = rolesByPerson.get(id) ?? [];
  if (!roles.includes(role)) roles.push(role);
  rolesByPerson.set(id, roles);
}
