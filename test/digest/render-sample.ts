import { planAttachments } from '../../lib/digest/attachments.ts';
import { csvFiles } from '../../lib/digest/csv/csv-files.ts';
import { collectCsv } from '../../lib/digest/csv/write-csv.ts';
import { collectWorkbook } from '../../lib/digest/workbook/workbook.ts';
import { renderDigest } from '../../lib/digest/render-digest.ts';
import type { Digest } from '../../lib/digest/view-context.ts';
import type { Report } from '../../lib/report/report.ts';

/** A report as the product would mail it with the settings as they come. */
export async function renderSample(report: Report): Promise<Digest> {
  const writing = {
    timeZone: 'Europe/Copenhagen',
    locale: 'en-GB',
    portalOrigin: 'https://entra.microsoft.com',
  };
  const files = [
    await collectWorkbook(report, writing),
    ...(await Promise.all(csvFiles(report).map((file) => collectCsv(file)))),
  ];
  const attachments = await planAttachments(files, {
    attachCsv: true,
    attachWorkbook: true,
    saveToSentItems: true,
    requestDeliveryReceipt: false,
    emailFrom: 'digest@contoso.example',
    generatedAt: report.generatedAt,
  });
  return renderDigest(report, {
    subjectPrefix: '',
    openingParagraph: '',
    maxRows: 10,
    ...writing,
    attachments,
    version: '1.2.3',
  });
}
