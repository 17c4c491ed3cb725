import { describe, expect, it } from '@jest/globals';
import { guid } from '../support/a-report.ts';
import { compareDay, compareDays, tell } from './a-tenant.ts';
import type { Day, Someone } from './a-tenant.ts';

const blocked: Someone = { number: 1, uses: 'single-factor' };
const missing: Someone = { number: 1 };
const safe: Someone = { number: 1, row: 'capable' };
const until = (expires: string) => [{ person: 'Person1@contoso.example', expires }];

describe('an exception', () => {
  it('takes a person out of lists and figures, and leaves them among the people', () => {
    const [, second] = compareDays(
      { on: '2026-11-20', people: [blocked] },
      { on: '2026-11-21', people: [blocked], exceptions: until('2026-12-31') },
    );

    expect(second && tell(second)).toEqual(['Person 1: resolved excepted from impact day 1']);
    expect(second?.report.hits.impact).toEqual([]);
    expect(second?.report.figures.hits.impact.people).toEqual({ kind: 'exact', value: 0 });
    expect(second?.report.figures).toMatchObject({ inScope: 2, capableShare: 1 });
    expect(second?.report.people[0]?.standing).toBe('impact');
    expect(second?.report.history).toMatchObject({
      resolvedLast7Days: 0,
      resolvedLast30Days: 0,
      trend: [{ hits: { impact: 1 } }, { hits: { impact: 0 } }],
    });
  });

  it('is no pace: the trend knows how many left by exception and came back', () => {
    const days = compareDays(
      { on: '2026-11-19', people: [blocked] },
      { on: '2026-11-20', people: [blocked], exceptions: until('2026-11-20') },
      { on: '2026-11-21', people: [blocked] },
    );

    expect(days.at(-1)?.next?.trend.map(({ excepted }) => excepted)).toEqual([0, 1, 0]);
  });

  it('is what the trend counts, and no other end of a finding', () => {
    const days = compareDays(
      { on: '2026-11-20', people: [missing] },
      { on: '2026-11-21', people: [safe] },
    );

    expect(days.at(-1)?.next?.trend.map(({ excepted }) => excepted)).toEqual([0, 0]);
  });

  it('is told with its days left, as new on its first day only', () => {
    const [, second, third] = compareDays(
      { on: '2026-11-19', people: [blocked] },
      { on: '2026-11-20', people: [blocked], exceptions: until('2026-11-22') },
      { on: '2026-11-21', people: [blocked], exceptions: until('2026-11-22') },
    );

    expect(second?.report.history?.exceptions.active).toEqual([
      {
        id: guid(1),
        userPrincipalName: 'Person1@contoso.example',
        displayName: 'Person 1',
        reason: 'A robot without hands.',
        approvedBy: 'The CISO',
        expiresOn: '2026-11-22',
        daysLeft: 2,
        isNew: true,
      },
    ]);
    expect(third?.report.history?.exceptions.active[0]).toMatchObject({
      daysLeft: 1,
      isNew: false,
    });
  });

  it('counts on its last day and lets the person return on the next, as old as from the first day', () => {
    const exceptions = until('2026-11-21');

    const [, , last, after] = compareDays(
      { on: '2026-11-01', people: [missing] },
      { on: '2026-11-02', people: [missing], exceptions },
      { on: '2026-11-21', people: [missing], exceptions },
      { on: '2026-11-22', people: [missing], exceptions },
    );

    expect(last?.report.hits.missing).toEqual([]);
    expect(after && tell(after)).toEqual(['Person 1: reopened in missing day 21']);
    expect(after?.report.history?.exceptions).toMatchObject({
      active: [],
      ended: [{ displayName: 'Person 1', expiresOn: '2026-11-21' }],
      refused: [{ line: 2, because: 'Its expiry has passed.' }],
    });
  });

  it('goes on from the first opening also where the finding had been resolved before', () => {
    const [, , , , fifth] = compareDays(
      { on: '2026-11-01', people: [missing] },
      { on: '2026-11-02', people: [{ number: 1, isActive: false }] },
      { on: '2026-11-03', people: [missing] },
      { on: '2026-11-04', people: [missing], exceptions: until('2026-11-04') },
      { on: '2026-11-11', people: [missing] },
    );

    expect(fifth && tell(fifth)).toEqual(['Person 1: reopened in missing day 10']);
  });

  it('does not carry the age over to a gap that closed meanwhile', () => {
    const exceptions = until('2026-11-04');

    const [, , , , fifth] = compareDays(
      { on: '2026-11-01', people: [missing] },
      { on: '2026-11-02', people: [missing], exceptions },
      { on: '2026-11-03', people: [{ number: 1, isActive: false }], exceptions },
      { on: '2026-11-04', people: [missing], exceptions },
      { on: '2026-11-11', people: [missing] },
    );

    expect(fifth && tell(fifth)).toEqual(['Person 1: reopened in missing day 0']);
  });

  it('goes on from the first opening also after months, when names are long forgotten', () => {
    const exceptions = until('2026-06-30');

    const [, , , june, after] = compareDays(
      { on: '2026-03-01', people: [missing] },
      { on: '2026-03-02', people: [missing], exceptions },
      { on: '2026-06-29', people: [missing], exceptions },
      { on: '2026-06-30', people: [missing], exceptions },
      { on: '2026-07-01', people: [missing] },
    );

    expect(june?.next?.closed[0]?.displayName).toBeUndefined();
    expect(after && tell(after)).toEqual(['Person 1: reopened in missing day 122']);
  });

  it('tells a method that was lost under it when it ends', () => {
    const [, , third] = compareDays(
      { on: '2026-11-01', people: [safe] },
      { on: '2026-11-02', people: [missing], exceptions: until('2026-11-02') },
      { on: '2026-11-03', people: [missing] },
    );

    expect(third && tell(third)).toEqual(['Person 1: regressed in missing day 0']);
  });

  it('yields to what the person did to be safe', () => {
    const [, second] = compareDays(
      { on: '2026-11-20', people: [missing] },
      { on: '2026-11-21', people: [safe], exceptions: until('2026-12-31') },
    );

    expect(second && tell(second)).toEqual(['Person 1: resolved registered from missing day 1']);
  });

  it('holds in a run that could not judge the person', () => {
    const [, second] = compareDays(
      { on: '2026-11-20', people: [blocked] },
      {
        on: '2026-11-21',
        people: [blocked],
        missing: ['registrations'],
        exceptions: until('2026-12-31'),
      },
    );

    expect(second && tell(second)).toEqual(['Person 1: resolved excepted from impact day 1']);
    expect(second?.report.hits.unknown).toEqual([]);
  });

  it('holds for the later of two valid lines, whatever their order', () => {
    const { report } = compareDay({
      on: '2026-11-21',
      people: [missing],
      exceptions: [...until('2026-12-24'), ...until('2026-12-31'), ...until('2026-12-01')],
    });

    expect(report.history?.exceptions.active).toMatchObject([{ expiresOn: '2026-12-31' }]);
  });

  it('holds for the first of two lines that end on one day', () => {
    const [first, second] = ['Waits for a key.', 'Waits for a phone.'].map((reason) => ({
      ...until('2026-12-31')[0],
      reason,
    }));

    const { report } = compareDay({
      on: '2026-11-21',
      people: [missing],
      exceptions: [first!, second!],
    });

    expect(report.history?.exceptions.active).toMatchObject([{ reason: 'Waits for a key.' }]);
  });

  it('may be long for somebody whom nobody judges, and who holds no role as far as is known', () => {
    const { report } = compareDay({
      on: '2026-11-21',
      people: [{ ...missing, isEnabled: false }],
      exceptions: until('2027-10-31'),
    });

    expect(report.history?.exceptions).toMatchObject({ active: [{ daysLeft: 344 }], refused: [] });
  });

  it('may name a person by object id, in any case', () => {
    const { report } = compareDay({
      on: '2026-11-21',
      people: [missing],
      exceptions: [{ person: guid(1).toUpperCase(), expires: '2026-12-31' }],
    });

    expect(report.history?.exceptions.active).toHaveLength(1);
  });

  it('is refused for somebody who holds a directory role beyond 90 days from today', () => {
    const people = [{ ...missing, role: 'administrator' as const }];

    const [on90, on91] = ['2027-02-19', '2027-02-20'].map((expires) =>
      compareDay({ on: '2026-11-21', people, exceptions: until(expires) }),
    );

    expect(on90?.report.history?.exceptions.active).toMatchObject([{ daysLeft: 90 }]);
    expect(on91?.report.history?.exceptions).toMatchObject({
      active: [],
      refused: [
        {
          line: 2,
          because:
            'The person holds a directory role, and the expiry is more than 90 days from today.',
        },
      ],
    });
  });

  it('neither begins nor ends because roles could not be read', () => {
    const withoutRoles: Partial<Day> = { missing: ['roles'] };
    const exceptions = until('2027-10-31');

    const began = compareDay({ on: '2026-11-21', people: [missing], ...withoutRoles, exceptions });
    const [, kept] = compareDays(
      { on: '2026-11-20', people: [missing], exceptions },
      { on: '2026-11-21', people: [missing], ...withoutRoles, exceptions },
    );

    expect(began.report.history?.exceptions).toMatchObject({
      active: [],
      refused: [
        {
          line: 2,
          because:
            'The expiry is more than 90 days from today, and it is not known whether the person holds a directory role.',
        },
      ],
    });
    expect(kept?.report.history?.exceptions).toMatchObject({ active: [{}], refused: [] });
  });

  it.each([
    ['no person', { person: '' }, 'It names no person.'],
    ['no reason', { reason: '' }, 'It gives no reason.'],
    ['no approver', { approvedBy: '' }, 'It names nobody who approved it.'],
    ['no expiry', { expires: '' }, 'It has no expiry.'],
    [
      'a date of its own',
      { expires: '31.12.2026' },
      'Its expiry is not a date written YYYY-MM-DD.',
    ],
    [
      'a day that is not',
      { expires: '2027-02-30' },
      'Its expiry is not a date written YYYY-MM-DD.',
    ],
    ['a past expiry', { expires: '2026-11-20' }, 'Its expiry has passed.'],
    [
      'somebody unknown',
      { person: 'nobody@contoso.example' },
      'Nobody in the tenant has this user principal name or object id.',
    ],
    [
      'an emergency account',
      { person: guid(2) },
      'It names an emergency account, which is never excepted.',
    ],
  ])('is refused by line: %s', (_case, line, because) => {
    const { report } = compareDay({
      on: '2026-11-21',
      people: [missing, { number: 2 }],
      rules: { breakGlassAccounts: ['Person2@contoso.example'] },
      exceptions: [{ person: guid(1), expires: '2026-12-31', ...line }],
    });

    expect(report.history?.exceptions).toMatchObject({
      active: [],
      refused: [{ line: 2, because }],
    });
    expect(report.hits.missing).toHaveLength(2);
  });
});

