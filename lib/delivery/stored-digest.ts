import { recordOf } from '../decode.ts';
import type { AttachmentPlan } from '../digest/attachments.ts';
import type { Digest } from '../digest/view-context.ts';
import { LIFECYCLE_FORMAT } from '../findings/findings-document.ts';
import type { Lifecycle } from '../findings/findings.ts';
import type { DocumentFormat } from '../storage/document.ts';

/**
 * What is to be sent, as it was built: a repeat sends this and builds nothing anew. The lifecycle travels with it
 * and becomes valid when the digest is final.
 */
export interface StoredDigest {
  readonly isNeeded: boolean;
  readonly builtAt: string;
  readonly digest: Digest;
  /** The same with the line that it may be a duplicate. */
  readonly duplicate: Digest;
  readonly plan: AttachmentPlan;
  /** The next lifecycle document. */
  readonly lifecycle?: Lifecycle;
}

interface Fields {
  readonly isNeeded: boolean;
  readonly builtAt: string;
  readonly digest: Digest;
  readonly duplicate: Digest;
  readonly attached: readonly Readonly<Record<string, unknown>>[];
  readonly leftOut: AttachmentPlan['leftOut'];
  readonly format: AttachmentPlan['format'];
  readonly lifecycle?: Lifecycle;
}

/** The form in which a StoredDigest is stored: attachments in base64. */
export const STORED_DIGEST_FORMAT: DocumentFormat<Fields> = {
  kind: 'stored-digest',
  version: 1,
  parse(fields) {
    const { isNeeded, builtAt, attached, leftOut, format, lifecycle } = fields;
    const isPlan = Array.isArray(attached) && Array.isArray(leftOut);
    const isFormat = format === 'mime' || format === 'json';
    if (typeof isNeeded !== 'boolean' || typeof builtAt !== 'string' || !isPlan || !isFormat) {
      throw new TypeError('A stored digest is not whole.');
    }
    return {
      isNeeded,
      builtAt,
      digest: parseDigest(fields['digest']),
      duplicate: parseDigest(fields['duplicate']),
      attached: attached.map(recordOf),
      leftOut: leftOut as AttachmentPlan['leftOut'],
      format,
      ...(lifecycle !== undefined && {
        lifecycle: LIFECYCLE_FORMAT.parse(recordOf(lifecycle), LIFECYCLE_FORMAT.version),
      }),
    };
  },
};

export function toFields({ plan, ...rest }: StoredDigest): Fields {
  return {
    ...rest,
    attached: plan.attached.map(({ content, ...file }) => ({
      ...file,
      content: content.toString('base64'),
    })),
    leftOut: plan.leftOut,
    format: plan.format,
  };
}

export function fromFields({ attached, leftOut, format, ...rest }: Fields): StoredDigest {
  const files = attached.map((file) => ({
    ...file,
    content: Buffer.from(String(file['content']), 'base64'),
  }));
  return {
    ...rest,
    plan: { attached: files as unknown as AttachmentPlan['attached'], leftOut, format },
  };
}

function parseDigest(value: unknown): Digest {
  const { subject, html, text } = recordOf(value);
  if (typeof subject !== 'string' || typeof html !== 'string' || typeof text !== 'string') {
    throw new TypeError('A stored digest lacks a part.');
  }
  return { subject, html, text };
}
