import { decodeIds, encodeIds } from '../guid.ts';
import { missingSources } from '../sources/coverage.ts';
import type { User } from '../sources/rows.ts';
import { isKnown } from '../standings/facts.ts';
import type { Observations, Rules } from '../standings/facts.ts';
import { listHits } from '../standings/judge-people.ts';
import type { Person } from '../standings/person.ts';
import { RULES_EDITION } from '../standings/standings.ts';
import { dayOf } from '../utc-day.ts';
import { changedSettings } from './deciding-settings.ts';
import type { DecidingSettings } from './deciding-settings.ts';
import type {
  ActiveException,
  Exceptions,
  Findings,
  History,
  Lifecycle,
  RecordedException,
} from './findings.ts';
import { updateFindings } from './update-findings.ts';
import { judgeExceptions } from './judge-exceptions.ts';
import { nameFindings } from './name-findings.ts';
import { measureProgress, recordTrend, TREND_RUNS } from './progress.ts';
import type { ExceptionsRead } from './read-exceptions.ts';
import { createAssessments, updateCapability, listSynchronisation } from './assessments.ts';

export interface CompareInput {
  readonly observations: Observations;
  readonly rules: Rules;
  readonly settings: DecidingSettings;
  /** Of the token, lower case: what names the tenant also when the organisation could not be read. */
  readonly tenantId: string;
  readonly remembered: Remembered;
  readonly exceptions: ExceptionsRead;
  /** Why something of the stored state is lost: clauses that can follow "because". */
  readonly problems: readonly string[];
  /** Scheduled instants of digests that were never delivered, ISO. */
  readonly undelivered: readonly string[];
  /** The scheduled instant that the report is for, ISO; undefined on demand. */
  readonly occurrenceAt: string | undefined;
}

/**
 * The findings of the last scheduled digest, and what runs on demand have recorded; or why there is none. `first`: no
 * report before this one is known.
 */
export type Remembered =
  | { readonly state: 'kept'; readonly lifecycle: Lifecycle; readonly onDemand?: Lifecycle }
  | { readonly state: 'first'; readonly onDemand?: Lifecycle }
  | { readonly state: 'lost' }
  | { readonly state: 'none' };

export interface Compared {
  readonly findings: Findings;
  /** What is remembered once the digest is final; undefined where there is no stored state to write to. */
  readonly next?: Lifecycle | undefined;
}

/**
 * Compares the people judged today with what the last report recorded: tells the age of findings and what changed,
 * and takes excepted people out of the lists and every figure of progress. They stay among the people.
 */
export function compare(judged: readonly Person[], input: CompareInput): Compared {
  const { observations, rules, tenantId, remembered } = input;
  const today = dayOf(rules.now.getTime());
  const previous = remembered.state === 'kept' ? remembered.lifecycle : undefined;
  const exceptions = judgeExceptions({
    read: input.exceptions,
    users: observations.users,
    people: judged,
    rules,
    before: previous?.exceptions,
  });
  const excepted = new Set(exceptions.active.map(({ id }) => id.toLowerCase()));
  const isExcepted = (id: string) => excepted.has(id);
  const naming = { tenantId, today, isExcepted };
  const hits = listHits(judged.filter(({ user }) => !isExcepted(user.id.toLowerCase())));
  if (remembered.state === 'lost' || remembered.state === 'none') {
    const named = nameFindings({ people: judged, hits }, { ...naming, open: [] });
    return { findings: { ...named, isExcepted, history: emptyHistory(input, exceptions) } };
  }
  const haveRulesChanged = previous !== undefined && (previous.rules ?? 1) !== RULES_EDITION;
  const changed = changedSettings(previous?.settings ?? {}, input.settings);
  const findUser = userFinder(observations);
  const assessmentOf = createAssessments(judged, {
    observations,
    rules,
    findUser,
    synchronisation: new Set(previous?.synchronisation),
    changedSettings: changed,
  });
  const capable = decodeIds(previous?.capable ?? { guids: '', others: [] });
  const updated = updateFindings({
    tenantId,
    today,
    previous,
    recorded: recordedSince(remembered),
    capable,
    hits,
    isExcepted,
    assessmentOf,
    findUser,
    haveRulesChanged,
    areSignInsKnown:
      isKnown(observations, 'interactiveSignIns') && isKnown(observations, 'nonInteractiveSignIns'),
  });
  const named = nameFindings({ people: judged, hits }, { ...naming, open: updated.open });
  const isPartial = missingSources(observations.coverage).length > 0;
  const trend = recordTrend(previous?.trend ?? [], { hits, isPartial }, { ...updated, today });
  const settingsSince = changed.length > 0 || haveRulesChanged ? today : previous?.settingsSince;
  const history: History = {
    ...emptyHistory(input, exceptions),
    ...(previous !== undefined && {
      comparedWith: dayOf(Date.parse(previous.reportedAt)),
      changes: updated.changes,
    }),
    changedSettings: changed,
    haveRulesChanged,
    trend: trend.slice(-TREND_RUNS).map(({ day, isPartial, hits }) => ({ day, isPartial, hits })),
    ...measureProgress({ ...updated, trend, settingsSince, today }),
  };
  // It is stored, and what is absent has no key there.
  const next: Lifecycle = {
    reportedAt: rules.now.toISOString(),
    ...(input.occurrenceAt !== undefined && { occurrenceAt: input.occurrenceAt }),
    open: updated.open,
    closed: updated.closed,
    capable: encodeIds(
      updateCapability({ before: capable, people: judged, isExcepted, assessmentOf, findUser }),
    ),
    synchronisation: listSynchronisation(judged, observations, rules, previous?.synchronisation),
    trend,
    settings: input.settings,
    rules: RULES_EDITION,
    ...(settingsSince !== undefined && { settingsSince }),
    exceptions: exceptions.active.map(toRecorded),
  };
  return { findings: { ...named, isExcepted, history }, next };
}

function toRecorded({ id, reason, approvedBy, expiresOn }: ActiveException): RecordedException {
  return { id, reason, approvedBy, expiresOn };
}

/** A history in which nothing could be compared. */
function emptyHistory(
  { remembered, problems, undelivered }: CompareInput,
  exceptions: Exceptions,
): History {
  return {
    state: remembered.state,
    problems,
    changes: [],
    changedSettings: [],
    haveRulesChanged: false,
    trend: [],
    resolvedLast7Days: 0,
    resolvedLast30Days: 0,
    exceptions,
    undelivered,
  };
}

/** What was recorded on demand before the last scheduled digest is part of that one. */
function recordedSince(
  remembered: Extract<Remembered, { readonly state: 'kept' | 'first' }>,
): Lifecycle | undefined {
  const { onDemand } = remembered;
  if (onDemand === undefined || remembered.state === 'first') return onDemand;
  return onDemand.reportedAt > remembered.lifecycle.reportedAt ? onDemand : undefined;
}

/**
 * Finds a user by object id in lower case; the index numbers users in their order, and people not in the directory
 * after them.
 */
function userFinder({ users, people }: Observations): (id: string) => User | undefined {
  return (id) => {
    const user = users[people.find(id) ?? -1];
    return user?.id.toLowerCase() === id ? user : undefined;
  };
}
