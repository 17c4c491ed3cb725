/** What the report says of a person. */
export const STANDINGS = [
  'stopped',
  'impact',
  'missing',
  'not-usable',
  'unknown',
  'new',
  'single-factor',
  'satisfied-elsewhere',
  'external',
  'covered',
  'dormant',
] as const;

export type Standing = (typeof STANDINGS)[number];

/** The standings that somebody must act on, worst first. */
export const HIT_LISTS = ['stopped', 'impact', 'missing', 'not-usable', 'unknown'] as const;

export type HitList = (typeof HIT_LISTS)[number];

export function isHit(standing: Standing): standing is HitList {
  return (HIT_LISTS as readonly Standing[]).includes(standing);
}

/** Three-valued: what was not seen, where a source is not complete, is unknown. */
export type Fact = 'yes' | 'no' | 'unknown';

/** The facts of the table, each known or not; those that hang on a date or a name are always decided. */
export interface Facts {
  readonly row: Fact;
  readonly registered: Fact;
  readonly capable: Fact;
  readonly used: Fact;
  readonly mfaSeen: Fact;
  readonly active: boolean;
  /** Whether the person was stopped at MFA, if they can do it: a prompt that nobody answered is then no news. */
  readonly stoppedIfCapable: Fact;
  /** The same if they cannot, or have no row. */
  readonly stoppedIfNotCapable: Fact;
  readonly isNew: boolean;
  readonly isExternal: boolean;
  /** Methods are registered that the report does not count, at one device or a certificate, and nothing else. */
  readonly isUncounted: boolean;
  /** The only methods are phones, and Microsoft has ended them for this person. */
  readonly hasPhoneEnded: boolean;
}

/** One possible world: every fact known. */
interface Completion {
  readonly stopped: boolean;
  readonly row: boolean;
  readonly registered: boolean;
  readonly capable: boolean;
  readonly used: boolean;
  readonly mfaSeen: boolean;
  readonly active: boolean;
  readonly isNew: boolean;
  readonly isExternal: boolean;
  readonly isUncounted: boolean;
  readonly hasPhoneEnded: boolean;
}

type Line = Partial<Completion> & { readonly standing: Standing };

const ROW = { row: true } as const;
const CAPABLE = { row: true, capable: true } as const;
const NOT_CAPABLE = { row: true, capable: false } as const;
const NO_ROW = { row: false } as const;

/**
 * The edition of the rules, one more whenever people move by a new rule without having done anything: the first digest
 * under it compares from there.
 */
export const RULES_EDITION = 2;

/** The rules. A column that a line leaves out does not matter to it; the first line that fits decides. */
export const STANDING_TABLE: readonly Line[] = [
  { stopped: true, standing: 'stopped' },
  // From the day on which Microsoft ends SMS and voice a phone gets nobody in.
  { ...ROW, hasPhoneEnded: true, used: true, mfaSeen: false, standing: 'impact' },
  { ...ROW, hasPhoneEnded: true, standing: 'not-usable' },
  { ...CAPABLE, used: true, mfaSeen: true, standing: 'covered' },
  { ...CAPABLE, used: true, mfaSeen: false, standing: 'single-factor' },
  { ...CAPABLE, used: false, standing: 'covered' },
  { ...NOT_CAPABLE, used: true, mfaSeen: true, standing: 'satisfied-elsewhere' },
  { ...NOT_CAPABLE, used: true, mfaSeen: false, standing: 'impact' },
  // The MFA of their home tenant is not visible here.
  { isExternal: true, used: false, active: true, standing: 'external' },
  { ...NOT_CAPABLE, registered: true, used: false, active: true, standing: 'not-usable' },
  { ...NOT_CAPABLE, isUncounted: true, used: false, active: true, standing: 'not-usable' },
  { ...NOT_CAPABLE, registered: false, used: false, active: true, standing: 'missing' },
  { ...NOT_CAPABLE, used: false, active: false, standing: 'dormant' },
  { ...NO_ROW, used: true, mfaSeen: true, standing: 'satisfied-elsewhere' },
  { ...NO_ROW, used: true, mfaSeen: false, standing: 'unknown' },
  { ...NO_ROW, used: false, active: true, isNew: true, standing: 'new' },
  { ...NO_ROW, used: false, active: true, isNew: false, standing: 'unknown' },
  { ...NO_ROW, used: false, active: false, standing: 'dormant' },
];

/** Where no completion is a hit, the report says the least that is certain: the first of these. */
const HARMLESS: readonly Standing[] = ['dormant', 'external', 'satisfied-elsewhere', 'covered'];

/**
 * The standing of a person whose facts may be unknown. Every completion of the unknown facts goes through the
 * table: one standing is the answer; several without a hit give the first possible harmless one; anything else
 * is unknown, so that a missing source makes nobody look safe or unsafe.
 */
export function judge(facts: Facts): Standing {
  const key = factsKey(facts);
  const standing = JUDGED.get(key) ?? weigh(facts);
  JUDGED.set(key, standing);
  return standing;
}

/** Many people, fewer than a few thousand combinations of facts. */
const JUDGED = new Map<number, Standing>();

/** Facts of which activity, too, may be unknown. */
export type SeenFacts = Omit<Facts, 'active'> & { readonly active: Fact };

/** A number for each set of facts, a digit of base three for each: everybody is looked up by it, so it is no text. */
export function factsKey(facts: Facts | SeenFacts): number {
  let key = 0;
  for (const name of FACT_NAMES) key = key * 3 + digitOf(facts[name]);
  return key;
}

const FACT_NAMES = [
  'row',
  'registered',
  'capable',
  'used',
  'mfaSeen',
  'active',
  'stoppedIfCapable',
  'stoppedIfNotCapable',
  'isNew',
  'isExternal',
  'isUncounted',
  'hasPhoneEnded',
] as const satisfies readonly (keyof Facts)[];

function digitOf(fact: Fact | boolean): number {
  if (fact === 'unknown') return 2;
  return fact === true || fact === 'yes' ? 1 : 0;
}

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

function completions(facts: SeenFacts): readonly Completion[] {
  const { isNew, isExternal, isUncounted, hasPhoneEnded } = facts;
  const decided = { isNew, isExternal, isUncounted, hasPhoneEnded };
  return rowsOf(facts).flatMap((row) =>
    values(row.capable ? facts.stoppedIfCapable : facts.stoppedIfNotCapable).flatMap((stopped) =>
      values(facts.used).flatMap((used) =>
        values(facts.mfaSeen).flatMap((mfaSeen) =>
          values(facts.active).map((active) => ({
            ...row,
            stopped,
            used,
            mfaSeen,
            active,
            ...decided,
          })),
        ),
      ),
    ),
  );
}

/** Without a row nobody is registered or capable. */
function rowsOf({
  row,
  registered,
  capable,
}: SeenFacts): readonly Pick<Completion, 'row' | 'registered' | 'capable'>[] {
  const withRow = values(registered).flatMap((isRegistered) =>
    values(capable).map((isCapable) => ({
      row: true,
      registered: isRegistered,
      capable: isCapable,
    })),
  );
  const without = { row: false, registered: false, capable: false };
  return values(row).flatMap((hasRow) => (hasRow ? withRow : [without]));
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
