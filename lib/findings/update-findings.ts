import { createHash } from 'node:crypto';
import type { User } from '../sources/rows.ts';
import type { Hits } from '../standings/judge-people.ts';
import type { Person } from '../standings/person.ts';
import { HIT_LISTS } from '../standings/standings.ts';
import type { HitList } from '../standings/standings.ts';
import { closeFinding, describeFinding, keepClosed, toNamedPerson } from './close-finding.ts';
import type {
  Change,
  ChangeKind,
  ClosedFinding,
  Lifecycle,
  OpenFinding,
  Resolution,
} from './findings.ts';
import type { Assessment } from './assessments.ts';

/** Ids that are handed in and out of functions are object ids in lower case. */
interface UpdateInput {
  readonly tenantId: string;
  readonly today: string;
  /** What changes are counted from. */
  readonly previous: Pick<Lifecycle, 'open' | 'closed'> | undefined;
  /** What runs on demand recorded since. */
  readonly recorded: Pick<Lifecycle, 'open' | 'closed'> | undefined;
  /** Who could do MFA when last judged. */
  readonly capable: ReadonlySet<string>;
  /** Without those who are excepted. */
  readonly hits: Hits;
  readonly isExcepted: (id: string) => boolean;
  readonly assessmentOf: (id: string) => Assessment;
  readonly findUser: (id: string) => User | undefined;
  /** Whether other rules judged last time: who moves by them did nothing. */
  readonly haveRulesChanged: boolean;
  /** Whether a refusal that was not seen did not happen. */
  readonly areSignInsKnown: boolean;
}

interface UpdatedFindings {
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
export function updateFindings(input: UpdateInput): UpdatedFindings {
  const { tenantId, today, previous, recorded, capable, hits, isExcepted, assessmentOf } = input;
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
    const assessment = assessmentOf(id);
    if (assessment.kind !== 'open') continue;
    const idOfFinding = findingId(tenantId, id);
    const { finding, change } = updateHit({
      findingId: idOfFinding,
      person,
      list: assessment.list,
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
    const assessment = assessmentOf(id);
    // An exception counts where nothing better happened.
    const how =
      assessment.kind === 'closed'
        ? howClosed(known, assessment, capable.has(id), input)
        : isExcepted(id)
          ? ('excepted' as const)
          : undefined;
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
    changes: input.haveRulesChanged ? changes.filter(isRuleless) : changes,
    open,
    closed: [...closed.values()].map((finding) => keepClosed(finding, today, assessmentOf)),
    newlyExcepted,
  };
}

/** What somebody did or was done to them, whatever the rules. */
const RULELESS: readonly Resolution[] = ['registered', 'disabled', 'left', 'excepted'];

/** True for changes that no rule makes. */
function isRuleless({ kind, how }: Change): boolean {
  return kind === 'regressed' || (how !== undefined && RULELESS.includes(how));
}

/**
 * Somebody who was stopped although they could do MFA has not registered since: they got through, or gave up. Undefined
 * where that is not known, because sign-ins are missing.
 */
function howClosed(
  { list, openedOn }: OpenFinding,
  { how, lastMfaAt = '' }: Extract<Assessment, { readonly kind: 'closed' }>,
  wasCapable: boolean,
  { haveRulesChanged, areSignInsKnown }: Pick<UpdateInput, 'haveRulesChanged' | 'areSignInsKnown'>,
): Resolution | undefined {
  if (haveRulesChanged && !RULELESS.includes(how)) return 'rules-changed';
  if (list !== 'stopped') return how;
  const isAtMfa = how === 'registered' && wasCapable;
  const real = isAtMfa ? (lastMfaAt >= openedOn ? 'mfa-seen' : 'not-refused') : how;
  return areSignInsKnown || !BY_ABSENCE.includes(real) ? real : undefined;
}

/** Ends of being stopped that rest on no refusal having been seen. */
const BY_ABSENCE: readonly Resolution[] = ['not-refused', 'inactive', 'unused'];

function byPerson(findings: readonly OpenFinding[] = []): Map<string, OpenFinding> {
  return new Map(findings.map((finding) => [finding.id.toLowerCase(), finding]));
}

/** The one thing that a finding can be about. */
const CAUSE = 'mfa-gap';

/**
 * The id of a person's finding: an f and the first 16 hex digits of the SHA-256 of tenant, object id and cause, one a
 * line, in lower case. It is the same in every run and every version, and 64 bits keep a tenant's findings apart. Without
 * the letter a spreadsheet takes one in 760 for a number.
 */
export function findingId(tenantId: string, objectId: string): string {
  const digits = createHash('sha256')
    .update(`${tenantId}\n${objectId}\n${CAUSE}`.toLowerCase())
    .digest('hex')
    .slice(0, 16);
  return `f${digits}`;
}

/** A person who belongs in a hit list, and what was known before. */
interface HitInput {
  readonly findingId: string;
  readonly person: Person;
  readonly list: HitList;
  readonly today: string;
  /** The finding as the last run left it: open, or closed. */
  readonly open: OpenFinding | undefined;
  readonly closed: ClosedFinding | undefined;
  /** The finding as a run on demand recorded it since. */
  readonly recorded: OpenFinding | undefined;
  /** Whether the person could do MFA when last judged. */
  readonly wasCapable: boolean;
}

interface UpdatedHit {
  readonly finding: OpenFinding;
  readonly change?: Change;
}

/** The finding of today and its change, if any: regressed, reopened, moved or opened, the first that fits. */
function updateHit(input: HitInput): UpdatedHit {
  const { findingId, person, list, today, open, closed } = input;
  const kind = changeKind(input);
  const openedOn = openingDay(input, kind);
  const finding: OpenFinding = {
    findingId,
    ...toNamedPerson(person.user),
    list,
    openedOn,
    firstOpenedOn: open?.firstOpenedOn ?? closed?.firstOpenedOn ?? openedOn,
  };
  if (kind === undefined) return { finding };
  return {
    finding,
    change: {
      ...describeFinding(finding, today),
      kind,
      from: open?.list,
      to: list,
      reason: kind === 'regressed' ? withLoss(person) : person.reason,
    },
  };
}

/** Why somebody is in a list, and who took their method away, where the audit log tells. */
function withLoss({ reason, methodLoss }: Person): string {
  return methodLoss === undefined ? reason : `${reason} ${LOSSES[methodLoss.kind]}`;
}

/** How each loss of a method speaks. */
export const LOSSES: Readonly<Record<NonNullable<Person['methodLoss']>['kind'], string>> = {
  deleted: 'A method was deleted.',
  'deleted-by-admin': 'An administrator deleted a method.',
  're-registration-demanded': 'An administrator demanded to register again.',
};

function changeKind({ person, list, open, closed, wasCapable }: HitInput): ChangeKind | undefined {
  // A row that vanished is no lost method.
  if (wasCapable && person.registration?.isMfaCapable === false) return 'regressed';
  if (open !== undefined) return open.list === list ? undefined : 'moved';
  return closed === undefined ? 'opened' : 'reopened';
}

function openingDay(
  { today, open, closed, recorded }: HitInput,
  kind: ChangeKind | undefined,
): string {
  if (open !== undefined && kind !== 'regressed') return open.openedOn;
  // An exception makes no gap younger.
  if (kind === 'reopened' && closed?.isPaused === true) return closed.firstOpenedOn;
  const isRecordedSince = recorded !== undefined && recorded.openedOn !== open?.openedOn;
  return isRecordedSince ? recorded.openedOn : today;
}
