import { FILE_COLUMNS } from './column-meanings.ts';

const BEGIN = '<!-- columns:begin -->';
const END = '<!-- columns:end -->';

/** The page on the files with its dictionary of columns as the tables in code have it. */
export function withColumns(page: string): string {
  const [before, after] = [page.split(BEGIN)[0] ?? '', page.split(END)[1] ?? ''];
  const tables = FILE_COLUMNS.map(({ file, columns }) => {
    const rows = columns.map(({ name, meaning }) => `| \`${name}\` | ${meaning} |`);
    return [
      `### ${file}`,
      '',
      '<!-- prettier-ignore -->',
      '| column | meaning |',
      '| --- | --- |',
      ...rows,
    ].join('\n');
  });
  return `${before}${BEGIN}\n\n${tables.join('\n\n')}\n\n${END}${after}`;
}
