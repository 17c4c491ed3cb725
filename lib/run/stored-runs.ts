import {
  RUN_RECORD_FORMAT,
  runRecordName,
  isFinal,
  occurrenceOf,
  runPrefix,
  runsPrefix,
  storedDigestName,
} from '../delivery/run-record.ts';
import type { StoredRunRecord } from '../delivery/run-record.ts';
import { STORED_DIGEST_FORMAT } from '../delivery/stored-digest.ts';
import type { StoredDigest } from '../delivery/stored-digest.ts';
import { hasCode } from '../errors.ts';
import {
  LIFECYCLE_FORMAT,
  lifecycleName,
  onDemandLifecycleName,
  previousLifecycleName,
} from '../findings/findings-document.ts';
import type { Lifecycle } from '../findings/findings.ts';
import type { RunContext } from '../session/session.ts';
import { isStoreFailure, logStoreFailure } from '../session/storage.ts';
import { isAfter, moveAside, readDocument, writeDocument } from '../storage/document.ts';
import type { StoredDocument, UnreadableReason } from '../storage/document.ts';
import { DAY_MS } from '../utc-day.ts';

/** Records of runs are kept as long as anybody may ask what became of a digest. */
const RUN_RECORD_DAYS = 40;

/** What is stored to be sent for an occurrence; the reason where it cannot be read. */
export async function readStoredDigest(
  { state, tenantId, ports }: RunContext,
  occurrence: Date,
): Promise<StoredDigest | UnreadableReason | undefined> {
  const name = storedDigestName(tenantId, occurrence);
  const stored = await readDocument(state.store, name, STORED_DIGEST_FORMAT, ports.clock());
  if (stored?.unreadable !== true) return stored?.content;
  say(name, stored, ports);
  return stored.reason;
}

export async function writeStoredDigest(
  { state, tenantId, ports }: RunContext,
  occurrence: Date,
  digest: StoredDigest,
): Promise<void> {
  const name = storedDigestName(tenantId, occurrence);
  const now = ports.clock();
  const previous = await readDocument(state.store, name, STORED_DIGEST_FORMAT, now);
  await writeDocument(state.store, name, STORED_DIGEST_FORMAT, digest, { previous, now });
}

/**
 * Sets aside what is stored of runs that have not come yet. A clock that was wrong has written it, and left there it
 * would pass for the digest of its day when that day comes.
 */
async function setAsideFutureRuns({ state, tenantId, ports }: RunContext): Promise<void> {
  const now = ports.clock();
  for await (const name of state.store.list(runsPrefix(tenantId))) {
    if (!isAfter(occurrenceOf(name)?.getTime(), now)) continue;
    await moveAside(state.store, name, now);
    say(name, { reason: 'from the future' }, ports);
  }
}

/**
 * Applies the lifecycle of the last final digest up to an instant, where the run that sent it died before it could.
 * A lifecycle that cannot be read is left: the next report says that it is lost, and begins anew.
 */
export async function rollForward(context: RunContext, until: Date): Promise<void> {
  await setAsideFutureRuns(context);
  const valid = await readLifecycle(context);
  if (valid?.unreadable === true) return;
  for await (const { occurrence, status } of runRecordsBackFrom(context, until)) {
    if (occurrence <= (valid?.content.occurrenceAt ?? '')) return;
    if (!isFinal(status)) continue;
    const stored = await readStoredDigest(context, new Date(occurrence));
    if (typeof stored === 'object' && stored.lifecycle !== undefined) {
      await applyLifecycle(context, stored.lifecycle);
    }
    return;
  }
}

/** What became of the digests before an instant. */
interface EarlierRuns {
  /** Occurrences since the valid lifecycle whose digest was begun and never delivered, oldest first, ISO. */
  readonly undelivered: readonly string[];
  /** When the last of them became final, ISO. */
  readonly finalAt?: string | undefined;
}

/** Looks back as far as the occurrence of the lifecycle; without one, as far as the last final digest. */
export async function reviewEarlierRuns(
  context: RunContext,
  before: Date,
  since: string | undefined,
): Promise<EarlierRuns> {
  const undelivered: string[] = [];
  let finalAt: string | undefined;
  const isSaying = true;
  for await (const { occurrence, status, at } of runRecordsBackFrom(context, before, {
    isSaying,
  })) {
    if (occurrence === before.toISOString()) continue;
    if (isFinal(status)) finalAt ??= at;
    if (since === undefined ? isFinal(status) : occurrence <= since) break;
    if (!isFinal(status)) undelivered.unshift(occurrence);
  }
  return { undelivered, finalAt };
}

