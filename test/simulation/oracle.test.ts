import { describe, expect, it } from '@jest/globals';
import { memberOn } from '../../lib/simulation/people/fixture-life.ts';
import { fixtureId } from '../../lib/simulation/people/fixture-user.ts';
import { FIXTURE_USERS } from '../../lib/simulation/people/fixture-users.ts';
import {
  generateUsers,
  generatedId,
  expectedStanding,
} from '../../lib/simulation/people/generated-users.ts';
import { extentOf, runsOf } from '../support/extent.ts';
import { standingsIn } from './standings-in.ts';
import { AN_INSTANT, atAnInstant, signInsPath, withTenant } from './tenant-client.ts';
import type { Row } from './tenant-client.ts';

const DAY_MS = 86_400_000;

describe('the expectations', () => {
  it.each(extentOf(['06:00:00', '00:00:05', '23:59:30']))(
    "of the fixture users follow from what the tenant serves on the story's last day at %s",
    async (time) => {
      const now = new Date(`2026-11-21T${time}Z`);

      const standings = await withTenant({ clock: () => now, people: 0, signIns: 0 }, (client) =>
        standingsIn(client, now),
      );

      expect(
        Object.fromEntries(FIXTURE_USERS.map(({ key }) => [key, standings.get(fixtureId(key))])),
      ).toEqual(
        Object.fromEntries(FIXTURE_USERS.map(({ key, expected }) => [key, expected.standing])),
      );
    },
  );

  it.each(extentOf([0, 1, 2, 3, 4, 5]))(
    'of the fixtures follow on the morning of day %i too',
    async (day) => {
      const now = new Date(AN_INSTANT.getTime() - (6 - day) * DAY_MS);

      const standings = await withTenant(
        { clock: () => now, story: { lastDay: AN_INSTANT }, people: 0, signIns: 0 },
        (client) => standingsIn(client, now),
      );

      const there = FIXTURE_USERS.filter(({ key }) => standings.has(fixtureId(key)));
      expect(FIXTURE_USERS.length - there.length).toBe(day < 5 ? 3 : 2);
      expect(
        Object.fromEntries(there.map(({ key }) => [key, standings.get(fixtureId(key))])),
      ).toEqual(
        Object.fromEntries(
          there.map((member) => [member.key, memberOn(member, day).expected.standing]),
        ),
      );
    },
  );

  it('of the generated users follow from what the tenant serves', async () => {
    const [people, signIns] = [runsOf(3000), runsOf(20_000)];
    const options = { clock: atAnInstant, fixtures: false, people, signIns };
    const generated = generateUsers(1, people, signIns * 0.66);

    const standings = await withTenant(options, (client) => standingsIn(client, AN_INSTANT));

    const places = Array.from({ length: generated.count }, (_, index) => index);
    const wrong = places.filter(
      (index) =>
        standings.get(generatedId(generated, index)) !== expectedStanding(generated, index),
    );
    expect(standings.size).toBe(people);
    expect(wrong).toEqual([]);
  });

  it('of the generated users hold within a week as within a month', async () => {
    const options = { clock: atAnInstant, fixtures: false, people: 1000, signIns: 8000 };
    const since = new Date(AN_INSTANT.getTime() - 7 * DAY_MS).toISOString();
    const generated = generateUsers(1, 1000, 8000 * 0.66);

    const rows = await withTenant(options, async (client) => [
      ...(await client.rows(signInsPath('interactiveUser', `createdDateTime ge ${since}`))),
      ...(await client.rows(signInsPath('nonInteractiveUser', `createdDateTime ge ${since}`))),
    ]);

    const succeeded = rows.filter((row) => (row['status'] as Row)['errorCode'] === 0);
    expect(new Set(succeeded.map(({ userId }) => userId)).size).toBe(generated.userCount);
  });
});
