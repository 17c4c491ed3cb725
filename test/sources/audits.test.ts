import { describe, expect, it } from '@jest/globals';
import { readAudits } from '../../lib/sources/audits.ts';
import type { AuditsRead } from '../../lib/sources/audits.ts';
import { DAY_MS } from '../../lib/utc-day.ts';
import { anError, aPage, NOW, withGraph } from '../support/graph-client.ts';
import type { Script, ServedRequest, Step } from '../support/scripted-server.ts';

const ADELE = 'D1132181-5011-45b0-a957-9709cda2816c';
const AT = '2026-11-20T21:14:00Z';

let lastNumber = 0;

function anAudit(activityDisplayName: string, about: object = {}): object {
  lastNumber += 1;
  return {
    id: `audit-${lastNumber}`,
    activityDisplayName,
    activityDateTime: AT,
    result: 'success',
    initiatedBy: { app: null, user: { id: 'b' } },
    targetResources: [{ id: ADELE, type: 'User', displayName: 'Adele Vance' }],
    ...about,
  };
}

interface AuditsResult extends AuditsRead {
  readonly requests: readonly ServedRequest[];
}

function read(script: Script): Promise<AuditsResult> {
  return withGraph(script, async ({ reader, server }) => ({
    ...(await readAudits(reader, { now: NOW, windowFrom: NOW - 90 * DAY_MS })),
    requests: server.requests,
  }));
}

/** Answers the part about methods with these rows, and the part about roles with those. */
function answering(methods: Step, roles: Step = aPage([])): Script {
  return ({ url }) => (url.includes('Authentication%20Methods') ? methods : roles);
}

describe('readAudits', () => {
  it.each([
    ['User registered security info', 'registered'],
    ['USER REGISTERED SECURITY INFO (with a newer ending)', 'registered'],
    ['User registered all required security info', 'registered'],
    ['User deleted security info', 'deleted'],
    ['Admin deleted security info', 'deleted-by-admin'],
    ['Admin required re-registration of MFA', 're-registration-demanded'],
  ])('takes “%s” for %s', async (activity, kind) => {
    const { audits, coverage } = await read(answering(aPage([anAudit(activity)])));

    expect(audits).toEqual([{ userId: ADELE.toLowerCase(), at: Date.parse(AT), kind }]);
    expect(coverage).toMatchObject({ state: 'complete', rows: 1, notes: [] });
  });

  it.each([
    ['an activity that it does not know', anAudit('User reviewed security info')],
    ['what failed', anAudit('User registered security info', { result: 'failure' })],
    [
      'what does not say that it succeeded',
      anAudit('User registered security info', { result: 1 }),
    ],
  ])('takes nothing from %s', async (_, row) => {
    expect((await read(answering(aPage([row])))).audits).toEqual([]);
  });

  it('names the role that somebody activated, and who did', async () => {
    const row = anAudit('Add member to role completed (PIM activation)', {
      targetResources: [{ id: 'r', type: 'Role', displayName: 'User Administrator' }],
    });

    const { audits } = await read(answering(aPage([]), aPage([row])));

    expect(audits).toMatchObject([
      { userId: 'b', kind: 'role-activated', roleName: 'User Administrator' },
    ]);
  });

  it('asks three times at most, newest first, and says that there is more', async () => {
    const { requests, audits, coverage } = await read((request, number) =>
      aPage([anAudit('User deleted security info')], request, `/v1.0/auditLogs/x?p=${number}`),
    );

    expect(requests).toHaveLength(3);
    expect(audits).toHaveLength(3);
    expect(coverage.state).toBe('partial');
    expect(coverage.notes).toHaveLength(1);
  });

  it('looks at a week of methods and at as many days of roles as Entra keeps', async () => {
    const { requests } = await read(answering(aPage([])));

    const filters = requests.map(({ url }) =>
      new URL(url, 'https://graph.example').searchParams.get('$filter'),
    );
    expect(filters).toEqual([
      "loggedByService eq 'Authentication Methods' and activityDateTime ge 2026-11-14T06:00:00Z",
      "category eq 'RoleManagement' and activityDateTime ge 2026-10-22T06:00:00Z",
    ]);
  });

  it('is a note where Graph refuses', async () => {
    const { audits, coverage } = await read(() => anError(403, 'Authorization_RequestDenied'));

    expect(audits).toEqual([]);
    expect(coverage).toMatchObject({ state: 'not-available', cause: { kind: 'consent' } });
    expect(coverage.notes[0]).toContain('may be missing');
  });

  it.each([
    ['an instant', anAudit('User deleted security info', { activityDateTime: 'x' })],
    ['somebody', anAudit('User deleted security info', { targetResources: 7, initiatedBy: null })],
    ['an id', { ...anAudit('User deleted security info'), id: null }],
  ])('S03: counts a row without %s that it can read', async (_, row) => {
    const { audits, coverage } = await read(answering(aPage([row])));

    expect(audits).toEqual([]);
    expect(coverage).toMatchObject({ state: 'partial', undecodable: 1 });
  });
});
