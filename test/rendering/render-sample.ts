import { planAttachments } from '../../lib/rendering/attachments.ts';
import { collectCsv } from '../../lib/rendering/collect-csv.ts';
import { csvFiles } from '../../lib/rendering/csv-files.ts';
import { renderDigest } from '../../lib/rendering/digest.ts';
import type { Digest } from '../../lib/rendering/digest.ts';
import type { Report } from '../../lib/report/report.ts';

/** A report as the product would mail it with the settings as they come. */
export async function renderSample(report: Report): Promise<Digest> {
  const files = await Promise.all(csvFiles(report).map((file) => collectCsv(file)));
  const attachments = await planAttachments(files, {
    attachCsv: true,
    saveToSentItems: true,
    requestDeliveryReceipt: false,
    emailFrom: 'digest@contoso.example',
    generatedAt: report.generatedAt,
  });
  return renderDigest(report, {
    subjectPrefix: 'MFA Enforcement Report',
    openingParagraph: 'Please find the attached MFA Enforcement Report.',
    maxRows: 50,
    timeZone: 'Europe/Copenhagen',
    locale: 'en-GB',
    portalOrigin: 'https://entra.microsoft.com',
    attachments,
    version: '1.2.3',
  });
}
