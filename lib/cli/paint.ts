import { styleText } from 'node:util';

/** Gives words a colour where somebody sees it. */
export type Paint = (format: 'bold' | 'dim' | 'red' | 'green' | 'yellow', text: string) => string;

export const unpainted: Paint = (_format, text) => text;

/** Colours for this stream: on a terminal, unless NO_COLOR is set; elsewhere only with FORCE_COLOR. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  return (format, text) => styleText(format, text, { stream });
}

/** Lines longer than this are hard to read, however wide the terminal is. */
const READABLE_COLUMNS = 100;
const NARROWEST_COLUMNS = 40;
const USUAL_COLUMNS = 80;

/** How many columns text may take on this stream; a terminal that does not know its width says 0. */
export function columnsOf({ columns }: { readonly columns?: number | undefined }): number {
  return Math.min(Math.max(columns || USUAL_COLUMNS, NARROWEST_COLUMNS), READABLE_COLUMNS);
}
