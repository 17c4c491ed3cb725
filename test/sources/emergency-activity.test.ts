import { describe, expect, it } from '@jest/globals';
import { readEmergencyActivity } from '../../lib/sources/emergency-activity.ts';
import type { EmergencyActivity, EmergencyName } from '../../lib/sources/emergency-activity.ts';
import { anError, aPage, NOW, withGraph } from '../support/graph-client.ts';
import type { Script, ServedRequest } from '../support/scripted-server.ts';

const ACCOUNT: EmergencyName = {
  configured: 'breakglass1@contoso.example',
  userId: 'A7E3D3BB-d209-479b-a1d0-28fd3b5f5292',
};
const SINCE = NOW - 86_400_000;

const PASSKEY = {
  '@odata.type': '#microsoft.graph.fido2AuthenticationMethod',
  id: 'm',
  createdDateTime: '2025-03-01T08:00:00Z',
};

function aSignIn(id: string, createdDateTime: string, errorCode: unknown = 0): object {
  return { id, createdDateTime, appDisplayName: 'Microsoft Teams', status: { errorCode } };
}

const INTERACTIVE = [aSignIn('1', '2026-11-20T09:00:00Z', 50126)];
const NON_INTERACTIVE = [aSignIn('2', '2026-11-20T10:00:00Z')];

const usual: Script = ({ url }) => {
  if (url.includes('/authentication/methods')) return aPage([PASSKEY]);
  return aPage(url.includes('nonInteractiveUser') ? NON_INTERACTIVE : INTERACTIVE);
};

interface Result {
  readonly activity: EmergencyActivity;
  readonly requests: readonly ServedRequest[];
}

function look(script: Script, account: EmergencyName = ACCOUNT): Promise<Result> {
  return withGraph(script, async ({ reader, server }) => {
    const [activity] = await readEmergencyActivity(reader, [account], SINCE);
    if (activity === undefined) throw new Error('The account was left out.');
    return { activity, requests: server.requests };
  });
}

describe('readEmergencyActivity', () => {
  it('tells methods, and sign-ins of both kinds to every application, newest first', async () => {
    const { activity, requests } = await look(usual);

    expect(activity).toEqual({
      ...ACCOUNT,
      since: SINCE,
      methods: [{ kind: 'fido2', createdAt: Date.parse('2025-03-01T08:00:00Z') }],
      signIns: [
        {
          at: Date.parse('2026-11-20T10:00:00Z'),
          application: 'Microsoft Teams',
          hasSucceeded: true,
          kind: 'nonInteractive',
        },
        {
          at: Date.parse('2026-11-20T09:00:00Z'),
          application: 'Microsoft Teams',
          hasSucceeded: false,
          kind: 'interactive',
        },
      ],
      areSignInsWhole: true,
      lastSuccessAt: Date.parse('2026-11-20T10:00:00Z'),
    });
    expect(requests).toHaveLength(3);
  });

  it('asks for one person since an instant, whatever the application', async () => {
    const { requests } = await look(usual);

    expect(decodeURIComponent(requests[1]?.url ?? '')).toBe(
      `/beta/auditLogs/signIns?$filter=createdDateTime ge 2026-11-20T06:00:00Z and userId eq '${ACCOUNT.userId}' and signInEventTypes/any(t: t eq 'interactiveUser')&$top=1000`,
    );
  });

  it('asks by name, in the log’s lower case, where the id is not known', async () => {
    const { requests } = await look(usual, { configured: "Break.O'Glass@contoso.example" });

    expect(requests[0]?.url).toBe(
      "/v1.0/users/Break.O'Glass%40contoso.example/authentication/methods",
    );
    expect(decodeURIComponent(requests[1]?.url ?? '')).toContain(
      "userPrincipalName eq 'break.o''glass@contoso.example'",
    );
  });

  it('asks four times at most, and goes to v1.0 where Graph refuses its beta', async () => {
    const { activity, requests } = await look((request, number) => {
      if (request.url.startsWith('/beta')) return anError(404, 'ResourceNotFound');
      return usual(request, number);
    });

    expect(requests).toHaveLength(4);
    expect(activity.signIns).toHaveLength(1);
    expect(activity).toMatchObject({ areSignInsWhole: false, cause: { kind: 'fault' } });
  });

  it('reads one page of each, and says that there is more', async () => {
    const { activity, requests } = await look((request) =>
      request.url.includes('/authentication/methods')
        ? aPage([PASSKEY])
        : aPage(INTERACTIVE, request, '/beta/auditLogs/signIns?p=2'),
    );

    expect(requests).toHaveLength(3);
    expect(activity.areSignInsWhole).toBe(false);
  });

  it('knows nothing where Graph refuses everything', async () => {
    const { activity } = await look(() => anError(403, 'Authorization_RequestDenied'));

    expect(activity).toMatchObject({ areSignInsWhole: false, cause: { kind: 'consent' } });
    expect(activity.methods).toBeUndefined();
    expect(activity.signIns).toBeUndefined();
  });

  it.each([
    ['an instant', { ...INTERACTIVE[0], createdDateTime: '2026-11-20T25:61:00Z' }],
    ['a status', { ...INTERACTIVE[0], status: null }],
    ['a code', aSignIn('1', '2026-11-20T09:00:00Z', '0')],
    ['anything', null],
  ])('S03: does not say that it knows all sign-ins where one has not %s', async (_, row) => {
    const { activity } = await look((request, number) =>
      request.url.includes('interactiveUser') ? aPage([row]) : usual(request, number),
    );

    expect(activity.signIns).toHaveLength(1);
    expect(activity.areSignInsWhole).toBe(false);
  });
});
