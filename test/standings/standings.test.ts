import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { factsKey, HIT_LISTS, isHit, judge } from '../../lib/standings/standings.ts';
import type { Fact, Facts, Standing } from '../../lib/standings/standings.ts';
import { extentOf } from '../support/extent.ts';
import { aFacts } from '../support/facts.ts';

const ROW = aFacts();
const NO_ROW: Facts = { ...ROW, row: 'no', registered: 'no', capable: 'no' };
const NOT_CAPABLE: Facts = { ...ROW, registered: 'no', capable: 'no' };
const USED = { used: 'yes' } as const;
const WITH_MFA = { used: 'yes', mfaSeen: 'yes' } as const;
const STOPPED = { stoppedIfCapable: 'yes', stoppedIfNotCapable: 'yes' } as const;
const ONE_REFUSAL = { stoppedIfCapable: 'no', stoppedIfNotCapable: 'yes' } as const;

describe('the table', () => {
  it.each<[string, Facts, Standing]>([
    ['1: stopped, capable', { ...ROW, ...WITH_MFA, ...STOPPED }, 'stopped'],
    ['1: stopped, not capable', { ...NOT_CAPABLE, ...USED, ...ONE_REFUSAL }, 'stopped'],
    ['1: stopped, not active', { ...NOT_CAPABLE, active: false, ...ONE_REFUSAL }, 'stopped'],
    ['1: stopped, no row', { ...NO_ROW, ...ONE_REFUSAL }, 'stopped'],
    ['one refusal of somebody who can do MFA', { ...ROW, ...ONE_REFUSAL }, 'covered'],
    ['2: capable, used with MFA', { ...ROW, ...WITH_MFA }, 'covered'],
    ['3: capable, used with one factor', { ...ROW, ...USED }, 'single-factor'],
    ['4: capable, not used', ROW, 'covered'],
    ['4: capable, not used, not active', { ...ROW, active: false }, 'covered'],
    ['5: not capable, used with MFA', { ...NOT_CAPABLE, ...WITH_MFA }, 'satisfied-elsewhere'],
    ['6: not capable, used with one factor', { ...NOT_CAPABLE, ...USED }, 'impact'],
    [
      '6: registered but not capable, used with one factor',
      { ...NOT_CAPABLE, registered: 'yes', ...USED },
      'impact',
    ],
    ['6: external, used with one factor', { ...NOT_CAPABLE, ...USED, isExternal: true }, 'impact'],
    ['7: external, not used, active', { ...NOT_CAPABLE, isExternal: true }, 'external'],
    ['7: external without a row, not used, active', { ...NO_ROW, isExternal: true }, 'external'],
    ['4: external, capable', { ...ROW, isExternal: true }, 'covered'],
    ['8: not registered, not used, active', NOT_CAPABLE, 'missing'],
    [
      '9: registered but not capable, not used, active',
      { ...NOT_CAPABLE, registered: 'yes' },
      'not-usable',
    ],
    [
      '9: not registered, with Windows Hello alone',
      { ...NOT_CAPABLE, isUncounted: true },
      'not-usable',
    ],
    ['10: not capable, not used, not active', { ...NOT_CAPABLE, active: false }, 'dormant'],
    [
      '10: external, not used, not active',
      { ...NOT_CAPABLE, isExternal: true, active: false },
      'dormant',
    ],
    ['11: no row, used with MFA', { ...NO_ROW, ...WITH_MFA }, 'satisfied-elsewhere'],
    ['12: no row, used with one factor', { ...NO_ROW, ...USED }, 'unknown'],
    ['12: no row, used with one factor, new', { ...NO_ROW, ...USED, isNew: true }, 'unknown'],
    ['13: no row, not used, active', NO_ROW, 'unknown'],
    ['13: no row, not used, active, new', { ...NO_ROW, isNew: true }, 'new'],
    ['14: no row, not used, not active', { ...NO_ROW, active: false }, 'dormant'],
    ['only a phone, after its end', { ...ROW, ...WITH_MFA, hasPhoneEnded: true }, 'not-usable'],
    [
      'only a phone, after its end, got in with one factor',
      { ...ROW, ...USED, hasPhoneEnded: true },
      'impact',
    ],
  ])('%s', (_, facts, standing) => {
    expect(judge(facts)).toBe(standing);
  });
});

/** Facts that are all known. */
interface World {
  readonly row: boolean;
  readonly registered: boolean;
  readonly capable: boolean;
  readonly used: boolean;
  readonly mfaSeen: boolean;
  readonly active: boolean;
  readonly stoppedIfCapable: boolean;
  readonly stoppedIfNotCapable: boolean;
  readonly isNew: boolean;
  readonly isExternal: boolean;
  readonly isUncounted: boolean;
  readonly hasPhoneEnded: boolean;
}

/** The table once more, as nested questions. */
function nested(world: World): Standing {
  const isCapable = world.row && world.capable;
  if (isCapable ? world.stoppedIfCapable : world.stoppedIfNotCapable) return 'stopped';
  if (world.row && world.hasPhoneEnded)
    return world.used && !world.mfaSeen ? 'impact' : 'not-usable';
  if (isCapable) return world.used && !world.mfaSeen ? 'single-factor' : 'covered';
  if (world.used) {
    if (world.mfaSeen) return 'satisfied-elsewhere';
    return world.row ? 'impact' : 'unknown';
  }
  if (!world.active) return 'dormant';
  if (world.isExternal) return 'external';
  if (world.row) return world.registered || world.isUncounted ? 'not-usable' : 'missing';
  return world.isNew ? 'new' : 'unknown';
}

