import type { EmergencyView, ExceptionsView } from './parts/accounts.ts';
import type { AsideView } from './parts/asides.ts';
import { describeAsked } from './parts/asked.ts';
import type { ChangesView } from './parts/changes.ts';
import type { FooterView } from './parts/closing.ts';
import type { FilesView } from './parts/files.ts';
import type { ListView, RowView } from './parts/lists.ts';
import type { NoticeView } from './parts/notices.ts';
import type { FirstStepsView } from './parts/opening.ts';
import type { NameView, Tag } from './parts/person.ts';
import type { TrendView } from './parts/trend.ts';
import type { DigestView } from './view.ts';

/**
 * The view as plain text: the same order as the HTML, lines of at most 78 columns. A link to a person's page is left to
 * the HTML, because two lines of address a person are half of what would have to be read.
 */
export function writePlainText(view: DigestView): string {
  const { firstSteps, changes, emergency, exceptions, trend } = view;
  const blocks: readonly (readonly string[] | undefined)[] = [
    [wrapText([view.label, view.tenant, view.date].filter((text) => text !== '').join(' · '))],
    ...view.notices.map(noticeLines),
    [wrapText(view.headline)],
    view.opening === '' ? undefined : [wrapText(view.opening)],
    ...view.notes.map((note) => [wrapText(note)]),
    view.risks.length === 0
      ? undefined
      : view.risks.flatMap((risk) => noticeLines({ title: risk.text, points: risk.points })),
    figureLines(view),
    firstSteps && firstStepLines(firstSteps),
    changes && changeLines(changes),
    ...view.lists.map(listLines),
    view.wouldShow === '' ? undefined : [wrapText(view.wouldShow)],
    emergency && emergencyLines(emergency),
    exceptions && exceptionLines(exceptions),
    ...view.asides.map(asideLines),
    view.asked && asideLines(describeAsked(view.asked)),
    trend && trendLines(trend),
    fileLines(view.files),
    footerLines(view.footer),
  ];
  return `${blocks
    .filter((block) => block !== undefined)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function heading(text: string): string {
  const wrapped = wrapText(text);
  const width = Math.max(...wrapped.split('\n').map(widthOf));
  return `${wrapped}\n${'-'.repeat(width)}`;
}

function noticeLines({ title, points }: NoticeView): readonly string[] {
  return [wrapText(title, '! '), ...points.map((point) => wrapText(point, '  - '))];
}

function figureLines({ tiles, pace, scope }: DigestView): readonly string[] {
  const rows = tiles.map(
    ({ label, value, details }) => [label, [value, ...details].join(', ')] as const,
  );
  return [
    ...alignRows(rows),
    ...[pace, scope].filter((text) => text !== '').map((text) => wrapText(text, '  ')),
  ];
}

function nameLine({ name }: NameView, tags: readonly Tag[] = [], ending = ''): string {
  const words = tags.map(({ text }) => text).join(', ');
  return [name, ...(words === '' ? [] : [`(${words})`])].join(' ') + ending;
}

function linkLines(indent: string, ...hrefs: readonly string[]): readonly string[] {
  return hrefs.filter((href) => href !== '').map((href) => `${indent}${href}`);
}

function firstStepLines({ title, people }: FirstStepsView): readonly string[] {
  return [
    heading(title),
    ...people.flatMap((person) => [
      wrapText(nameLine(person, person.tags), `${person.place}. `),
      wrapText(`${person.seen}. ${person.step.verb}.`, '   '),
    ]),
  ];
}

function changeLines({ title, note, groups }: ChangesView): readonly string[] {
  return [
    heading(title),
    ...(note === '' ? [] : [wrapText(note)]),
    ...groups.flatMap((group) => [
      `${group.title}:`,
      ...group.changes.flatMap((change) => [
        wrapText(nameLine(change), '- '),
        wrapText(change.text, '  '),
      ]),
      ...(group.rest === '' ? [] : [wrapText(group.rest, '  ')]),
    ]),
  ];
}

function listLines({ title, notes, points, rows, rest }: ListView): readonly string[] {
  return [
    heading(title),
    ...notes.map(({ text }) => wrapText(text)),
    ...points.map((point) => wrapText(point, '- ')),
    ...rows.flatMap((row, index) => rowLines(row, index + 1)),
    ...rest.map((line) => wrapText(line)),
  ];
}

/** Who, what was seen, and the next step with the one link that it needs. */
function rowLines(row: RowView, position: number): readonly string[] {
  const { seen, reason, step } = row;
  return [
    wrapText(nameLine(row, row.tags), `${position}. `),
    wrapText([seen, reason].filter((text) => text !== '').join('. '), '   '),
    ...(step.verb === '' ? [] : [wrapText(`> ${step.verb}`, '   ')]),
    ...linkLines('   ', step.href.includes('#view/') ? '' : step.href),
  ];
}

function emergencyLines({ title, accounts, rest, links }: EmergencyView): readonly string[] {
  return [
    heading(title),
    ...accounts.flatMap((account) => [
      wrapText(nameLine(account), '- '),
      wrapText(`${account.state}. ${account.sentence}`, '  '),
    ]),
    ...(rest === '' ? [] : [wrapText(rest)]),
    ...linkLines('', ...links.map(({ href }) => href)),
  ];
}

function exceptionLines(view: ExceptionsView): readonly string[] {
  return [
    heading(view.title),
    ...view.problems.map((problem) => wrapText(problem, '! ')),
    ...[...view.active, ...view.ended].flatMap((exception) => [
      wrapText(nameLine(exception, [], exception.mark === '' ? '' : ` - ${exception.mark}`), '- '),
      wrapText(exception.text, '  '),
    ]),
    ...(view.rest === '' ? [] : [wrapText(view.rest)]),
    ...(view.note === '' ? [] : [wrapText(view.note)]),
  ];
}

function asideLines({
  title,
  lines,
  rest,
  links,
}: Omit<AsideView, 'id' | 'isInline'>): readonly string[] {
  return [
    heading(title),
    ...lines.map((line) => wrapText(line, '- ')),
    ...(rest === '' ? [] : [wrapText(rest)]),
    ...linkLines('', ...links.map(({ href }) => href)),
  ];
}

const TEXT_RUNS = 7;

function trendLines({ title, summary, bars, facts }: TrendView): readonly string[] {
  const rows = bars.slice(-TEXT_RUNS).map(({ day, isPartial, blocked, others }) => {
    const text = isPartial
      ? 'partial report'
      : `${blocked} stopped or in with one factor, ${others} in the other lists`;
    return [day, text] as const;
  });
  return [
    heading(title),
    wrapText(summary),
    ...alignRows(rows),
    ...facts.map((fact) => wrapText(fact)),
  ];
}

function fileLines({ title, attached, leftOut, note }: FilesView): readonly string[] {
  return [
    heading(title),
    ...attached.map((file) => wrapText(file, '- ')),
    ...leftOut.map((file) => wrapText(`Not attached: ${file}`, '- ')),
    ...(note === '' ? [] : [wrapText(note)]),
  ];
}

function footerLines({ window, sources, notes, about, links }: FooterView): readonly string[] {
  return [
    wrapText(window),
    ...alignRows(sources.map(({ name, state }) => [name, state] as const)),
    ...notes.map((note) => wrapText(note, '- ')),
    ...linkLines('', ...links.map(({ href }) => href)),
    wrapText(about),
  ];
}

/** The longest line of the plain-text part, but for links, which stay whole. */
export const TEXT_COLUMNS = 78;

/** A paragraph in lines, the first after `first`, the others after `others` (by default blanks of its width). */
export function wrapText(
  text: string,
  first = '',
  others = ' '.repeat(first.length),
  columns = TEXT_COLUMNS,
): string {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ').flatMap((part) => breakWord(part, columns - others.length))) {
    const width = widthOf(line) + widthOf(word) + (isEmpty ? 0 : 1);
    if (!isEmpty && width > columns) {
      lines.push(line);
      line = others + word;
    } else {
      line += (isEmpty ? '' : ' ') + word;
    }
    isEmpty = false;
  }
  return [...lines, line].map((entry) => entry.trimEnd()).join('\n');
}

/** Lines of two columns, the first as wide as its widest cell. */
export function alignRows(
  rows: readonly (readonly [string, string])[],
  indent = '  ',
): readonly string[] {
  const width = Math.max(0, ...rows.map(([name]) => widthOf(name)));
  return rows.map(([name, text]) =>
    wrapText(text, `${indent}${name}${' '.repeat(width - widthOf(name))}  `),
  );
}

function widthOf(text: string): number {
  return Array.from(text).length;
}

function breakWord(word: string, columns: number): readonly string[] {
  const characters = Array.from(word);
  const pieces: string[] = [];
  for (let start = 0; start < characters.length; start += columns) {
    pieces.push(characters.slice(start, start + columns).join(''));
  }
  return pieces;
}
