import { describe, expect, it } from '@jest/globals';
import { decidesStandings, SOURCES } from '../../lib/sources/coverage.ts';
import type { SourceName } from '../../lib/sources/coverage.ts';
import {
  aUser,
  aUseRow,
  NOT_REGISTERED,
  NOW,
  observations,
  rules,
  reportOn,
} from '../support/observations.ts';

describe('buildReport', () => {
  it.each<[SourceName, boolean]>([
    ['users', true],
    ['activity', true],
    ['registrations', true],
    ['interactiveSignIns', true],
    ['nonInteractiveSignIns', true],
    ['roles', true],
    ['licences', false],
    ['organisation', false],
  ])('without %s is partial: %j', (source, isPartial) => {
    for (const state of ['partial', 'not-available'] as const) {
      const report = reportOn(observations({ missing: { [source]: state } }), rules());

      expect(report.isPartial).toBe(isPartial);
    }
  });

  it('states the window that was asked for and the one that was seen', () => {
    const report = reportOn(observations(), rules({ daysToCheckLogs: 90 }));

    expect(report).toMatchObject({
      askedFrom: '2026-08-23T00:00:00.000Z',
      askedDays: 90,
      seenFrom: '2026-10-22T06:00:00.000Z',
      seenTo: NOW.toISOString(),
      isPartial: false,
    });
  });

  it('names no window where no sign-ins could be read', () => {
    const { seen: _seen, ...unseen } = observations();

    expect(reportOn(unseen, rules()).seenFrom).toBeUndefined();
  });

  it('counts sign-ins by ids that are not in the directory, and lists nobody for them', () => {
    const seen = observations({
      uses: [
        aUseRow({ id: 'x', successes: 3 }),
        aUseRow({ id: 'y', successes: 0, refusals: [0, 0, 2, 0, 0] }),
      ],
    });

    const report = reportOn(seen, rules());

    expect(report.notInDirectory).toEqual({ people: 2, signIns: 5 });
    expect(report.people).toHaveLength(1);
  });

  it('lists each hit in its list, the most urgent first', () => {
    const users = ['a', 'b', 'c'].map((id) => aUser({ id, userPrincipalName: `${id}@x.example` }));
    const seen = observations({
      users,
      registrations: { a: NOT_REGISTERED, b: NOT_REGISTERED, c: NOT_REGISTERED },
      uses: [aUseRow({ id: 'a' }), aUseRow({ id: 'b', lastAt: NOW.getTime() })],
    });

    const { hits } = reportOn(seen, rules({ breakGlassAccounts: ['a'] }));

    expect(hits.impact.map(({ user }) => user.id)).toEqual(['a', 'b']);
    expect(hits.missing.map(({ user }) => user.id)).toEqual(['c']);
  });

  it('says who is excluded, and that activity could not be read', () => {
    const report = reportOn(
      observations({ missing: { activity: 'not-available' } }),
      rules({ excludedUsers: [aUser().id] }),
    );

    expect(report.excludedUsers.map(({ id }) => id)).toEqual([aUser().id]);
    expect(report.remarks).toEqual([
      'The last sign-in of people could not be read, so everybody counts as active and nobody as dormant.',
    ]);
  });

  it('lets nobody be dormant where activity could not be read', () => {
    const users = [aUser({ lastSuccessfulSignInAt: '2020-01-01T00:00:00Z' })];

    for (const source of SOURCES.filter((name) => name !== 'activity')) {
      const missing = { activity: 'not-available', [source]: 'not-available' } as const;

      expect(reportOn(observations({ users, missing }), rules()).figures.standings.dormant).toBe(0);
    }
  });

  it('makes every missing source that decides standings partial, and no other', () => {
    const deciding = observations()
      .coverage.filter(decidesStandings)
      .map(({ source }) => source);

    expect(deciding).toEqual(SOURCES.slice(0, 6));
  });
});
