import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { Sleep } from '../graph/timing.ts';
import { readDocument, writeDocument } from '../storage/document.ts';
import type { DocumentFormat, StoredDocument, UnreadableReason } from '../storage/document.ts';
import type { Lease, Store } from '../storage/store.ts';
import { parserOf, storedInstant } from '../storage/stored-values.ts';

interface ClaimOptions {
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
 * The digest of one occurrence, held. Steps are written over exactly the step before, so that a holder who lost
 * its lease without noticing fails with `state_conflict` and changes nothing.
 */
export class Claim {
  readonly #options: ClaimOptions;
  readonly #lease: Lease;
  #stored: StoredDocument<ClaimContent> | undefined;

  constructor(
    options: ClaimOptions,
    lease: Lease,
    stored: StoredDocument<ClaimContent> | undefined,
  ) {
    this.#options = options;
    this.#lease = lease;
    this.#stored = stored;
  }

  /** The step found; a claim that cannot be read may have been sent. */
  get step(): Step | undefined {
    if (this.#stored === undefined) return undefined;
    return this.#stored.unreadable ? 'sending' : this.#stored.content.step;
  }

  /** Why the claim that was found cannot be read; undefined where it can. */
  get unreadable(): UnreadableReason | undefined {
    return this.#stored?.unreadable === true ? this.#stored.reason : undefined;
  }

  /** Aborted when the lease is lost. */
  get signal(): AbortSignal {
    return this.#lease.signal;
  }

  async advance(step: Step): Promise<void> {
    this.#lease.signal.throwIfAborted();
    const { store, tenantId, occurrence, clock } = this.#options;
    const now = clock();
    const content = { occurrence: occurrence.toISOString(), step, at: now.toISOString() };
    const name = claimName(tenantId, occurrence);
    const previous = this.#stored;
    this.#stored = await writeDocument(store, name, CLAIM_FORMAT, content, { previous, now });
  }

  release(): Promise<void> {
    return this.#lease.release();
  }
}

/**
 * Takes the claim of an occurrence. While another run holds it this waits, until that run lets go, or its step is
 * final: then there is nothing to claim. Rejects with the signal's reason at the run's deadline.
 */
export async function takeClaim(options: ClaimOptions): Promise<Claim | undefined> {
  const { store, tenantId, occurrence, clock, sleep, signal } = options;
  const name = claimName(tenantId, occurrence);
  for (;;) {
    const claim = await tryClaim(options);
    if (claim !== undefined) return claim;
    const other = await readDocument(store, name, CLAIM_FORMAT, clock());
    if (other?.unreadable === false && isFinal(other.content.step)) return undefined;
    await sleep(POLL_MS, signal);
  }
}

/** Takes the claim if nobody holds it now. */
export async function tryClaim(options: ClaimOptions): Promise<Claim | undefined> {
  const { store, tenantId, occurrence, clock } = options;
  const name = claimName(tenantId, occurrence);
  const lease = await store.acquireLease(`${runPrefix(tenantId, occurrence)}claim`);
  if (lease === undefined) return undefined;
  try {
    const stored = await readDocument(store, name, CLAIM_FORMAT, clock());
    return new Claim(options, lease, stored);
  } catch (error) {
    await lease.release();
    throw error;
  }
}

/** How far the digest of one occurrence has come. The last two are final. */
const STEPS = ['claimed', 'report-built', 'sending', 'sent', 'not-needed'] as const;

type Step = (typeof STEPS)[number];

/** The claim on one occurrence of the schedule, by tenant: who holds it makes the digest. */
export interface ClaimContent {
  /** The scheduled instant, ISO. */
  readonly occurrence: string;
  readonly step: Step;
  /** When the step was reached, ISO. */
  readonly at: string;
}

export const CLAIM_FORMAT: DocumentFormat<ClaimContent> = {
  kind: 'claim',
  version: 1,
  parse: parserOf(
    v.object({ occurrence: storedInstant, step: v.picklist(STEPS), at: storedInstant }),
  ),
  write: (claim) => claim,
  latestAt: ({ occurrence, at }) => Math.max(Date.parse(occurrence), Date.parse(at)),
  isNamed: ({ occurrence }, name) => isOfOccurrence(name, occurrence),
};

export function isFinal(step: Step): boolean {
  return step === 'sent' || step === 'not-needed';
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

export function claimName(tenantId: string, occurrence: Date): string {
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
