import type { Report } from '../report/report.ts';
import type { AttachmentPlan } from './attachments.ts';
import { viewDigest } from './digest-view.ts';
import { fitDigest } from './fit-digest.ts';
import { createFormats } from './formats.ts';
import { renderHtml } from './html.ts';
import { writePlainText } from './plain-text.ts';

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

/** Renders a report as a mail. What would make it too long for a mail program is left to the CSV files. */
export function renderDigest(report: Report, options: DigestOptions): Digest {
  const { locale, timeZone, portalOrigin, attachments } = options;
  const formats = createFormats(locale, timeZone);
  const view = fitDigest(
    (maxEntries) => ({ report, formats, portalOrigin, attachments, maxEntries }),
    (context) => viewDigest(context, options),
  );
  return { subject: view.subject, html: renderHtml(view), text: writePlainText(view) };
}
