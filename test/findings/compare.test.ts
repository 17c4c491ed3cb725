import { describe, expect, it } from '@jest/globals';
import { guid } from '../support/a-report.ts';
import { compareDay, compareDays, tell } from './a-tenant.ts';
import type { Someone } from './a-tenant.ts';

const blocked: Someone = { number: 1, uses: 'single-factor' };
const missing: Someone = { number: 1 };
const safe: Someone = { number: 1, row: 'capable' };
const quiet: Someone = { number: 1, isActive: false };

function changesBetween(before: readonly Someone[], after: readonly Someone[]): readonly string[] {
  const [, second] = compareDays(
    { on: '2026-11-20', people: before },
    { on: '2026-11-21', people: after },
  );
  return second === undefined ? [] : tell(second);
}

describe('compare', () => {
  it('names no change in a first report, says so, and lets every age begin', () => {
    const { report } = compareDay({ on: '2026-11-20', people: [blocked] });

    expect(report.history?.state).toBe('first');
    expect(report.history?.changes).toEqual([]);
    expect(report.hits.impact[0]?.ageDays).toBe(0);
  });

  it('says so where nothing changed, and since when', () => {
    const [, second] = compareDays(
      { on: '2026-11-20', people: [blocked] },
      { on: '2026-11-23', people: [blocked] },
    );

    expect(second?.report.history).toMatchObject({
      state: 'kept',
      comparedWith: '2026-11-20',
      changes: [],
    });
    expect(second?.report.hits.impact[0]?.ageDays).toBe(3);
  });

  it.each<[string, readonly Someone[], readonly Someone[], readonly string[]]>([
    ['a new hit opens', [quiet], [missing], ['Person 1: opened in missing day 0']],
    [
      'a registered method resolves',
      [missing],
      [safe],
      ['Person 1: resolved registered from missing day 1'],
    ],
    [
      'MFA done elsewhere resolves',
      [blocked],
      [{ number: 1, uses: 'mfa' }],
      ['Person 1: resolved mfa-seen from impact day 1'],
    ],
    [
      'a disabled account resolves',
      [blocked],
      [{ ...blocked, isEnabled: false }],
      ['Person 1: resolved disabled from impact day 1'],
    ],
    ['a deleted account resolves', [blocked], [], ['Person 1: resolved left from impact day 1']],
    [
      'somebody gone quiet resolves',
      [missing],
      [quiet],
      ['Person 1: resolved inactive from missing day 1'],
    ],
    [
      'a first use of the portal moves',
      [missing],
      [blocked],
      ['Person 1: moved from missing in impact day 1'],
    ],
    ['a lost method regresses', [safe], [missing], ['Person 1: regressed in missing day 0']],
    [
      'a method that policy no longer allows regresses',
      [safe],
      [{ number: 1, row: 'not-usable' }],
      ['Person 1: regressed in not-usable day 0'],
    ],
    [
      'a row that vanishes is no lost method',
      [safe],
      [{ number: 1, row: 'none' }],
      ['Person 1: opened in unknown day 0'],
    ],
    ['who was never a hit makes no change', [safe], [quiet], []],
  ])('%s', (_case, before, after, expected) => {
    expect(changesBetween(before, after)).toEqual(expected);
  });

  it('tells a lost method also when the row was away in between', () => {
    const [, , third] = compareDays(
      { on: '2026-11-19', people: [safe] },
      { on: '2026-11-20', people: [{ number: 1, row: 'none' }] },
      { on: '2026-11-21', people: [blocked] },
    );

    expect(third && tell(third)).toEqual(['Person 1: regressed from unknown in impact day 0']);
  });

  it('lets the age begin again for somebody who is back, and keeps the first day beside it', () => {
    const [, , third] = compareDays(
      { on: '2026-11-01', people: [missing] },
      { on: '2026-11-02', people: [quiet] },
      { on: '2026-11-21', people: [missing] },
    );

    expect(third && tell(third)).toEqual(['Person 1: reopened in missing day 0']);
    expect(third?.next?.open[0]).toMatchObject({
      openedOn: '2026-11-21',
      firstOpenedOn: '2026-11-01',
    });
  });

  it('keeps the age of somebody who moves', () => {
    const [, second, third] = compareDays(
      { on: '2026-11-01', people: [missing] },
      { on: '2026-11-11', people: [blocked] },
      { on: '2026-11-21', people: [blocked] },
    );

    expect(second && tell(second)).toEqual(['Person 1: moved from missing in impact day 10']);
    expect(third?.report.hits.impact[0]?.ageDays).toBe(20);
  });

  it('keeps the id of a finding while the person is renamed, resolved and back', () => {
    const days = compareDays(
      { on: '2026-11-01', people: [missing] },
      { on: '2026-11-02', people: [safe] },
      { on: '2026-11-21', people: [{ ...blocked, name: 'Renamed' }] },
    );

    const ids = days.flatMap(({ report }) => report.history?.changes.map((c) => c.findingId) ?? []);

    expect(new Set([...ids, days[0]?.report.hits.missing[0]?.findingId]).size).toBe(1);
    expect(days[2] && tell(days[2])).toEqual(['Renamed: regressed in impact day 0']);
  });

  it('says of nobody that they left while rows of people could not be read', () => {
    const [, second, third] = compareDays(
      { on: '2026-11-20', people: [blocked] },
      { on: '2026-11-21', people: [], missing: ['users'] },
      { on: '2026-11-22', people: [blocked] },
    );

    expect(second && tell(second)).toEqual([]);
    expect(third && tell(third)).toEqual([]);
    expect(third?.report.hits.impact[0]?.ageDays).toBe(2);
  });

  it('does not say that somebody is no longer refused while sign-ins are missing', () => {
    const refused: Someone = { number: 1, row: 'capable', refused: 'twice' };
    const [, second, third] = compareDays(
      { on: '2026-11-20', people: [refused] },
      { on: '2026-11-21', people: [safe], missing: ['nonInteractiveSignIns'] },
      { on: '2026-11-22', people: [safe] },
    );

    expect(second && tell(second)).toEqual([]);
    expect(third && tell(third)).toEqual(['Person 1: resolved not-refused from stopped day 2']);
  });

  it('names somebody who left although the tenant does not any more', () => {
    const [, second] = compareDays(
      { on: '2026-11-20', people: [{ ...blocked, name: 'Ada Byron' }] },
      { on: '2026-11-21', people: [] },
    );

    expect(second?.report.history?.changes[0]).toMatchObject({
      displayName: 'Ada Byron',
      userPrincipalName: 'AdaByron@contoso.example',
    });
  });

  it('forgets names 30 days after a finding was resolved, and never the finding', () => {
    const [, , day29, day30] = compareDays(
      { on: '2026-10-01', people: [missing] },
      { on: '2026-10-02', people: [safe] },
      { on: '2026-10-31', people: [safe] },
      { on: '2026-11-01', people: [safe] },
    );

    expect(day29?.next?.closed[0]).toMatchObject({ displayName: 'Person 1', id: guid(1) });
    expect(Object.keys(day30?.next?.closed[0] ?? {})).toEqual([
      'findingId',
      'firstOpenedOn',
      'resolvedOn',
      'how',
    ]);
  });

  it('says out of scope, and names the setting, where a setting took somebody out', () => {
    const guest = { ...missing, isGuest: true };

    const [, second] = compareDays(
      { on: '2026-11-20', people: [guest], settings: { INCLUDE_GUESTS: 'a' } },
      {
        on: '2026-11-21',
        people: [guest],
        settings: { INCLUDE_GUESTS: 'b' },
        rules: { includeGuests: false },
      },
    );

    expect(second && tell(second)).toEqual(['Person 1: resolved out-of-scope from missing day 1']);
    expect(second?.report.history?.changedSettings).toEqual(['INCLUDE_GUESTS']);
  });

  it('says out of scope of somebody who got the role of a synchronisation account', () => {
    expect(changesBetween([missing], [{ ...missing, role: 'synchronisation' }])).toEqual([
      'Person 1: resolved out-of-scope from missing day 1',
    ]);
  });

  it('says of somebody external that they use nothing any more', () => {
    const external = { number: 1, kind: 'external', row: 'bare' } as const;

    expect(changesBetween([{ ...external, uses: 'single-factor' }], [external])).toEqual([
      'Person 1: resolved unused from impact day 1',
    ]);
  });

  it('resolves an emergency account that was disabled, though it stays in scope', () => {
    const rules = { breakGlassAccounts: ['Person1@contoso.example'] };
    const [, second] = compareDays(
      { on: '2026-11-20', people: [missing], rules },
      { on: '2026-11-21', people: [{ ...missing, isEnabled: false }], rules },
    );

    expect(second && tell(second)).toEqual(['Person 1: resolved disabled from missing day 1']);
  });

  it('says out of scope, not inactive, where fewer days of inactivity were set', () => {
    const [, second] = compareDays(
      { on: '2026-11-20', people: [missing], settings: { DAYS_TO_CHECK_LOGS: 'a' } },
      { on: '2026-11-21', people: [quiet], settings: { DAYS_TO_CHECK_LOGS: 'b' } },
    );

    expect(second && tell(second)).toEqual(['Person 1: resolved out-of-scope from missing day 1']);
  });

  it('shows the last 30 runs and marks the partial ones', () => {
    const days = Array.from({ length: 32 }, (_, day) => ({
      on: new Date(Date.UTC(2026, 9, 1 + day)).toISOString().slice(0, 10),
      people: [missing],
      missing: day === 31 ? (['roles'] as const) : [],
    }));

    const trend = compareDays(...days).at(-1)?.report.history?.trend;

    expect(trend).toHaveLength(30);
    expect(trend?.[0]).toMatchObject({ day: '2026-10-03', isPartial: false });
    expect(trend?.at(-1)).toEqual({
      day: '2026-11-01',
      isPartial: true,
      hits: { stopped: 0, impact: 0, missing: 1, 'not-usable': 0, unknown: 0 },
    });
  });

  it('remembers four weeks of runs also where there are two a day, and forgets older ones', () => {
    const days = Array.from({ length: 70 }, (_, run) => ({
      on: new Date(Date.UTC(2026, 9, 1 + Math.floor(run / 2))).toISOString().slice(0, 10),
      people: [],
    }));

    const { report, next } = compareDays(...days).at(-1)!;

    expect(report.history?.trend).toHaveLength(30);
    expect(next?.trend[0]?.day).toBe('2026-10-07');
    expect(next?.trend).toHaveLength(58);
  });

  it('remembers since when the settings are as they are', () => {
    const days = compareDays(
      { on: '2026-11-19', people: [], settings: { INCLUDE_GUESTS: 'a' } },
      { on: '2026-11-20', people: [], settings: { INCLUDE_GUESTS: 'b' } },
      { on: '2026-11-21', people: [], settings: { INCLUDE_GUESTS: 'b' } },
    );

    expect(days.map(({ next }) => next?.settingsSince)).toEqual([
      undefined,
      '2026-11-20',
      '2026-11-20',
    ]);
  });

  it.each(['lost', 'none'] as const)('compares nothing while the stored state is %s', (state) => {
    const { report, next } = compareDay({
      on: '2026-11-21',
      people: [blocked],
      input: { remembered: { state }, problems: ['the storage does not answer'] },
    });

    expect(next).toBeUndefined();
    expect(report.history).toEqual({
      state,
      problems: ['the storage does not answer'],
      changes: [],
      changedSettings: [],
      haveRulesChanged: false,
      trend: [],
      resolvedLast7Days: 0,
      resolvedLast30Days: 0,
      exceptions: { active: [], ended: [], refused: [] },
      undelivered: [],
    });
    expect(report.hits.impact[0]?.findingId).toMatch(/^f[0-9a-f]{16}$/);
    expect(report.hits.impact[0]?.ageDays).toBeUndefined();
  });

  it('remembers the scheduled instant that a report was for, and none of one on demand', () => {
    const [scheduled, onDemand] = ['2026-11-21T06:00:00.000Z', undefined].map(
      (occurrenceAt) =>
        compareDay({ on: '2026-11-21', people: [], input: { occurrenceAt } }).next ?? {},
    );

    expect(scheduled).toHaveProperty('occurrenceAt', '2026-11-21T06:00:00.000Z');
    expect(onDemand).not.toHaveProperty('occurrenceAt');
  });

  it('says which digests were never delivered', () => {
    const undelivered = ['2026-11-20T06:00:00.000Z'];

    const { report } = compareDay({ on: '2026-11-21', people: [], input: { undelivered } });

    expect(report.history?.undelivered).toEqual(undelivered);
  });
});

