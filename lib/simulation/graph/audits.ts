import { fixtureAudits } from '../people/fixture-audits.ts';
import type { Audit } from '../people/fixture-audits.ts';
import type { FixtureUser } from '../people/fixture-user.ts';
import { toInstant } from '../people/generated.ts';
import { badRequest } from './answer.ts';
import type { GraphRequest } from './answer.ts';
import { allowOptions, pageOfPlaces, readPageToken, readTop } from './paging.ts';
import type { Page } from './paging.ts';

const PAGE_SIZE = 1000;

/** GET /auditLogs/directoryAudits: newest first; `$filter` on service, category and time, joined by `and`. */
export function auditsPage(
  request: GraphRequest,
  fixtures: readonly FixtureUser[],
  lastDay: Date,
): Page {
  allowOptions(request.query, '$filter', '$top');
  const top = readTop(request.query, PAGE_SIZE, PAGE_SIZE);
  const matches = readFilter(request.query.get('$filter'));
  const audits = fixtureAudits(fixtures, lastDay, request.now.getTime()).filter(matches);
  const { position } = readPageToken(request.query);
  return pageOfPlaces('auditLogs/directoryAudits', position, audits.length, top, (place) => {
    const audit = audits[place];
    return audit && JSON.stringify(rowOf(audit));
  });
}

const CONDITION = /^(loggedByService|category|activityDateTime) (eq|ge|le) ('[^']*'|\S+)$/;

function readFilter(text: string | null): (audit: Audit) => boolean {
  const tests = (text?.split(' and ') ?? []).map((part): ((audit: Audit) => boolean) => {
    const [, property, operator, value = ''] = CONDITION.exec(part) ?? [];
    const isText = value.startsWith("'");
    if (property === undefined || isText !== (operator === 'eq')) {
      throw badRequest('Invalid filter clause.');
    }
    const plain = isText ? value.slice(1, -1) : value;
    if (property === 'loggedByService') return ({ service }) => service === plain;
    if (property === 'category') return ({ category }) => category === plain;
    const atMs = Date.parse(plain);
    return (audit) => (operator === 'ge' ? audit.atMs >= atMs : audit.atMs <= atMs);
  });
  return (audit) => tests.every((test) => test(audit));
}

function rowOf(audit: Audit): object {
  const user = { id: audit.userId, userPrincipalName: audit.userPrincipalName };
  const target = { ...user, displayName: audit.displayName, type: 'User', modifiedProperties: [] };
  const role = { id: audit.roleId, displayName: audit.roleName, type: 'Role' };
  return {
    id: audit.id,
    category: audit.category,
    correlationId: audit.id,
    result: audit.hasSucceeded ? 'success' : 'failure',
    resultReason: '',
    activityDisplayName: audit.activity,
    activityDateTime: toInstant(audit.atMs),
    loggedByService: audit.service,
    operationType: 'Update',
    initiatedBy: { app: null, user },
    targetResources: audit.roleName === undefined ? [target] : [role, target],
    additionalDetails: [],
  };
}
