/** How each property of a row is written: a constant piece of JSON, or one that hangs on the row; undefined leaves it out. */
export type PropertyWriters<Row> = Readonly<
  Record<string, string | ((row: Row) => string | undefined)>
>;

/** Makes one function that writes the named properties as a JSON object; neighbouring constants are joined beforehand. */
export function compileRow<Row>(
  writers: PropertyWriters<Row>,
  names: readonly string[],
): (row: Row) => string {
  const pieces: { readonly text: string; readonly write?: (row: Row) => string | undefined }[] = [];
  for (const name of names) {
    const writer = writers[name] ?? 'null';
    const text = `,${JSON.stringify(name)}:`;
    const last = pieces.at(-1);
    if (typeof writer === 'function') {
      pieces.push({ text, write: writer });
    } else if (last !== undefined && last.write === undefined) {
      pieces[pieces.length - 1] = { text: `${last.text}${text}${writer}` };
    } else {
      pieces.push({ text: `${text}${writer}` });
    }
  }
  return (row) => {
    let json = '';
    for (const { text, write } of pieces) {
      const value = write === undefined ? '' : write(row);
      if (value !== undefined) {
        json += text + value;
      }
    }
    return `{${json.slice(1)}}`;
  };
}

/** A value as JSON; null for what is absent. */
export function toJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}
