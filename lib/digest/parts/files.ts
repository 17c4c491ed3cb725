import type { AttachedFile } from '../attachments.ts';
import { counted, joinWords } from '../text/wording.ts';
import { isWorkbook } from '../csv/file-names.ts';
import type { ViewContext } from '../view-context.ts';

/** The files of the digest: what goes with it, and what does not. */
export interface FilesView {
  readonly title: string;
  readonly attached: readonly string[];
  readonly leftOut: readonly string[];
  readonly note: string;
}

export function viewFiles({ attachments, formats }: ViewContext): FilesView {
  const { attached, leftOut } = attachments;
  const describe = ({ name, rows }: { readonly name: string; readonly rows: number }): string =>
    `${name} (${counted(rows, 'row', 'rows', formats)})`;
  /** The workbook has what the CSV files have; they are named one by one where one has changed its name or is alone. */
  const shorten = (files: readonly AttachedFile[]): readonly string[] => {
    const [workbook, ...others] = files;
    const isUsual = workbook !== undefined && isWorkbook(workbook.name) && others.length > 1;
    if (!isUsual || others.some(({ isZipped }) => isZipped)) return files.map(describe);
    return [describe(workbook), counted(others.length, 'CSV file', 'CSV files', formats)];
  };
  const causes = [...new Set(leftOut.map(({ because }) => because))];
  if (attached.length === 0) {
    const because = causes.length === 0 ? '' : `, because ${joinWords(causes)}`;
    return { title: `No file is attached${because}.`, attached: [], leftOut: [], note: '' };
  }
  return {
    title: `${counted(attached.length, 'file', 'files', formats)} attached:`,
    attached: shorten(attached),
    leftOut: leftOut.map((file) => `${describe(file)}, because ${file.because}`),
    note: attached.some((file) => file.isZipped)
      ? 'Some files are zipped, because Graph takes no mail of more than 4 MB.'
      : '',
  };
}

/** Where those of a list are whom the mail does not show; true also where their file is not attached. */
export function whereInFull(
  fileName: string,
  { all, shown }: { readonly all: number; readonly shown: number },
  { attachments, formats }: ViewContext,
): string {
  const rest = all - shown;
  if (rest === 0) return '';
  const who = shown === 0 ? formats.number(rest) : `${formats.number(rest)} more`;
  const verb = rest === 1 ? 'is' : 'are';
  const file =
    attachments.attached.find(({ csvName }) => isWorkbook(csvName)) ??
    attachments.attached.find(({ csvName }) => csvName === fileName);
  if (file !== undefined) return `${who} ${verb} in ${file.name}.`;
  return `${who} ${verb} not shown, and ${fileName} is not attached.`;
}
