import { describe, expect, it } from '@jest/globals';
import { HIT_LISTS, isHit, judge } from '../../lib/standings/standings.ts';
import type { Fact, Facts, Standing } from '../../lib/standings/standings.ts';

const ROW: Facts = {
  row: 'yes',
  registered: 'yes',
  capable: 'yes',
  used: 'no',
  mfaSeen: 'no',
  active: true,
  isNew: false,
};
const NO_ROW: Facts = { ...ROW, row: 'no', registered: 'no', capable: 'no' };
const NOT_CAPABLE: Facts = { ...ROW, registered: 'no', capable: 'no' };
const USED = { used: 'yes' } as const;
const WITH_MFA = { used: 'yes', mfaSeen: 'yes' } as const;

describe('the table', () => {
  it.each<[string, Facts, Standing]>([
    ['capable, used with MFA', { ...ROW, ...WITH_MFA }, 'covered'],
    ['capable, used with one factor', { ...ROW, ...USED }, 'single-factor'],
    ['capable, not used', ROW, 'covered'],
    ['capable, not used, not active', { ...ROW, active: false }, 'covered'],
    ['not capable, used with MFA', { ...NOT_CAPABLE, ...WITH_MFA }, 'satisfied-elsewhere'],
    ['not capable, used with one factor', { ...NOT_CAPABLE, ...USED }, 'impact'],
    [
      'registered but not capable, used with one factor',
      { ...NOT_CAPABLE, registered: 'yes', ...USED },
      'impact',
    ],
    ['not registered, not used, active', NOT_CAPABLE, 'missing'],
    [
      'registered but not capable, not used, active',
      { ...NOT_CAPABLE, registered: 'yes' },
      'not-usable',
    ],
    ['not capable, not used, not active', { ...NOT_CAPABLE, active: false }, 'dormant'],
    ['no row, used with MFA', { ...NO_ROW, ...WITH_MFA }, 'satisfied-elsewhere'],
    ['no row, used with one factor', { ...NO_ROW, ...USED }, 'unknown'],
    ['no row, not used, active', NO_ROW, 'unknown'],
    ['no row, not used, active, new', { ...NO_ROW, isNew: true }, 'new'],
    ['no row, used with one factor, new', { ...NO_ROW, ...USED, isNew: true }, 'unknown'],
    ['no row, not used, not active', { ...NO_ROW, active: false }, 'dormant'],
  ])('%s', (_, facts, standing) => {
    expect(judge(facts)).toBe(standing);
  });
});

/** The table once more, as nested questions over facts that are all known. */
function nested(facts: Readonly<Record<keyof Facts, boolean>>): Standing {
  if (facts.used && facts.mfaSeen) {
    return facts.row && facts.capable ? 'covered' : 'satisfied-elsewhere';
  }
  if (facts.row && facts.capable) return facts.used ? 'single-factor' : 'covered';
  if (facts.used) return facts.row ? 'impact' : 'unknown';
  if (!facts.active) return 'dormant';
  if (facts.row) return facts.registered ? 'not-usable' : 'missing';
  return facts.isNew ? 'new' : 'unknown';
}

const COLUMNS = ['row', 'registered', 'capable', 'used', 'mfaSeen', 'active', 'isNew'] as const;

/** Every way to give the columns one of the values. */
function* combinations<Value>(
  values: (column: (typeof COLUMNS)[number]) => readonly Value[],
  columns: readonly (typeof COLUMNS)[number][] = COLUMNS,
): Generator<Record<string, Value>> {
  const [column, ...rest] = columns;
  if (column === undefined) {
    yield {};
    return;
  }
  for (const others of combinations(values, rest)) {
    for (const value of values(column)) yield { ...others, [column]: value };
  }
}

const FACTS: readonly Fact[] = ['yes', 'no', 'unknown'];
const isDecided = (column: string) => column === 'active' || column === 'isNew';

const ALL_FACTS = [
  ...combinations<Fact | boolean>((column) => (isDecided(column) ? [true, false] : FACTS)),
] as unknown as readonly Facts[];

/** The three-valued rule, word for word. */
function byTheRule(facts: Facts): Standing {
  const complete = [
    ...combinations((column) => {
      const fact = facts[column];
      if (fact === 'unknown') return [true, false];
      return [fact === true || fact === 'yes'];
    }),
  ] as readonly Record<keyof Facts, boolean>[];
  const possible = complete.map(nested);
  const [first = 'unknown'] = possible;
  if (possible.every((standing) => standing === first)) return first;
  const hits: readonly Standing[] = ['impact', 'missing', 'not-usable', 'unknown'];
  if (possible.some((standing) => hits.includes(standing))) return 'unknown';
  if (possible.includes('dormant')) return 'dormant';
  return possible.includes('satisfied-elsewhere') ? 'satisfied-elsewhere' : 'covered';
}

describe('judge', () => {
  it('gives every combination of known and unknown facts what the rule gives', () => {
    const wrong = ALL_FACTS.filter((facts) => judge(facts) !== byTheRule(facts));

    expect(ALL_FACTS).toHaveLength(3 ** 5 * 4);
    expect(wrong).toEqual([]);
  });

  it('makes nobody look safe whom a missing source could show to be a hit', () => {
    const safe: readonly Standing[] = [
      'covered',
      'single-factor',
      'satisfied-elsewhere',
      'dormant',
      'new',
    ];
    for (const facts of ALL_FACTS.filter((candidate) => safe.includes(judge(candidate)))) {
      for (const column of ['row', 'capable', 'used', 'mfaSeen'] as const) {
        if (facts[column] !== 'unknown') continue;
        const hits = (['yes', 'no'] as const)
          .map((fact) => judge({ ...facts, [column]: fact }))
          .filter(isHit);

        expect(hits).toEqual([]);
      }
    }
  });

  it('calls nobody blocked while anything that decides it is unknown', () => {
    const blocked = ALL_FACTS.filter((facts) => judge(facts) === 'impact');

    expect(blocked.length).toBeGreaterThan(0);
    for (const { row, capable, used, mfaSeen } of blocked) {
      expect([row, capable, used, mfaSeen]).toEqual(['yes', 'no', 'yes', 'no']);
    }
  });
});

describe('isHit', () => {
  it('is true for the lists and for nothing else', () => {
    expect(HIT_LISTS.every(isHit)).toBe(true);
    expect((['new', 'covered', 'dormant', 'single-factor'] as const).some(isHit)).toBe(false);
  });
});
