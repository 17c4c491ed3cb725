import type { Report } from '../report/report.ts';
import { planAttachments } from '../rendering/attachments.ts';
import type { AttachmentPlan } from '../rendering/attachments.ts';
import { collectCsv } from '../rendering/collect-csv.ts';
import type { CollectedFile } from '../rendering/collect-csv.ts';
import { csvFiles } from '../rendering/csv-files.ts';
import { renderDigest } from '../rendering/digest.ts';
import type { Digest } from '../rendering/digest.ts';
import { cloudOf } from '../settings/clouds.ts';
import type { Settings } from '../settings/fields.ts';
import { VERSION } from '../version.ts';

/** A digest with its files, not yet addressed. */
export interface Composition {
  readonly digest: Digest;
  readonly plan: AttachmentPlan;
  /** Every file, also those that do not go with the mail. */
  readonly files: readonly CollectedFile[];
}

export interface ComposeOptions {
  readonly settings: Settings;
  readonly signInLog?: CollectedFile;
  readonly isOnDemand?: boolean;
  readonly isPossibleDuplicate?: boolean;
}

/** Writes the CSV files, decides what goes with the mail, and renders it. */
export async function compose(report: Report, options: ComposeOptions): Promise<Composition> {
  const { settings, signInLog } = options;
  const files: CollectedFile[] = [];
  for (const file of csvFiles(report)) files.push(await collectCsv(file));
  if (signInLog !== undefined) files.push(signInLog);
  const plan = await planAttachments(files, { ...settings, generatedAt: report.generatedAt });
  return { digest: render(report, plan, options), plan, files };
}

/** The mail of a report whose files are already chosen. */
export function render(
  report: Report,
  attachments: AttachmentPlan,
  options: ComposeOptions,
): Digest {
  const { settings, isOnDemand = false, isPossibleDuplicate = false } = options;
  return renderDigest(report, {
    subjectPrefix: settings.emailSubject,
    openingParagraph: settings.emailBody,
    maxRows: settings.maxRowsInEmail,
    timeZone: settings.reportTimeZone,
    locale: settings.reportLocale,
    portalOrigin: cloudOf(settings.graphEndpoint).portal,
    attachments,
    isOnDemand,
    isPossibleDuplicate,
    version: VERSION,
  });
}
