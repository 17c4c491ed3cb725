import { describe, expect, it } from '@jest/globals';
import { memberOn } from '../../lib/simulation/people/cast-life.ts';
import { castId } from '../../lib/simulation/people/cast-member.ts';
import { CAST } from '../../lib/simulation/people/cast.ts';
import { createCrowd, crowdId, expectedStanding } from '../../lib/simulation/people/crowd.ts';
import { AN_INSTANT, atAnInstant, signInsPath, withTenant } from './tenant-client.ts';
import type { Row, TenantClient } from './tenant-client.ts';

const ENFORCED =
  [
    'c44b4083-3bb0-49c1-b47d-974e53cbdf3c',
    '618dd325-23f6-4b6f-8380-4df78026e39b',
    '00000006-0000-0ff1-ce00-000000000000',
    '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
    '1950a258-227b-4e31-a9cf-717495945fc2',
    '0c1307d4-29d6-4389-a11c-5cbe7f65d7fa',
  ]
    .map((id) => `appId eq '${id}'`)
    .join(' or ') + " or resourceId eq '797f4846-ba00-4fd7-ba43-dac1f8f63013'";
const MFA_WORDS = /completed in|successfully completed|satisfied by/;
const MFA_METHODS = /passkey|fido2|windows hello|passwordless/i;
const DAY_MS = 86_400_000;

interface Evidence {
  used: boolean;
  mfaSeen: boolean;
}

function showsMfa(signIn: Row): boolean {
  const status = signIn['status'] as { readonly additionalDetails: string | null };
  const steps = signIn['authenticationDetails'] as readonly {
    readonly succeeded: boolean;
    readonly authenticationMethod: string;
    readonly authenticationStepResultDetail: string | null;
  }[];
  return (
    signIn['authenticationRequirement'] === 'multiFactorAuthentication' ||
    MFA_WORDS.test(status.additionalDetails ?? '') ||
    steps.some(
      (step) =>
        step.succeeded &&
        (MFA_WORDS.test(step.authenticationStepResultDetail ?? '') ||
          MFA_METHODS.test(step.authenticationMethod)),
    )
  );
}

/** The table of standings, spelled out once more over what a tenant serves. */
async function standingsIn({ tenant, rows }: TenantClient, now: Date) {
  const users = await rows(
    '/v1.0/users?$top=500&$select=id,userPrincipalName,accountEnabled,createdDateTime,signInActivity',
  );
  const registrations = new Map(
    (await rows('/beta/reports/authenticationMethods/userRegistrationDetails')).map((row) => [
      row['id'],
      row,
    ]),
  );
  const evidence = new Map<unknown, Evidence>();
  for (const kind of ['interactiveUser', 'nonInteractiveUser'] as const) {
    for (const signIn of await rows(signInsPath(kind, ENFORCED))) {
      if ((signIn['status'] as { readonly errorCode: number }).errorCode === 0) {
        const seen = evidence.get(signIn['userId']) ?? { used: false, mfaSeen: false };
        evidence.set(signIn['userId'], { used: true, mfaSeen: seen.mfaSeen || showsMfa(signIn) });
      }
    }
  }
  const roles = await rows('/v1.0/directoryRoles');
  const synchronising = roles.filter(({ displayName }) => /sync/i.test(String(displayName)));
  const members = await Promise.all(
    synchronising.map(({ id }) => rows(`/v1.0/directoryRoles/${String(id)}/members?$select=id`)),
  );
  const syncIds = new Set(members.flat().map(({ id }) => id));
  const emergency = tenant.settings['BREAK_GLASS_ACCOUNTS']?.split(';') ?? [];

  return new Map(
    users.map((user) => {
      const row = registrations.get(user['id']);
      const { used, mfaSeen } = evidence.get(user['id']) ?? { used: false, mfaSeen: false };
      const activity = user['signInActivity'] as Row | undefined;
      const lastAtMs = Date.parse(String(activity?.['lastSuccessfulSignInDateTime']));
      const active = now.getTime() - lastAtMs < 90 * DAY_MS;
      const isNew = now.getTime() - Date.parse(String(user['createdDateTime'])) < 2 * DAY_MS;
      const isExternal = String(user['userPrincipalName']).includes('#EXT#');
      const isEmergency = emergency.includes(String(user['userPrincipalName']));
      const inScope = isEmergency || (user['accountEnabled'] === true && !syncIds.has(user['id']));
      return [user['id'], inScope ? standing() : 'out-of-scope'] as const;

      function standing(): string {
        if (used && mfaSeen) {
          return row?.['isMfaCapable'] === true ? 'covered' : 'satisfied-elsewhere';
        }
        if (!used && active && row?.['isMfaCapable'] !== true && isExternal) {
          return 'external';
        }
        if (row === undefined) {
          return used ? 'unknown' : active ? (isNew ? 'new' : 'unknown') : 'dormant';
        }
        if (row['isMfaCapable'] === true) {
          return used ? 'single-factor' : 'covered';
        }
        if (used) {
          return 'impact';
        }
        return active ? (row['isMfaRegistered'] === true ? 'not-usable' : 'missing') : 'dormant';
      }
    }),
  );
}

