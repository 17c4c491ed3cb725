import type { Report } from '../report/report.ts';
import type { AttachmentPlan } from './attachments.ts';
import type { Formats } from './text/wording.ts';

export interface DigestOptions {
  /** EMAIL_SUBJECT and EMAIL_BODY. */
  readonly subjectPrefix: string;
  readonly openingParagraph: string;
  /** MAX_ROWS_IN_EMAIL, for each list. */
  readonly maxRows: number;
  /** An IANA time zone and a BCP 47 tag: how dates and numbers are written. */
  readonly timeZone: string;
  readonly locale: string;
  /** Where people are managed: https://entra.microsoft.com, or that of a national cloud. */
  readonly portalOrigin: string;
  readonly attachments: AttachmentPlan;
  readonly isOnDemand?: boolean;
  readonly isPossibleDuplicate?: boolean;
  readonly version: string;
}

/** The mail without its envelope. */
export interface Digest {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** What each part of the digest is made from. */
export interface ViewContext {
  readonly report: Report;
  readonly formats: Formats;
  readonly portalOrigin: string;
  readonly attachments: AttachmentPlan;
  /** How many entries are shown of whatever is no hit list: changes of a kind, exceptions, notes. */
  readonly maxEntries: number;
}

/** What a colour says. No colour says it alone. */
export type Tone = 'blocked' | 'caution' | 'good' | 'plain';

/** A link that stands behind a sentence. */
export interface Link {
  readonly label: string;
  readonly href: string;
}

/** A sentence with the links that it needs. */
export interface LinkedSentence {
  readonly text: string;
  readonly links: readonly Link[];
}
