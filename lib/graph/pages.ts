import { hasCode, MailerError } from '../errors.ts';
import type { GraphConnection } from './client.ts';
import { isCrowded, parseList } from './parse-page.ts';
import type { BodyEncoding, ListBody, ListOptions } from './parse-page.ts';
import type { GraphResponse } from './transport.ts';

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Whether Graph names no page after it. */
  readonly isLast: boolean;
}

export interface PagesOptions<Row> {
  /** What is read, in words for errors: "the list of users". */
  readonly what: string;
  readonly signal: AbortSignal;
  /** Makes of a row what is kept of it, as soon as it is parsed. */
  readonly decode: (row: unknown) => Row;
  /** @default utf8 */
  readonly encoding?: BodyEncoding;
  /** Sent with every page. @default none */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Graph may send an empty page with a next link; a chain of them leads nowhere. */
const MAX_EMPTY_PAGES = 50;

/** A page that cannot be read is asked for again this often before it is given up. */
const MAX_BROKEN_ANSWERS = 3;

/**
 * Every page of a collection, one in memory at a time; a consumer that stops stops the requests. Follows
 * `@odata.nextLink` as it is. A link to another host, a repeated one, or an endless chain of empty pages is
 * `graph_unexpected`.
 */
export async function* pages<Row>(
  graph: GraphConnection,
  first: URL,
  { what, signal, decode, encoding = 'utf8', headers = {} }: PagesOptions<Row>,
): AsyncGenerator<Page<Row>> {
  const seen = new Set<string>();
  let emptyPages = 0;
  let next: URL | undefined = first;
  while (next !== undefined) {
    if (seen.has(next.href)) throw unexpected(`Graph repeated a link while listing ${what}.`);
    seen.add(next.href);
    const body: ListBody<Row> = await readList(graph, next, {
      what,
      signal,
      decode,
      encoding,
      headers,
      isNextLink: next !== first,
    });
    emptyPages = body.value.length === 0 ? emptyPages + 1 : 0;
    if (emptyPages > MAX_EMPTY_PAGES) {
      throw unexpected(`Graph sent ${MAX_EMPTY_PAGES} empty pages in a row for ${what}.`);
    }
    yield { rows: body.value, isLast: isEmptyLink(body['@odata.nextLink']) };
    next = nextUrl(body, what);
  }
}

interface PageRequest<Row> extends Required<PagesOptions<Row>> {
  readonly isNextLink: boolean;
}

async function readList<Row>(
  graph: GraphConnection,
  url: URL,
  { what, signal, headers, isNextLink, ...options }: PageRequest<Row>,
): Promise<ListBody<Row>> {
  for (let broken = 1; ; broken += 1) {
    const response = await graph.get(url, what, signal, { headers, isNextLink });
    try {
      return readRows(response, what, options);
    } catch (error) {
      if (!hasCode(error, 'graph_unexpected') || broken === MAX_BROKEN_ANSWERS) throw error;
    }
  }
}

function readRows<Row>(
  { body, release }: GraphResponse,
  what: string,
  options: ListOptions<Row>,
): ListBody<Row> {
  try {
    if (isCrowded(body)) {
      throw unexpected(`Graph’s answer to ${what} holds more values than any page does.`);
    }
    const list = parseList(body, options);
    if (list !== undefined) return list;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw unexpected(`Graph’s answer to ${what} is not JSON.`, cause);
  } finally {
    release?.();
  }
  throw unexpected(`Graph’s answer to ${what} is not a list.`);
}

function nextUrl(body: ListBody<unknown>, what: string): URL | undefined {
  const link = body['@odata.nextLink'];
  if (isEmptyLink(link)) return undefined;
  if (typeof link === 'string' && URL.canParse(link)) return new URL(link);
  throw unexpected(`Graph’s next link for ${what} is not an address.`);
}

function isEmptyLink(link: unknown): boolean {
  return link === undefined || link === null || link === '';
}

function unexpected(message: string, cause?: unknown): MailerError {
  return new MailerError('graph_unexpected', message, {}, { cause });
}