describe('compare, after a run on demand that was recorded', () => {
  const first = compareDay({ on: '2026-11-20', people: [safe] }).next;
  const onDemand = compareDay({ on: '2026-11-21', people: [missing] }, first).next;

  it('still counts changes from the last scheduled digest, with the age since it was first seen', () => {
    const compared = compareDay({
      on: '2026-11-23',
      people: [missing],
      input: { remembered: { state: 'kept', lifecycle: first!, onDemand: onDemand! } },
    });

    expect(tell(compared)).toEqual(['Person 1: regressed in missing day 2']);
  });

  it('remembers a finding that opened and was resolved in between', () => {
    const resolved = compareDay(
      { on: '2026-11-22', people: [{ number: 1, uses: 'mfa' }] },
      onDemand,
    ).next;

    const compared = compareDay({
      on: '2026-11-23',
      people: [{ number: 1, row: 'none' }],
      input: { remembered: { state: 'kept', lifecycle: first!, onDemand: resolved! } },
    });

    expect(tell(compared)).toEqual(['Person 1: reopened in unknown day 0']);
  });

  it('goes on from what was recorded before any scheduled digest', () => {
    const compared = compareDay({
      on: '2026-11-23',
      people: [missing],
      input: { remembered: { state: 'first', onDemand: onDemand! } },
    });

    expect(compared.report.history).toMatchObject({ state: 'first', changes: [] });
    expect(compared.report.hits.missing[0]?.ageDays).toBe(2);
  });

  it('leaves out what was recorded before the last scheduled digest', () => {
    const later = compareDay({ on: '2026-11-22', people: [safe] }, first).next;

    const compared = compareDay({
      on: '2026-11-23',
      people: [missing],
      input: { remembered: { state: 'kept', lifecycle: later!, onDemand: onDemand! } },
    });

    expect(tell(compared)).toEqual(['Person 1: regressed in missing day 0']);
  });
});
