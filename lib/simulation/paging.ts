import { invalidPageToken } from './refusal.ts';

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
