import type { Change } from '../report/history.ts';
import type { Report } from '../report/report.ts';
import { HIT_LISTS } from '../report/standings.ts';
import type { User } from '../sources/rows.ts';
import { closeFinding, keepClosed } from './close-finding.ts';
import { toNamedPerson } from './describe-finding.ts';
import { findingId } from './finding-id.ts';
import { followHit } from './follow-hit.ts';
import type { ClosedFinding, Lifecycle, OpenFinding } from './lifecycle.ts';
import type { Verdict } from './verdicts.ts';

/** Ids that are handed in and out of functions are object ids in lower case. */
export interface FollowInput {
  readonly tenantId: string;
  readonly today: string;
  /** What changes are counted from. */
  readonly previous: Pick<Lifecycle, 'open' | 'closed'> | undefined;
  /** What runs on demand recorded since. */
  readonly recorded: Pick<Lifecycle, 'open' | 'closed'> | undefined;
  /** Who could do MFA when last judged. */
  readonly capable: ReadonlySet<string>;
  readonly hits: Report['hits'];
  readonly isExcepted: (id: string) => boolean;
  readonly verdictOf: (id: string) => Verdict;
  readonly findUser: (id: string) => User | undefined;
}

export interface Followed {
  /** Those of the lists in their order, then those resolved. */
  readonly changes: readonly Change[];
  readonly open: readonly OpenFinding[];
  readonly closed: readonly ClosedFinding[];
  /** How many more people left the lists by exception today than came back from one. */
  readonly newlyExcepted: number;
}

/**
 * Carries every finding from the last run to this one. Each makes at most one change, the first that fits: resolved,
 * regressed, reopened, moved, opened; and none that hangs on something that this run could not see.
 */
export function followFindings(input: FollowInput): Followed {
  const { tenantId, today, previous, recorded, capable, hits, isExcepted, verdictOf } = input;
  const left = byPerson(previous?.open);
  const onDemand = byPerson(recorded?.open);
  const closed = new Map(
    [...(recorded?.closed ?? []), ...(previous?.closed ?? [])].map((finding) => [
      finding.findingId,
      finding,
    ]),
  );
  const open: OpenFinding[] = [];
  const changes: Change[] = [];
  let newlyExcepted = 0;

  for (const person of HIT_LISTS.flatMap((list) => hits[list])) {
    const id = person.user.id.toLowerCase();
    if (isExcepted(id)) continue;
    const verdict = verdictOf(id);
    if (verdict.kind !== 'open') continue;
    const idOfFinding = findingId(tenantId, id);
    const { finding, change } = followHit({
      findingId: idOfFinding,
      person,
      list: verdict.list,
      today,
      open: left.get(id),
      closed: closed.get(idOfFinding),
      recorded: onDemand.get(id),
      wasCapable: capable.has(id),
    });
    if (closed.get(idOfFinding)?.isPaused === true) newlyExcepted -= 1;
    open.push(finding);
    if (change !== undefined) changes.push(change);
    left.delete(id);
  }
  for (const [id, known] of left) {
    const finding = { ...known, ...toNamedPerson(input.findUser(id) ?? known) };
    const verdict = verdictOf(id);
    // An exception counts where nothing better happened.
    const how =
      verdict.kind === 'closed' ? verdict.how : isExcepted(id) ? ('excepted' as const) : undefined;
    if (how === undefined) {
      open.push(finding);
      continue;
    }
    const resolved = closeFinding(finding, how, today);
    closed.set(known.findingId, resolved.closed);
    changes.push(resolved.change);
    if (how === 'excepted') newlyExcepted += 1;
  }
  for (const finding of open) closed.delete(finding.findingId);
  return {
    changes,
    open,
    closed: [...closed.values()].map((finding) => keepClosed(finding, today, verdictOf)),
    newlyExcepted,
  };
}

function byPerson(findings: readonly OpenFinding[] = []): Map<string, OpenFinding> {
  return new Map(findings.map((finding) => [finding.id.toLowerCase(), finding]));
}
