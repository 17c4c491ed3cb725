import type { CollectedFile } from '../rendering/collect-csv.ts';
import { collectCsv } from '../rendering/collect-csv.ts';
import { csvFiles } from '../rendering/csv-files.ts';
import type { Report } from '../report/report.ts';

/** A file of a report at its full length, also where it is too long to be mailed; undefined for any other name. */
export async function collectWhole(
  report: Report,
  name: string,
): Promise<CollectedFile | undefined> {
  const file = csvFiles(report).find((one) => one.name === name);
  return file && collectCsv(file, Number.MAX_SAFE_INTEGER);
}
