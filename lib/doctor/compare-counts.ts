import { APPLICATIONS } from '../entra/applications.ts';
import type { DayCounts } from '../sign-ins/day-counts.ts';
import {
  applicationOfSlot,
  HERE_UNCOUNTED,
  isInteractiveSlot,
  MFA_COUNTS,
  refusalsOf,
  successesOf,
  sumOf,
} from '../sign-ins/day-row.ts';
import type { DayRow } from '../sign-ins/day-row.ts';
import type { SignInKind } from '../sign-ins/query.ts';
import type { PeopleIndex } from '../sources/people-index.ts';

/** What one origin counted at an application. */
export interface OriginTotal {
  readonly people: number;
  readonly successes: number;
  readonly withMfa: number;
  readonly refusals: number;
}

/** One kind and application, as either origin has it. */
export interface ComparedSlot {
  readonly kind: SignInKind;
  readonly application: string;
  readonly inBoth: number;
  readonly onlyGraph: number;
  readonly onlyWorkspace: number;
  readonly graph: OriginTotal;
  readonly workspace: OriginTotal;
}

export interface SignInComparison {
  readonly slots: readonly ComparedSlot[];
  /** Object ids of those whom the origins tell otherwise of: who is there, or how the successes proved MFA. */
  readonly differing: readonly string[];
  /** Whether the workspace has refusals that Graph has not: it keeps a row for each step of a sign-in. */
  readonly hasMoreRefusals: boolean;
}

/** Holds two counts of one day against each other. */
export function compareCounts(
  people: PeopleIndex,
  graph: DayCounts,
  workspace: DayCounts,
): SignInComparison {
  const [left, right] = [rowsBySlot(graph), rowsBySlot(workspace)];
  const differing = new Set<number>();
  let hasMoreRefusals = false;
  const slots = [...new Set([...left.keys(), ...right.keys()])].toSorted((a, b) => a - b);
  const compared = slots.map((slot): ComparedSlot => {
    const [ofGraph, ofWorkspace] = [left.get(slot) ?? NOBODY, right.get(slot) ?? NOBODY];
    for (const person of new Set([...ofGraph.keys(), ...ofWorkspace.keys()])) {
      const [one, other] = [ofGraph.get(person), ofWorkspace.get(person)];
      if (!isSame(one, other)) differing.add(person);
      if (refusals(other) > refusals(one)) hasMoreRefusals = true;
    }
    const inBoth = [...ofGraph.keys()].filter((person) => ofWorkspace.has(person)).length;
    return {
      kind: isInteractiveSlot(slot) ? 'interactive' : 'nonInteractive',
      application: APPLICATIONS[applicationOfSlot(slot)]?.name ?? '',
      inBoth,
      onlyGraph: ofGraph.size - inBoth,
      onlyWorkspace: ofWorkspace.size - inBoth,
      graph: totalOf(ofGraph),
      workspace: totalOf(ofWorkspace),
    };
  });
  const ids = [...differing].map((person) => people.idOf(person).toLowerCase());
  return { slots: compared, differing: ids.toSorted(), hasMoreRefusals };
}

type Row = Pick<DayRow, 'counts'>;
type Rows = ReadonlyMap<number, Row>;

const NOBODY: Rows = new Map();

function rowsBySlot(counts: DayCounts): ReadonlyMap<number, Rows> {
  const slots = new Map<number, Map<number, Row>>();
  for (const { slot, person, counts: own } of counts.rows()) {
    const rows = slots.get(slot) ?? new Map<number, Row>();
    slots.set(slot, rows.set(person, { counts: own }));
  }
  return slots;
}

/** Somebody who was only refused may be in the workspace alone; a refusal that it lacks is a difference. */
function isSame(graph: Row | undefined, workspace: Row | undefined): boolean {
  if (refusals(workspace) < refusals(graph)) return false;
  for (let place = 0; place <= HERE_UNCOUNTED; place += 1) {
    if ((graph?.counts[place] ?? 0) !== (workspace?.counts[place] ?? 0)) return false;
  }
  return true;
}

function refusals(row: Row | undefined): number {
  return row === undefined ? 0 : refusalsOf(row);
}

function totalOf(rows: Rows): OriginTotal {
  const all = [...rows.values()];
  const add = (of: (row: Row) => number) => all.reduce((sum, row) => sum + of(row), 0);
  return {
    people: rows.size,
    successes: add(successesOf),
    withMfa: add(({ counts }) => sumOf(counts, 0, MFA_COUNTS)),
    refusals: add(refusalsOf),
  };
}
