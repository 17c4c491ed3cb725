import { badRequest, invalidPageToken } from './answer.ts';
import type { GraphRequest } from './answer.ts';

/** One page: rows as JSON text, and where the next begins, absent on the last. */
export interface Page {
  readonly context: string;
  readonly rows: readonly string[];
  readonly next?: string | undefined;
}

/** What a `$skiptoken` says. The number sets every link apart from those before it. */
export interface PageToken {
  /** Where the page begins, in the endpoint's own terms; empty for the beginning. */
  readonly position: string;
  readonly number: number;
  /** Set when this page is served for the second time. */
  readonly again?: boolean;
}

const FIRST: PageToken = { position: '', number: 1 };

/** The token of a request; the first page has none. */
export function readPageToken(query: URLSearchParams): PageToken {
  const text = query.get('$skiptoken');
  if (text === null) {
    return FIRST;
  }
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString()) as PageToken;
  } catch {
    throw invalidPageToken();
  }
}

/** The address of a page: the request's own, every query option kept, with another token. */
export function pageLink(url: URL, token: PageToken): string {
  const link = new URL(url);
  link.searchParams.set('$skiptoken', Buffer.from(JSON.stringify(token)).toString('base64url'));
  return link.href;
}

/** A page in Graph's envelope. */
export function pageBody({ context, rows }: Page, origin: string, nextLink?: string): string {
  const head = `"@odata.context":${JSON.stringify(`${origin}/v1.0/$metadata#${context}`)}`;
  const link = nextLink === undefined ? '' : `,"@odata.nextLink":${JSON.stringify(nextLink)}`;
  return `{${head}${link},"value":[${rows.join(',')}]}`;
}

/** Takes up to `top` rows from numbered places that may be empty, beginning at the token's; looks ahead for one more. */
export function pageOfPlaces(
  context: string,
  position: string,
  count: number,
  top: number,
  rowAt: (place: number) => string | undefined,
): Page {
  const rows: string[] = [];
  for (let place = Number(position); place < count; place++) {
    const row = rowAt(place);
    if (row !== undefined) {
      if (rows.length === top) {
        return { context, rows, next: String(place) };
      }
      rows.push(row);
    }
  }
  return { context, rows };
}

/** The refusal of a query option, in Graph's words. */
export function refusedOption(option: string) {
  return badRequest(`Query option '${option}' is not allowed.`);
}

/** Refuses query options that the endpoint does not know; `$skiptoken` is known everywhere. */
export function allowOptions(query: URLSearchParams, ...allowed: readonly string[]): void {
  for (const name of query.keys()) {
    if (name !== '$skiptoken' && !allowed.includes(name)) {
      const option = name.replace('$', '');
      throw refusedOption(option.charAt(0).toUpperCase() + option.slice(1));
    }
  }
}

/** The page size asked for; above the greatest it is an error, not a clamp. */
export function readTop(query: URLSearchParams, usual: number, greatest: number): number {
  const text = query.get('$top');
  if (text === null) {
    return usual;
  }
  const top = Number(text);
  if (!Number.isInteger(top) || top < 1 || top > greatest) {
    throw badRequest(
      `Invalid page size specified: '${text}'. Must be between 1 and ${greatest} inclusive.`,
    );
  }
  return top;
}

/** The properties that `$select` names, or the usual ones; an unknown name is an error. */
export function readSelect(
  { query }: GraphRequest,
  known: Readonly<Record<string, unknown>>,
  usual: readonly string[],
): readonly string[] {
  const text = query.get('$select');
  if (text === null) {
    return usual;
  }
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined) {
    throw badRequest(`Could not find a property named '${unknown}'.`);
  }
  return names;
}

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
