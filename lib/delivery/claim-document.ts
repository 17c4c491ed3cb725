import { createHash } from 'node:crypto';
import type { DocumentFormat } from '../memory/document.ts';

/** How far the digest of one occurrence has come. The last two are final. */
export const STEPS = ['claimed', 'report-built', 'sending', 'sent', 'not-needed'] as const;

export type Step = (typeof STEPS)[number];

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
  parse({ occurrence, step, at }) {
    const known = STEPS.find((candidate) => candidate === step);
    if (typeof occurrence !== 'string' || typeof at !== 'string' || known === undefined) {
      throw new TypeError('A claim names an occurrence, a step and an instant.');
    }
    return { occurrence, step: known, at };
  },
};

export function isFinal(step: Step): boolean {
  return step === 'sent' || step === 'not-needed';
}

/** Everything that belongs to one occurrence has this prefix; names sort by time. */
export function runPrefix(tenantId: string, occurrence: Date): string {
  return `${runsPrefix(tenantId)}${occurrence.toISOString().replaceAll(':', '-')}/`;
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
