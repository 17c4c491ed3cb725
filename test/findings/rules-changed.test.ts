import { describe, expect, it } from '@jest/globals';
import type { Lifecycle } from '../../lib/findings/findings.ts';
import { compareDay, compareDays, storedAndRead, tell } from './a-tenant.ts';
import type { Day } from './a-tenant.ts';

const bare = { number: 1, uses: 'single-factor' } as const;
const day = (on: string, ...people: Day['people']): Day => ({ on, people });

/** What a run before the rules of today has left: without their edition, and under another list. */
function leftByOlderRules(left: Lifecycle | undefined): Lifecycle | undefined {
  if (left === undefined) return undefined;
  const { rules: _edition, ...rest } = left;
  return storedAndRead({
    ...rest,
    open: left.open.map((finding) => ({ ...finding, list: 'missing' })),
  });
}

describe('the first report under other rules', () => {
  const before = compareDay(day('2026-11-20', bare, { number: 2 }));
  const left = leftByOlderRules(before.next);

  it('says so, and takes for no news what the rules have moved, opened or closed', () => {
    const today = day('2026-11-21', bare, { number: 2, uses: 'mfa' }, { number: 3 });
    const { report } = compareDay(today, left);

    expect(report.haveRulesChanged).toBe(true);
    expect(tell({ report })).toEqual([]);
    expect(report.history).toMatchObject({ comparedWith: '2026-11-20', resolvedLast7Days: 0 });
  });

  it('keeps the ids and ages of findings', () => {
    const { report } = compareDay(day('2026-11-21', bare, { number: 2 }), left);

    expect(report.hits.impact[0]).toMatchObject({
      findingId: before.report.hits.impact[0]?.findingId,
      ageDays: 1,
    });
  });

  it('still tells what people did or what was done to them', () => {
    const today = day('2026-11-21', { ...bare, row: 'capable' }, { number: 2, isEnabled: false });

    expect(tell(compareDay(today, left))).toEqual([
      'Person 1: resolved registered from missing day 1',
      'Person 2: resolved disabled from missing day 1',
    ]);
  });

  it('still tells who left, who was excepted and who lost a method', () => {
    const exceptions = [
      {
        line: 2,
        person: 'Person2@contoso.example',
        reason: 'R',
        approvedBy: 'A',
        expires: '2026-12-01',
      },
    ];
    const safe = { number: 3, row: 'capable' } as const;
    const yesterday = leftByOlderRules(
      compareDay(day('2026-11-20', bare, { number: 2 }, safe)).next,
    );

    const today = compareDay(
      { ...day('2026-11-21', { number: 2 }, { number: 3 }), exceptions },
      yesterday,
    );

    expect(tell(today)).toEqual([
      'Person 3: regressed in missing day 0',
      'Person 1: resolved left from missing day 1',
      'Person 2: resolved excepted from missing day 1',
    ]);
  });

  it('is compared with from the next day on', () => {
    const first = compareDay(day('2026-11-21', bare, { number: 2 }), left);
    const second = compareDay(day('2026-11-22', bare, { number: 2 }, { number: 3 }), first.next);

    expect(second.report.haveRulesChanged).toBe(false);
    expect(tell(second)).toEqual(['Person 3: opened in missing day 0']);
  });

  it('is not the first report of all, nor one under the same rules', () => {
    const days = compareDays(day('2026-11-20', bare), day('2026-11-21', bare));

    expect(days.map(({ report }) => report.haveRulesChanged)).toEqual([false, false]);
  });
});

describe('somebody who was stopped at MFA', () => {
  const stopped = { number: 1, row: 'capable', refused: 'twice' } as const;

  it.each([
    ['got through', { uses: 'mfa' } as const, 'mfa-seen'],
    ['was not refused again', {}, 'not-refused'],
  ])('although they could do MFA, and %s', (_, after, how) => {
    const days = compareDays(
      day('2026-11-20', stopped),
      day('2026-11-22', { number: 1, row: 'capable', ...after }),
    );

    expect(tell(days[0]!)).toEqual([]);
    expect(days[0]?.report.hits.stopped).toHaveLength(1);
    expect(tell(days[1]!)).toEqual([`Person 1: resolved ${how} from stopped day 2`]);
  });

  it('for want of a method, and has registered one', () => {
    const days = compareDays(
      day('2026-11-20', { number: 1, refused: 'once' }),
      day('2026-11-21', { number: 1, row: 'capable', uses: 'mfa' }),
    );

    expect(tell(days[1]!)).toEqual(['Person 1: resolved registered from stopped day 1']);
  });

  it('moves to another list where only the refusals have passed', () => {
    const days = compareDays(
      day('2026-11-20', { number: 1, refused: 'once' }),
      day('2026-11-21', { number: 1 }),
    );

    expect(tell(days[1]!)).toEqual(['Person 1: moved from stopped in missing day 1']);
  });
});

describe('somebody who lost a method', () => {
  it('is told so only where that made the change', () => {
    const days = compareDays(
      day('2026-11-20', { number: 1 }),
      day('2026-11-21', { ...bare, lost: 'deleted' }),
    );

    expect(days[1]?.report.history?.changes).toMatchObject([
      { kind: 'moved', reason: days[1]?.report.hits.impact[0]?.reason },
    ]);
  });

  it.each([
    ['deleted-by-admin', 'An administrator deleted a method.'],
    ['re-registration-demanded', 'An administrator demanded to register again.'],
    ['deleted', 'A method was deleted.'],
  ] as const)('is told with who took it: %s', (lost, words) => {
    const days = compareDays(
      day('2026-11-20', { number: 1, row: 'capable' }),
      day('2026-11-21', { number: 1, lost }),
    );

    expect(days[1]?.report.history?.changes).toMatchObject([
      { kind: 'regressed', reason: `Signs in, but has no MFA method registered. ${words}` },
    ]);
  });
});