const OPEN = [
  'row',
  'registered',
  'capable',
  'used',
  'mfaSeen',
  'stoppedIfCapable',
  'stoppedIfNotCapable',
] as const;
const DECIDED = ['active', 'isNew', 'isExternal', 'isUncounted', 'hasPhoneEnded'] as const;

/** Every way to give each column one of its values: a number whose digits they are. */
function combinations<Value>(
  valuesOf: (column: string) => readonly Value[],
  columns: readonly string[],
): readonly Record<string, Value>[] {
  const digits = columns.map((column) => ({ column, values: valuesOf(column) }));
  const count = digits.reduce((product, { values }) => product * values.length, 1);
  return Array.from({ length: count }, (_, number) => {
    const combination: Record<string, Value> = {};
    let rest = number;
    for (const { column, values } of digits) {
      combination[column] = values[rest % values.length]!;
      rest = Math.floor(rest / values.length);
    }
    return combination;
  });
}

const FACTS: readonly Fact[] = ['yes', 'no', 'unknown'];

const ALL_FACTS = combinations<Fact | boolean>(
  (column) => ((DECIDED as readonly string[]).includes(column) ? [true, false] : FACTS),
  [...OPEN, ...DECIDED],
) as unknown as readonly Facts[];
const LOOKED_AT = extentOf(ALL_FACTS);

/** Every world that what is known allows, as it is written in the rule. */
function worldsOf(facts: Facts): readonly World[] {
  const decided = Object.fromEntries(DECIDED.map((column) => [column, facts[column]]));
  const open = combinations(
    (column) =>
      facts[column as (typeof OPEN)[number]] === 'unknown'
        ? [true, false]
        : [facts[column as (typeof OPEN)[number]] === 'yes'],
    OPEN,
  );
  return open.map((world) => ({ ...decided, ...world }) as unknown as World);
}

/** The three-valued rule, word for word. */
function byTheRule(facts: Facts): Standing {
  const possible = worldsOf(facts).map(nested);
  const [first = 'unknown'] = possible;
  if (possible.every((standing) => standing === first)) return first;
  const hits: readonly Standing[] = ['stopped', 'impact', 'missing', 'not-usable', 'unknown'];
  if (possible.some((standing) => hits.includes(standing))) return 'unknown';
  const least = ['dormant', 'external', 'satisfied-elsewhere', 'covered'] as const;
  return least.find((standing) => possible.includes(standing)) ?? 'unknown';
}

describe('judge', () => {
  it('gives every combination of known and unknown facts what the rule gives', () => {
    const wrong = LOOKED_AT.filter((facts) => judge(facts) !== byTheRule(facts));

    expect(ALL_FACTS).toHaveLength(3 ** OPEN.length * 2 ** DECIDED.length);
    expect(wrong).toEqual([]);
  });

  it('makes nobody look safe whom a missing source could show to be a hit', () => {
    const wrong = LOOKED_AT.filter((facts) => !isHit(judge(facts))).flatMap((facts) =>
      OPEN.filter((column) => facts[column] === 'unknown').filter((column) =>
        (['yes', 'no'] as const).some((fact) => isHit(judge({ ...facts, [column]: fact }))),
      ),
    );

    expect(wrong).toEqual([]);
  });

  it('says of nobody that they cannot do MFA while anything that decides it is unknown', () => {
    const impact = LOOKED_AT.filter(
      (facts) => judge(facts) === 'impact' && facts.hasPhoneEnded === false,
    );

    expect(impact.length).toBeGreaterThan(0);
    const certain = ['yes', 'no', 'yes', 'no', 'no'];
    const uncertain = impact
      .map((facts) => [
        facts.row,
        facts.capable,
        facts.used,
        facts.mfaSeen,
        facts.stoppedIfNotCapable,
      ])
      .filter((known) => !isDeepStrictEqual(known, certain));
    expect(uncertain).toEqual([]);
  });

  it('says of nobody that they are stopped while a success may be missing', () => {
    const stopped = LOOKED_AT.filter((facts) => judge(facts) === 'stopped');

    expect(stopped.length).toBeGreaterThan(0);
    const unfounded = stopped.filter(
      ({ stoppedIfCapable, stoppedIfNotCapable }) =>
        stoppedIfCapable !== 'yes' && stoppedIfNotCapable !== 'yes',
    );
    expect(unfounded).toEqual([]);
  });
});

describe('isHit', () => {
  it('is true for the lists and for nothing else', () => {
    expect(HIT_LISTS.every(isHit)).toBe(true);
    expect((['new', 'covered', 'dormant', 'single-factor', 'external'] as const).some(isHit)).toBe(
      false,
    );
  });
});

describe('factsKey', () => {
  it('tells facts apart that differ in one of them', () => {
    const others = Object.entries(ROW).flatMap(([name, fact]) =>
      (typeof fact === 'boolean'
        ? [!fact]
        : ['yes', 'no', 'unknown'].filter((it) => it !== fact)
      ).map((other) => ({ ...ROW, [name]: other })),
    );

    expect(new Set([ROW, ...others].map(factsKey)).size).toBe(others.length + 1);
  });
});
