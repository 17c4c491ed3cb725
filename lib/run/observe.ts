import { applicationsOfYears } from '../entra/applications.ts';
import { grantedBy } from '../graph/token.ts';
import type { NextRuns } from '../ledger/catch-up.ts';
import { forgetAbsent } from '../ledger/forget-absent.ts';
import { SignInLedger } from '../ledger/ledger.ts';
import { aggregateLedger } from '../ledger/read-window.ts';
import { coverSignIns } from '../ledger/sign-in-coverage.ts';
import type { SignInCoverage } from '../ledger/sign-in-coverage.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import type { SignInUse } from '../ledger/window-use.ts';
import type { Log } from '../log.ts';
import { isStoreFailure, loseState } from '../session/storage.ts';
import type { StateStorage } from '../session/storage.ts';
import type { Settings } from '../settings/fields.ts';
import { nextOccurrences } from '../settings/schedule.ts';
import { joinOrigins } from '../sign-ins/origin.ts';
import type { SignInRequest } from '../sign-ins/read-sign-ins.ts';
import { readAudits } from '../sources/audits.ts';
import type { Reader } from '../sources/collection.ts';
import { adviseOnConsent } from '../sources/consent-advice.ts';
import { findEmergencyAccounts, readEmergencyActivity } from '../sources/emergency-activity.ts';
import { PeopleIndex } from '../sources/people-index.ts';
import { readRegistrations } from '../sources/registrations.ts';
import { readRoles } from '../sources/roles.ts';
import type { TenantReads } from '../sources/tenant.ts';
import { readUsers } from '../sources/users.ts';
import { windowStart } from '../standings/facts.ts';
import type { Observations } from '../standings/facts.ts';
import { dayOf } from '../utc-day.ts';
import { chooseOrigins } from './choose-origins.ts';
import type { Origins } from './choose-origins.ts';
import type { OpenedRun } from './open-run.ts';

interface ObserveOptions {
  readonly reader: Reader;
  readonly tenant: TenantReads;
  /** Where sign-ins come from. */
  readonly origins: Origins;
  readonly ledger: SignInLedger;
  /** False where another run holds the ledger, or as soon as the lease is lost. */
  readonly isWritingLedger: () => boolean;
  /** Whether the ledger outlives this run, so that it may know older days than Graph gave today. */
  readonly isLedgerLasting: boolean;
  readonly settings: Settings;
  readonly now: Date;
  readonly clock: () => Date;
  readonly log: Log;
  readonly onSignIn?: SignInRequest['onRow'] | undefined;
  /** From when on the sign-ins of emergency accounts are news, milliseconds since 1970. */
  readonly emergencySince: number;
  /** Aborted later than the reader's. */
  readonly lastReading: AbortSignal;
}

/** Reads every source once, people first, and aggregates the window of sign-ins. Throws only without the users. */
async function observe(options: ObserveOptions): Promise<Observations> {
  const { reader, tenant, log } = options;
  // Its domains tell who comes from elsewhere.
  const { organisation, coverage: organisationCoverage } = await tenant.organisation(reader.signal);
  const [{ users, people, coverage: usersCoverage }, registrations, { licences, roles }] =
    await Promise.all([
      readUsers(reader, organisation),
      readRegistrations(reader),
      readDirectory(reader, tenant),
    ]);
  const emergency = findEmergencyAccounts(users, options.settings.breakGlassAccounts);
  const signIns = await observeSignIns(options, people);
  // A few requests, which a long reading of sign-ins must not cost.
  const last = { ...reader, signal: options.lastReading };
  const emergencyActivity = await readEmergencyActivity(last, emergency, options.emergencySince);
  const audits = await readAudits(last, {
    now: options.now.getTime(),
    windowFrom: windowStart(options.now, options.settings.daysToCheckLogs),
  });
  const coverage = [
    ...usersCoverage,
    registrations.coverage,
    ...signIns.coverage,
    roles.coverage,
    licences.coverage,
    organisationCoverage,
    audits.coverage,
  ];
  for (const { source, state, cause, rows, pages, people: counted } of coverage) {
    const why = { cause: cause?.kind, because: cause?.because };
    const read = { source, state, ...why, rows, pages, people: counted };
    log(state === 'complete' ? 'info' : 'warn', 'source.read', read);
  }
  return {
    users,
    people,
    registrations: registrations.registrations,
    rolesByPerson: roles.rolesByPerson,
    arePrivilegesWhole: roles.arePrivilegesWhole,
    audits: audits.audits,
    emergencyActivity,
    namesBySku: licences.namesBySku,
    organisation,
    use: signIns.use,
    coverage,
    isSignInProof: signIns.isProof,
    seen: signIns.seen,
    wholeSince: signIns.wholeSince,
    interactiveSince: signIns.interactiveSince,
  };
}

/** The small collections of the directory, one after another: together they are a few pages. */
async function readDirectory(reader: Reader, tenant: TenantReads) {
  const licences = await tenant.licences(reader.signal);
  const roles = await readRoles(reader);
  return { licences, roles };
}

