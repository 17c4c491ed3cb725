import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { changeDay, MICROSOFT_CHANGES } from '../../lib/entra/announcements.ts';
import type { MicrosoftChange } from '../../lib/entra/announcements.ts';
import { addDays, dayOf, isDay } from '../../lib/utc-day.ts';

const LIB = join(import.meta.dirname, '../../lib');
const NOTICE_DAYS = 60;

/** The changes that are due within the notice, or past, and that nothing in the product follows. */
function dueWithoutRule(
  changes: readonly MicrosoftChange[],
  today: string,
): readonly MicrosoftChange['id'][] {
  return changes
    .filter(({ from, handledBy }) => handledBy === undefined && from <= addDays(today, NOTICE_DAYS))
    .map(({ id }) => id);
}

describe('what Microsoft has announced', () => {
  it('is followed by a rule 60 days before it comes', () => {
    expect(dueWithoutRule(MICROSOFT_CHANGES, dayOf(Date.now()))).toEqual([]);
  });

  it('would be missed by nobody from the sixtieth day on', () => {
    const { handledBy: _rule, ...unruled } = MICROSOFT_CHANGES.at(-1)!;

    expect(dueWithoutRule([unruled], addDays(unruled.from, -61))).toEqual([]);
    expect(dueWithoutRule([unruled], addDays(unruled.from, -60))).toEqual([unruled.id]);
  });

  it.each(MICROSOFT_CHANGES)('names a rule that exists for $id, and a source', (change) => {
    expect(existsSync(join(LIB, change.handledBy ?? ''))).toBe(true);
    expect(isDay(change.from) && isDay(change.readOn)).toBe(true);
    expect(change.source).toMatch(/^https:\/\/|^Message center MC\d+$/);
  });

  it('stands in the order of its dates', () => {
    const days = MICROSOFT_CHANGES.map(({ from }) => from);

    expect(days).toEqual(days.toSorted());
  });

  it('dates the end of SMS and voice once, for whoever asks', () => {
    expect(changeDay('telephony')).toBe('2027-02-01');
    expect(changeDay('telephony-admins')).toBe('2027-07-01');
    expect(readFileSync(join(LIB, 'standings/phone-only.ts'), 'utf8')).not.toMatch(/20\d\d-/);
  });
});
