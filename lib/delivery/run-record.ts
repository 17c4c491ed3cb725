import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { Sleep } from '../graph/timing.ts';
import { readDocument, writeDocument } from '../storage/document.ts';
import type { DocumentFormat, StoredDocument, UnreadableReason } from '../storage/document.ts';
import type { Lease, Store } from '../storage/store.ts';
import { parserOf, storedInstant } from '../storage/stored-values.ts';

interface RunRecordOptions {
  readonly store: Store;
  readonly tenantId: string;
  readonly occurrence: Date;
  readonly clock: () => Date;
  readonly sleep: Sleep;
  readonly signal: AbortSignal;
}

/** How often a run that waits for another one looks again. */
const POLL_MS = 2_000;

/**
 * How far the digest of one occurrence has come, held. A status is written over exactly the one before, so that a holder who lost
 * its lease without noticing fails with `state_conflict` and changes nothing.
 */
export class RunRecord {
  readonly #options: RunRecordOptions;
  readonly #lease: Lease;
  #stored: StoredDocument<StoredRunRecord> | undefined;

  constructor(
    options: RunRecordOptions,
    lease: Lease,
    stored: StoredDocument<StoredRunRecord> | undefined,
  ) {
    this.#options = options;
    this.#lease = lease;
    this.#stored = stored;
  }

  /** The status found; a digest whose record cannot be read may have been sent. */
  get status(): RunStatus | undefined {
    if (this.#stored === undefined) return undefined;
    return this.#stored.unreadable ? 'sending' : this.#stored.content.status;
  }

  /** Why the record that was found cannot be read; undefined where it can. */
  get unreadable(): UnreadableReason | undefined {
    return this.#stored?.unreadable === true ? this.#stored.reason : undefined;
  }

  /** Aborted when the lease is lost. */
  get signal(): AbortSignal {
    return this.#lease.signal;
  }

  async advance(status: RunStatus): Promise<void> {
    this.#lease.signal.throwIfAborted();
    const { store, tenantId, occurrence, clock } = this.#options;
    const now = clock();
    const content = { occurrence: occurrence.toISOString(), status, at: now.toISOString() };
    const name = runRecordName(tenantId, occurrence);
    const previous = this.#stored;
    this.#stored = await writeDocument(store, name, RUN_RECORD_FORMAT, content, { previous, now });
  }

  release(): Promise<void> {
    return this.#lease.release();
  }
}

/**
 * Takes the record of an occurrence. While another run holds it this waits, until that run lets go, or its status is
 * final: then there is nothing to do. Rejects with the signal's reason at the run's deadline.
 */
export async function acquireRunRecord(options: RunRecordOptions): Promise<RunRecord | undefined> {
  const { store, tenantId, occurrence, clock, sleep, signal } = options;
  const name = runRecordName(tenantId, occurrence);
  for (;;) {
    const record = await tryRunRecord(options);
    if (record !== undefined) return record;
    const other = await readDocument(store, name, RUN_RECORD_FORMAT, clock());
    if (other?.unreadable === false && isFinal(other.content.status)) return undefined;
    await sleep(POLL_MS, signal);
  }
}

/** Takes the record if nobody holds it now. */
export async function tryRunRecord(options: RunRecordOptions): Promise<RunRecord | undefined> {
  const { store, tenantId, occurrence, clock } = options;
  const name = runRecordName(tenantId, occurrence);
  const lease = await store.acquireLease(`${runPrefix(tenantId, occurrence)}claim`);
  if (lease === undefined) return undefined;
  try {
    const stored = await readDocument(store, name, RUN_RECORD_FORMAT, clock());
    return new RunRecord(options, lease, stored);
  } catch (error) {
    await lease.release();
    throw error;
  }
}

/** How far the digest of one occurrence has come. The last two are final. */
const STATUSES = ['claimed', 'report-built', 'sending', 'sent', 'not-needed'] as const;

type RunStatus = (typeof STATUSES)[number];

/** The record of one occurrence of the schedule, by tenant: who holds it makes the digest. */
export interface StoredRunRecord {
  /** The scheduled instant, ISO. */
  readonly occurrence: string;
  readonly status: RunStatus;
  /** When the status was reached, ISO. */
  readonly at: string;
}

/** Installations have it as the claim on an occurrence and its step, under these names. */
export const RUN_RECORD_FORMAT: DocumentFormat<StoredRunRecord> = {
  kind: 'claim',
  version: 1,
  parse: parserOf(
    v.pipe(
      v.object({ occurrence: storedInstant, step: v.picklist(STATUSES), at: storedInstant }),
      v.transform(({ occurrence, step, at }) => ({ occurrence, status: step, at })),
    ),
  ),
  write: ({ occurrence, status, at }) => ({ occurrence, step: status, at }),
  latestAt: ({ occurrence, at }) => Math.max(Date.parse(occurrence), Date.parse(at)),
  isNamed: ({ occurrence }, name) => isOfOccurrence(name, occurrence),
};

export function isFinal(status: RunStatus): boolean {
  return status === 'sent' || status === 'not-needed';
}

/** Everything that belongs to one occurrence has this prefix; names sort by time. */
export function runPrefix(tenantId: string, occurrence: Date): string {
  return `${runsPrefix(tenantId)}${nameOf(occurrence.toISOString())}/`;
}

/** An instant (ISO) as it stands in a name. */
function nameOf(occurrence: string): string {
  return occurrence.replaceAll(':', '-');
}

/** Whether the name of a document is that of an occurrence (ISO). */
export function isOfOccurrence(name: string, occurrence: string): boolean {
  return name.split('/').at(-2) === nameOf(occurrence);
}

/** The occurrence to which a document belongs, by its name; undefined for a name that is none of ours. */
export function occurrenceOf(name: string): Date | undefined {
  const [, day, time] = /^(.+T)(.+)$/.exec(name.split('/').at(-2) ?? '') ?? [];
  const occurrence = new Date(`${day}${time?.replaceAll('-', ':')}`);
  return Number.isNaN(occurrence.getTime()) ? undefined : occurrence;
}

export function runsPrefix(tenantId: string): string {
  return `runs/${tenantId}/`;
}

export function runRecordName(tenantId: string, occurrence: Date): string {
  return `${runPrefix(tenantId, occurrence)}claim.json`;
}

export function storedDigestName(tenantId: string, occurrence: Date): string {
  return `${runPrefix(tenantId, occurrence)}digest.json.gz`;
}

/** The same for every attempt to send the digest of an occurrence, so that a mailbox can tell a duplicate. */
export function messageIdOf(tenantId: string, occurrence: Date): string {
  const hash = createHash('sha256').update(`${tenantId} ${occurrence.toISOString()}`).digest('hex');
  return `<${hash.slice(0, 32)}@mfa-gap-mailer.invalid>`;
}