describe('the expectations', () => {
  it.each(['00:00:05', '06:00:00', '23:59:30'])(
    "of the cast follow from what the tenant serves on the story's last day at %s",
    async (time) => {
      const now = new Date(`2026-11-21T${time}Z`);

      const standings = await withTenant({ clock: () => now, people: 0, signIns: 0 }, (client) =>
        standingsIn(client, now),
      );

      expect(Object.fromEntries(CAST.map(({ key }) => [key, standings.get(castId(key))]))).toEqual(
        Object.fromEntries(CAST.map(({ key, expected }) => [key, expected.standing])),
      );
    },
  );

  it.each([0, 1, 2, 3, 4, 5])('of the cast follow on the morning of day %i too', async (day) => {
    const now = new Date(AN_INSTANT.getTime() - (6 - day) * DAY_MS);

    const standings = await withTenant(
      { clock: () => now, story: { lastDay: AN_INSTANT }, people: 0, signIns: 0 },
      (client) => standingsIn(client, now),
    );

    const there = CAST.filter(({ key }) => standings.has(castId(key)));
    expect(CAST.length - there.length).toBe(day < 5 ? 3 : 2);
    expect(Object.fromEntries(there.map(({ key }) => [key, standings.get(castId(key))]))).toEqual(
      Object.fromEntries(
        there.map((member) => [member.key, memberOn(member, day).expected.standing]),
      ),
    );
  });

  it('of the crowd follow from what the tenant serves', async () => {
    const options = { clock: atAnInstant, cast: false, people: 3000, signIns: 20_000 };
    const crowd = createCrowd(1, 3000, 20_000 * 0.66);

    const standings = await withTenant(options, (client) => standingsIn(client, AN_INSTANT));

    const places = Array.from({ length: crowd.count }, (_, index) => index);
    const wrong = places.filter(
      (index) => standings.get(crowdId(crowd, index)) !== expectedStanding(crowd, index),
    );
    expect(standings.size).toBe(3000);
    expect(wrong).toEqual([]);
  });

  it('of the crowd hold within a week as within a month', async () => {
    const options = { clock: atAnInstant, cast: false, people: 1000, signIns: 8000 };
    const since = new Date(AN_INSTANT.getTime() - 7 * DAY_MS).toISOString();
    const crowd = createCrowd(1, 1000, 8000 * 0.66);

    const rows = await withTenant(options, async (client) => [
      ...(await client.rows(signInsPath('interactiveUser', `createdDateTime ge ${since}`))),
      ...(await client.rows(signInsPath('nonInteractiveUser', `createdDateTime ge ${since}`))),
    ]);

    const succeeded = rows.filter((row) => (row['status'] as Row)['errorCode'] === 0);
    expect(new Set(succeeded.map(({ userId }) => userId)).size).toBe(crowd.userCount);
  });
});
