import { createFormats } from '../text/wording.ts';
import type { Report } from '../../report/report.ts';
import { workbookName } from '../csv/file-names.ts';
import type { CollectedFile } from '../csv/write-csv.ts';
import type { DigestOptions } from '../view-context.ts';
import { makeSheets } from './sheets.ts';
import { peopleToDo } from './to-do-sheet.ts';
import { writeWorkbook } from './write-workbook.ts';

/** So many take 0.9 MB; with more nobody works a sheet off. */
const MAX_TO_DO = 10_000;

type WorkbookOptions = Pick<DigestOptions, 'locale' | 'timeZone' | 'portalOrigin'>;

/** Writes the workbook; without content where more is to be done than one that can be mailed holds. */
export async function collectWorkbook(
  report: Report,
  { locale, timeZone, portalOrigin }: WorkbookOptions,
): Promise<CollectedFile> {
  const name = workbookName(report.generatedAt);
  const rows = peopleToDo(report).length;
  if (rows > MAX_TO_DO) return { name, rows, bytes: 0 };
  const formats = createFormats(locale, timeZone, report.generatedAt);
  const sheets = makeSheets({ report, formats, portalOrigin });
  const content = await writeWorkbook(sheets, report.generatedAt);
  return { name, rows, bytes: content.length, content };
}