describe('exceptions.csv', () => {
  const excepted: Day = {
    on: '2026-11-20',
    people: [missing],
    exceptions: until('2026-11-21'),
  };

  it('that is malformed excepts nobody, and the mail says so', () => {
    const [, , third] = compareDays({ ...excepted, on: '2026-11-19', exceptions: [] }, excepted, {
      ...excepted,
      on: '2026-11-21',
      exceptions: { state: 'malformed', problem: 'It is a picture.' },
    });

    expect(third && tell(third)).toEqual(['Person 1: reopened in missing day 2']);
    expect(third?.report.history?.exceptions).toMatchObject({
      ended: [{ id: guid(1) }],
      problem: 'It is a picture.',
    });
  });

  it('that cannot be read keeps what held yesterday, until its last day, and the mail says so', () => {
    const problem = 'It could not be read.';
    const exceptions = { state: 'unreadable', problem } as const;

    const [, second, third] = compareDays(
      excepted,
      { ...excepted, on: '2026-11-21', exceptions },
      { ...excepted, on: '2026-11-22', exceptions },
    );

    expect(second?.report.history?.exceptions).toEqual({
      active: [expect.objectContaining({ id: guid(1), daysLeft: 0, isNew: false })],
      ended: [],
      refused: [],
      problem,
    });
    expect(third?.report.history?.exceptions).toMatchObject({
      active: [],
      ended: [{ id: guid(1), reason: 'A robot without hands.', expiresOn: '2026-11-21' }],
      refused: [],
    });
  });
});
