import * as v from 'valibot';
import type { AttachmentPlan } from '../digest/attachments.ts';
import type { Digest } from '../digest/view-context.ts';
import { MAX_REQUEST_BYTES } from '../entra/limits.ts';
import { LIFECYCLE } from '../findings/findings-document.ts';
import type { Lifecycle } from '../findings/findings.ts';
import type { DocumentFormat } from '../storage/document.ts';
import {
  listOf,
  parserOf,
  storedBase64,
  storedCount,
  storedInstant,
  storedText,
} from '../storage/stored-values.ts';
import { isOfOccurrence } from './run-record.ts';

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
  readonly lifecycle?: Lifecycle | undefined;
}

/** The longest name that a file of ours has is 40 characters; none holds a slash or a line break. */
const fileName = v.pipe(v.string(), v.regex(/^[\w.-]{1,100}$/));

const body = v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_REQUEST_BYTES));

const DIGEST = v.object({
  subject: v.pipe(v.string(), v.nonEmpty(), v.maxLength(1000), v.regex(/^\P{Cc}*$/u)),
  html: body,
  text: body,
});

const ATTACHED = v.object({
  name: fileName,
  csvName: fileName,
  contentType: v.pipe(v.string(), v.regex(/^[\w.+-]{1,100}\/[\w.+-]{1,100}$/)),
  rows: storedCount,
  isZipped: v.boolean(),
  content: v.pipe(
    storedBase64,
    v.maxLength(MAX_REQUEST_BYTES * 2),
    v.transform((text) => Buffer.from(text, 'base64')),
  ),
});

/** The plan of attachments stands among the other fields, and the files in base64. */
export const STORED_DIGEST_FORMAT: DocumentFormat<StoredDigest> = {
  kind: 'stored-digest',
  version: 1,
  parse: parserOf(
    v.pipe(
      v.object({
        isNeeded: v.boolean(),
        builtAt: storedInstant,
        digest: DIGEST,
        duplicate: DIGEST,
        attached: listOf(ATTACHED),
        leftOut: listOf(v.object({ name: fileName, rows: storedCount, because: storedText })),
        format: v.picklist(['mime', 'json']),
        lifecycle: v.exactOptional(LIFECYCLE),
      }),
      v.transform(({ attached, leftOut, format, ...rest }) => ({
        ...rest,
        plan: { attached, leftOut, format },
      })),
    ),
  ),
  write: ({ plan, ...rest }) => ({
    ...rest,
    attached: plan.attached.map(({ content, ...file }) => ({
      ...file,
      content: content.toString('base64'),
    })),
    leftOut: plan.leftOut,
    format: plan.format,
  }),
  latestAt: ({ builtAt, lifecycle }) =>
    Math.max(Date.parse(builtAt), Date.parse(lifecycle?.reportedAt ?? builtAt)),
  isNamed: ({ lifecycle }, name) =>
    lifecycle?.occurrenceAt === undefined || isOfOccurrence(name, lifecycle.occurrenceAt),
};
