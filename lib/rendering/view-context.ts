import type { Report } from '../report/report.ts';
import type { AttachmentPlan } from './attachments.ts';
import type { Formats } from './formats.ts';

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