/** True where the digest of an occurrence was begun and is not final. */
export async function isUnfinished(
  { state, tenantId, ports }: RunContext,
  occurrence: Date,
): Promise<boolean> {
  const name = runRecordName(tenantId, occurrence);
  const stored = await readDocument(state.store, name, RUN_RECORD_FORMAT, ports.clock());
  return stored !== undefined && (stored.unreadable || !isFinal(stored.content.status));
}

/** Logs that a document cannot be read. */
function say(
  document: string,
  { reason }: { readonly reason: UnreadableReason },
  { log }: Pick<RunContext['ports'], 'log'>,
): void {
  log('warn', 'memory.unreadable', { document, reason });
}

/** Deletes what was stored to be sent before this occurrence, and the records that are old. */
export async function forgetOlderRuns(context: RunContext, occurrence: Date): Promise<void> {
  const { state, tenantId } = context;
  const current = runPrefix(tenantId, occurrence);
  const oldest = runPrefix(tenantId, new Date(occurrence.getTime() - RUN_RECORD_DAYS * DAY_MS));
  for await (const name of state.store.list(runsPrefix(tenantId))) {
    const isOldDigest = name < current && name.endsWith('/digest.json.gz');
    if (isOldDigest || name < oldest) await state.store.delete(name);
  }
}

/** The records of an instant and before, the newest first. What cannot be read may have been sent, and is passed over. */
async function* runRecordsBackFrom(
  { state, tenantId, ports }: RunContext,
  instant: Date,
  { isSaying = false }: { readonly isSaying?: boolean } = {},
): AsyncGenerator<StoredRunRecord> {
  const newest = runRecordName(tenantId, instant);
  const names: string[] = [];
  for await (const name of state.store.list(runsPrefix(tenantId))) {
    if (name.endsWith('/claim.json') && name <= newest) names.unshift(name);
  }
  for (const name of names) {
    const stored = await readDocument(state.store, name, RUN_RECORD_FORMAT, ports.clock());
    if (stored?.unreadable === false) yield stored.content;
    // The one of this run is said by whoever takes it up.
    else if (stored !== undefined && isSaying && name !== newest) say(name, stored, ports);
  }
}

/** The valid lifecycle as it stands. */
export function readLifecycle({
  state,
  tenantId,
  ports,
}: RunContext): Promise<StoredDocument<Lifecycle> | undefined> {
  return readDocument(state.store, lifecycleName(tenantId), LIFECYCLE_FORMAT, ports.clock());
}

/**
 * Makes a lifecycle the valid one, unless one of its occurrence or a later one is. The one before is kept: the valid one
 * can prove to be wrong.
 */
export async function applyLifecycle(context: RunContext, lifecycle: Lifecycle): Promise<void> {
  const name = lifecycleName(context.tenantId);
  for (;;) {
    const previous = await readLifecycle(context);
    const applied = previous?.unreadable === false ? previous.content.occurrenceAt : undefined;
    if (applied !== undefined && applied >= (lifecycle.occurrenceAt ?? '')) return;
    try {
      if (previous?.unreadable === false) {
        await replace(context, previousLifecycleName(context.tenantId), previous.content);
      }
      await write(context, name, lifecycle, previous);
      return;
    } catch (error) {
      // Another run was quicker, most likely with the very same one.
      if (!hasCode(error, 'state_conflict')) throw error;
    }
  }
}

/** Writes a lifecycle over whatever stands under a name, and logs where that cannot be read. */
async function replace(context: RunContext, name: string, lifecycle: Lifecycle): Promise<void> {
  const { state, ports } = context;
  const standing = await readDocument(state.store, name, LIFECYCLE_FORMAT, ports.clock());
  if (standing?.unreadable === true) say(name, standing, ports);
  await write(context, name, lifecycle, standing);
}

/** Records what a run on demand saw, for the next one. Its mail is out, so a failure is logged and no more. */
export async function recordOnDemand(context: RunContext, lifecycle: Lifecycle): Promise<void> {
  try {
    await replace(context, onDemandLifecycleName(context.tenantId), lifecycle);
  } catch (error) {
    if (hasCode(error, 'state_conflict')) return;
    if (!isStoreFailure(error)) throw error;
    logStoreFailure(error, context.ports);
  }
}

async function write(
  { state, ports }: RunContext,
  name: string,
  lifecycle: Lifecycle,
  previous: StoredDocument<Lifecycle> | undefined,
): Promise<void> {
  const overwriting = { previous, now: ports.clock() };
  await writeDocument(state.store, name, LIFECYCLE_FORMAT, lifecycle, overwriting);
}
