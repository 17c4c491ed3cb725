import { FIELDS } from './fields.ts';
import type { Field } from './kinds.ts';

const FIELD_LIST: readonly Field<unknown>[] = Object.values(FIELDS);

/** Where the README holds its table of settings. */
export const MARKERS = ['<!-- settings:begin -->', '<!-- settings:end -->'] as const;

/** The table of settings for a terminal of this width. */
export function settingsAsText(width: number): string {
  return FIELD_LIST.map(({ setting, kind, fallback, meaning }) => {
    const value = fallback === '' ? '' : ` = ${fallback}`;
    return [`  ${setting}${value}`, ...wrap(`${meaning} (${kind})`, width - 6)].join('\n      ');
  }).join('\n');
}

/** The table of settings as Markdown. */
export function settingsAsMarkdown(): string {
  const rows = FIELD_LIST.map(({ setting, kind, fallback, meaning }) => [
    `\`${setting}\``,
    fallback === '' ? '–' : `\`${fallback}\``,
    kind,
    meaning,
  ]);
  return [['setting', 'default', 'kind', 'meaning'], ['---', '---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** local.settings.json for a trial on this machine: the storage emulator, and every setting at its default. */
export function settingsAsExample(): string {
  const values = {
    AzureWebJobsStorage: 'UseDevelopmentStorage=true',
    FUNCTIONS_WORKER_RUNTIME: 'node',
    ...Object.fromEntries(FIELD_LIST.map(({ setting, fallback }) => [setting, fallback])),
  };
  return `${JSON.stringify({ IsEncrypted: false, Values: values }, undefined, 2)}\n`;
}

/** The README with the table between its markers. Throws a RangeError where it has no markers. */
export function withSettings(readme: string): string {
  const [begin, end] = MARKERS;
  const before = readme.indexOf(begin);
  const after = readme.indexOf(end);
  if (before < 0 || after < before) throw new RangeError(`README.md has no ${begin} … ${end}.`);
  // Prettier would pad every cell to the longest of its column.
  const table = `${begin}\n\n<!-- prettier-ignore -->\n${settingsAsMarkdown()}\n\n`;
  return readme.slice(0, before) + table + readme.slice(after);
}

/** Lines of at most this width; a longer word keeps its own. */
function wrap(text: string, width: number): readonly string[] {
  return text.match(new RegExp(String.raw`\S.{0,${width - 2}}\S?(?= |$)|\S+`, 'gu')) ?? [];
}
