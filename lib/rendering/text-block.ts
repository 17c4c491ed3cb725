/** The longest line of the plain-text part, but for links, which stay whole. */
export const TEXT_COLUMNS = 78;

/** A paragraph in lines, the first after `first`, the others after `others` (by default blanks of its width). */
export function wrapText(text: string, first = '', others = ' '.repeat(first.length)): string {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text
    .split(' ')
    .flatMap((part) => breakWord(part, TEXT_COLUMNS - others.length))) {
    const width = widthOf(line) + widthOf(word) + (isEmpty ? 0 : 1);
    if (!isEmpty && width > TEXT_COLUMNS) {
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

export function widthOf(text: string): number {
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
