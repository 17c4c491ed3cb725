/** What the report says of a person. */
export const STANDINGS = [
  'impact',
  'missing',
  'not-usable',
  'unknown',
  'new',
  'single-factor',
  'satisfied-elsewhere',
  'covered',
  'dormant',
] as const;

export type Standing = (typeof STANDINGS)[number];

/** The standings that somebody must act on, worst first. */
export const HIT_LISTS = ['impact', 'missing', 'not-usable', 'unknown'] as const;

export type HitList = (typeof HIT_LISTS)[number];

export function isHit(standing: Standing): standing is HitList {
  return (HIT_LISTS as readonly Standing[]).includes(standing);
}

/** Three-valued: what was not seen, where a source is not complete, is unknown. */
export type Fact = 'yes' | 'no' | 'unknown';

/** The facts of the table, each known or not. `active` is always decided; `isNew` is a date, not a source. */
export interface Facts {
  readonly row: Fact;
  readonly registered: Fact;
  readonly capable: Fact;
  readonly used: Fact;
  readonly mfaSeen: Fact;
  readonly active: boolean;
  readonly isNew: boolean;
}

interface Line {
  readonly row: boolean;
  readonly capable?: boolean;
  readonly registered?: boolean;
  readonly used: boolean;
  readonly mfaSeen?: boolean;
  readonly active?: boolean;
  readonly isNew?: boolean;
  readonly standing: Standing;
}

/** The rules. A column that a line leaves out does not matter to it; the first line that fits decides. */
export const STANDING_TABLE: readonly Line[] = [
  { row: true, capable: true, used: true, mfaSeen: true, standing: 'covered' },
  { row: true, capable: true, used: true, mfaSeen: false, standing: 'single-factor' },
  { row: true, capable: true, used: false, standing: 'covered' },
  { row: true, capable: false, used: true, mfaSeen: true, standing: 'satisfied-elsewhere' },
  { row: true, capable: false, used: true, mfaSeen: false, standing: 'impact' },
  { row: true, capable: false, registered: false, used: false, active: true, standing: 'missing' },
  {
    row: true,
    capable: false,
    registered: true,
    used: false,
    active: true,
    standing: 'not-usable',
  },
  { row: true, capable: false, used: false, active: false, standing: 'dormant' },
  { row: false, used: true, mfaSeen: true, standing: 'satisfied-elsewhere' },
  { row: false, used: true, mfaSeen: false, standing: 'unknown' },
  { row: false, used: false, active: true, isNew: true, standing: 'new' },
  { row: false, used: false, active: true, isNew: false, standing: 'unknown' },
  { row: false, used: false, active: false, standing: 'dormant' },
];

/** Where no completion is a hit, the report says the least that is certain: the first of these. */
const HARMLESS: readonly Standing[] = ['dormant', 'satisfied-elsewhere', 'covered'];

/**
 * The standing of a person whose facts may be unknown. Every completion of the unknown facts goes through the
 * table: one standing is the answer; several without a hit give the first possible harmless one; anything else
 * is unknown, so that a missing source makes nobody look safe or unsafe.
 */
export function judge(facts: Facts): Standing {
  const { row, registered, capable, used, mfaSeen, active, isNew } = facts;
  const key = `${row} ${registered} ${capable} ${used} ${mfaSeen} ${active} ${isNew}`;
  const standing = JUDGED.get(key) ?? weigh(facts);
  JUDGED.set(key, standing);
  return standing;
}

/** Many people, fewer than a thousand combinations of facts. */
const JUDGED = new Map<string, Standing>();

/** Facts of which activity, too, may be unknown. */
export type SeenFacts = Omit<Facts, 'active'> & { readonly active: Fact };

/** Every standing that a person can have, given what was seen: that of each completion of what was not. */
export function possibleStandings(facts: SeenFacts): ReadonlySet<Standing> {
  return new Set(completions(facts).map(lookUp));
}

function weigh(facts: Facts): Standing {
  const possible = possibleStandings({ ...facts, active: facts.active ? 'yes' : 'no' });
  const [first] = possible;
  if (first !== undefined && possible.size === 1) return first;
  if ([...possible].some(isHit)) return 'unknown';
  return HARMLESS.find((standing) => possible.has(standing)) ?? 'unknown';
}

interface Completion {
  readonly row: boolean;
  readonly registered: boolean;
  readonly capable: boolean;
  readonly used: boolean;
  readonly mfaSeen: boolean;
  readonly active: boolean;
  readonly isNew: boolean;
}

function completions({ isNew, ...facts }: SeenFacts): readonly Completion[] {
  return values(facts.row).flatMap((row) =>
    values(facts.registered).flatMap((registered) =>
      values(facts.capable).flatMap((capable) =>
        values(facts.used).flatMap((used) =>
          values(facts.mfaSeen).flatMap((mfaSeen) =>
            values(facts.active).map((active) => ({
              row,
              registered,
              capable,
              used,
              mfaSeen,
              active,
              isNew,
            })),
          ),
        ),
      ),
    ),
  );
}

function values(fact: Fact): readonly boolean[] {
  if (fact === 'unknown') return [true, false];
  return [fact === 'yes'];
}

function lookUp(completion: Completion): Standing {
  const line = STANDING_TABLE.find((candidate) =>
    (Object.keys(completion) as (keyof Completion)[]).every(
      (column) => candidate[column] === undefined || candidate[column] === completion[column],
    ),
  );
  // The table is total: a test goes through every completion.
  return line?.standing ?? 'unknown';
}
