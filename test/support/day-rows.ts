import fc from 'fast-check';
import {
  COUNTS,
  EVIDENCE_COUNTS,
  FIRST_STAGE,
  MFA_COUNTS,
  SLOTS,
} from '../../lib/sign-ins/day-row.ts';
import type { DayRow } from '../../lib/sign-ins/day-row.ts';

export const DAY = Date.parse('2026-11-20T00:00:00Z');
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

type Count = (typeof COUNTS)[number];

/** A row of person 0 at the first slot, all of it at one instant of 20 November, in milliseconds of that day. */
export function aDayRow(
  about: Readonly<Partial<Record<Count, number>>>,
  offsetMs = 0,
  rest: Partial<DayRow> = {},
): DayRow {
  const at = DAY + offsetMs;
  const counts = COUNTS.map((name) => about[name] ?? 0);
  const sum = (from: number, to: number) =>
    counts.slice(from, to).reduce((all, one) => all + one, 0);
  const isRefused = sum(FIRST_STAGE, FIRST_STAGE + 5) > 0;
  const stage = counts.slice(FIRST_STAGE, FIRST_STAGE + 5).findIndex((count) => count > 0);
  const isSuccess = sum(0, EVIDENCE_COUNTS) > 0;
  return {
    person: 0,
    slot: 0,
    counts,
    firstAt: isSuccess ? at : 0,
    lastAt: isSuccess ? at : 0,
    lastMfaAt: sum(0, MFA_COUNTS) > 0 ? at : 0,
    lastHereAt: (about.here ?? 0) > 0 ? at : 0,
    lastRefusalAt: isRefused ? at : 0,
    lastRefusal: isRefused ? stage * 16 : 0,
    hours: 1 << Math.floor(offsetMs / HOUR_MS),
    ropc: 0,
    ...rest,
  };
}

/** One sign-in of anybody, of any kind. */
export const anyDayRow: fc.Arbitrary<DayRow> = fc
  .record({
    person: fc.nat(5),
    slot: fc.nat(SLOTS - 1),
    name: fc.constantFrom(
      'here',
      'elsewhere',
      'claim',
      'unsaid',
      'none',
      'enrol',
      'cannot-enrol',
      'not-passed',
      'expired',
      'not-trusted',
    ) as fc.Arbitrary<Count>,
    howMany: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 100_000 })),
    offsetMs: fc.oneof(
      fc.integer({ min: 0, max: 86_399 }).map((second) => second * 1000),
      fc.integer({ min: 0, max: DAY_MS - 1 }),
    ),
    asker: fc.constantFrom('mfaByApplication', 'mfaByTenant', undefined) as fc.Arbitrary<
      Count | undefined
    >,
    askers: fc.nat(15),
    ropc: fc.constantFrom(0, 0, 0, 1, 2, 3),
  })
  .map(({ person, slot, name, howMany, offsetMs, asker, askers, ropc }) => {
    const isMfa = ['here', 'elsewhere', 'claim'].includes(name);
    const counts = { [name]: howMany, ...(isMfa && asker !== undefined && { [asker]: howMany }) };
    const row = aDayRow(counts, offsetMs, { person, slot, ropc });
    return row.lastRefusalAt === 0 ? row : { ...row, lastRefusal: row.lastRefusal + askers };
  });
