import { describe, expect, it } from '@jest/globals';
import { PRIVILEGED_ROLES } from '../../lib/entra/privileged-roles.ts';
import type { Role } from '../../lib/sources/rows.ts';
import { judgePrivilege } from '../../lib/standings/privilege.ts';
import { CAPABLE } from '../support/observations.ts';

const GLOBAL = { name: 'Global Administrator', templateId: '62e90394-69f5-4237-9190-012177145e10' };
const USERS = { name: 'User Administrator', templateId: 'fe930be7-5e62-47db-91af-98c3a49a38b1' };
const READER = { name: 'Reports Reader', templateId: '4a5d8f65-41da-4de4-8968-e035b65339cf' };
const ADMIN = { ...CAPABLE, isAdmin: true };

describe('judgePrivilege', () => {
  it.each<[string, readonly Role[], typeof CAPABLE | undefined, boolean, string]>([
    [
      'a Global Administrator among other roles',
      [READER, USERS, GLOBAL],
      CAPABLE,
      true,
      'global-administrator',
    ],
    ['a role that Entra marks privileged', [READER, USERS], CAPABLE, true, 'privileged-role'],
    ['any other role', [READER], CAPABLE, true, 'role'],
    [
      'a role under a name that is not its own',
      [{ name: 'Global Administrator' }],
      CAPABLE,
      true,
      'role',
    ],
    [
      'a template that is a word of the language',
      [{ name: 'x', templateId: 'constructor' }],
      CAPABLE,
      true,
      'role',
    ],
    ['no role', [], CAPABLE, true, 'none'],
    ['no role, an administrator by the row', [], ADMIN, true, 'role-of-unknown-kind'],
    ['a role, an administrator by the row', [READER], ADMIN, true, 'role'],
    ['roles refused, an administrator by the row', [], ADMIN, false, 'role-of-unknown-kind'],
    ['roles refused, none by the row', [], CAPABLE, false, 'unknown'],
    ['roles refused and no row', [], undefined, false, 'unknown'],
    ['roles read in part, one of them hers', [GLOBAL], undefined, false, 'global-administrator'],
  ])('judges %s', (_, roles, registration, arePrivilegesWhole, privilege) => {
    expect(judgePrivilege(roles, registration, arePrivilegesWhole)).toBe(privilege);
  });

  it('knows privileged roles by template ids in lower case', () => {
    expect(Object.keys(PRIVILEGED_ROLES).every((id) => /^[0-9a-f-]{36}$/.test(id))).toBe(true);
  });
});