/** Enough to outlast what Graph keeps, at six runs a day. */
const MAX_RUNS = 200;

/** Updates the ledger, where this run holds it, and aggregates the window; `people` are all users of the tenant. */
async function observeSignIns(
  options: ObserveOptions,
  people: PeopleIndex,
): Promise<SignInCoverage & { readonly use: SignInUse }> {
  const { ledger, isWritingLedger, isLedgerLasting, settings, now, clock } = options;
  const { daysToCheckLogs, ledgerOverlapDays: overlapDays, ledgerRetentionDays } = settings;
  const window = { from: windowStart(now, daysToCheckLogs), to: now.getTime() };
  const keptFrom = dayOf(windowStart(now, ledgerRetentionDays));
  const { origin, filler } = options.origins;
  const startedAt = clock().getTime();
  const { known, readMs } = await updateLedger(ledger, {
    origin,
    filler,
    // People not in the directory sign in too; they get no number among the users.
    people: new PeopleIndex(),
    now: window.to,
    overlapDays,
    isForReport: true,
    from: window.from,
    keptFrom,
    isWriting: isWritingLedger,
    onRow: options.onSignIn,
  });
  const pace = { readMs, tookMs: clock().getTime() - startedAt };
  const isSelected = applicationsOfYears(settings.enforceYears);
  const aggregated = await aggregateLedger(ledger, { people, isSelected, window, known });
  if (isLedgerLasting && isWritingLedger()) {
    const { absentIds } = aggregated;
    await forgetAbsent(ledger, { people, absentIds, today: dayOf(window.to), keptFrom });
  }
  const tolerantFrom = windowStart(now, overlapDays);
  return {
    use: aggregated.use,
    ...coverSignIns({
      origin: joinOrigins(origin, filler),
      aggregated,
      window,
      pace,
      lasting: isLedgerLasting ? { tolerantFrom, nextRuns: nextRunsOf(settings, now) } : undefined,
    }),
  };
}

/** The runs that will read on. */
function nextRunsOf(settings: Settings, now: Date): NextRuns {
  const { ingestSchedule, runTimeLimitMinutes, ledgerOverlapDays: overlapDays } = settings;
  const startAts = nextStarts(ingestSchedule, now);
  return { startAts, readingMs: runTimeLimitMinutes * 60_000, overlapDays };
}

/** Looked for only when they are asked for: on most days nothing is left to read. */
function* nextStarts(schedule: string, now: Date): Generator<number> {
  yield* nextOccurrences(schedule, now, MAX_RUNS).map((at) => at.getTime());
}

interface Observed {
  readonly observations: Observations;
  /** The stored state as it is after reading: a store can fail under way. */
  readonly state: StateStorage;
  /** Documents of the ledger that could not be read. */
  readonly unreadable: readonly string[];
}

/** The name under which a run holds a tenant's ledger. */
export function ledgerLeaseName(tenantId: string): string {
  return `ledger/${tenantId}`;
}

/**
 * Reads every source, with the ledger held while it is written. Where another run holds it, what is read serves
 * this run only; where its store fails, the sign-ins are read without it.
 */
export async function observeWithLedger(
  context: OpenedRun,
  options: RunObserveOptions,
): Promise<Observed> {
  const { state, ports } = context;
  try {
    return await observeIn(context, state, options);
  } catch (error) {
    if (state.status !== 'kept' || !isStoreFailure(error)) throw error;
    return observeIn(context, loseState(error, ports), { ...options, onSignIn: undefined });
  }
}

interface RunObserveOptions extends Pick<ObserveOptions, 'now' | 'emergencySince'> {
  readonly onSignIn: SignInRequest['onRow'];
}

async function observeIn(
  context: OpenedRun,
  state: StateStorage,
  { now, onSignIn, emergencySince }: RunObserveOptions,
): Promise<Observed> {
  const { session, tenant, settings, ports, tenantId } = context;
  const { graph, reading: signal } = session;
  const isLasting = state.status === 'kept';
  const ledger = new SignInLedger(state.store, tenantId, now);
  const lease = await state.store.acquireLease(ledgerLeaseName(tenantId));
  try {
    const observations = await observe({
      reader: { graph, tenantId, signal, onProgress: ports.onProgress },
      tenant,
      origins: await chooseOrigins(context, now),
      ledger,
      // Without lasting state nobody would read what is written.
      isWritingLedger: () => isLasting && lease?.signal.aborted === false,
      isLedgerLasting: isLasting,
      settings,
      now,
      clock: ports.clock,
      log: ports.log,
      emergencySince,
      lastReading: session.lastReading,
      onSignIn,
    });
    for (const [document, reason] of ledger.unreadable) {
      ports.log('warn', 'memory.unreadable', { document, reason });
    }
    const granted = grantedBy(await session.claims());
    const coverage = observations.coverage.map((read) => adviseOnConsent(read, granted));
    return {
      observations: { ...observations, coverage },
      state,
      unreadable: [...ledger.unreadable.keys()],
    };
  } finally {
    await lease?.release();
  }
}
