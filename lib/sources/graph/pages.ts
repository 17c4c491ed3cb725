import { MailerError, hasCode } from '../../errors.ts';
import type { GraphConnection } from './connection.ts';
import type { GraphResponse } from './transport.ts';

export interface Page<Row> {
  readonly rows: readonly Row[];
}

export interface PagesOptions {
  /** What is read, in words for errors: "the list of users". */
  readonly what: string;
  readonly signal: AbortSignal;
  /** latin1 is quicker and enough where only ids, codes and instants are used. */
  readonly encoding?: 'utf8' | 'latin1';
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
  { what, signal, encoding = 'utf8' }: PagesOptions,
): AsyncGenerator<Page<Row>> {
  const seen = new Set<string>();
  let emptyPages = 0;
  let next: URL | undefined = first;
  while (next !== undefined) {
    if (seen.has(next.href)) throw unexpected(`Graph repeated a link while listing ${what}.`);
    seen.add(next.href);
    const body: ListBody<Row> = await readList(graph, next, { what, signal, encoding });
    emptyPages = body.value.length === 0 ? emptyPages + 1 : 0;
    if (emptyPages > MAX_EMPTY_PAGES) {
      throw unexpected(`Graph sent ${MAX_EMPTY_PAGES} empty pages in a row for ${what}.`);
    }
    yield { rows: body.value };
    next = nextUrl(body, what);
  }
}

interface ListBody<Row> {
  readonly value: readonly Row[];
  readonly '@odata.nextLink'?: unknown;
}

async function readList<Row>(
  graph: GraphConnection,
  url: URL,
  { what, signal, encoding }: Required<PagesOptions>,
): Promise<ListBody<Row>> {
  for (let broken = 1; ; broken += 1) {
    const response = await graph.get(url, what, signal);
    try {
      return parseList<Row>(response, what, encoding);
    } catch (error) {
      if (!hasCode(error, 'graph_unexpected') || broken === MAX_BROKEN_ANSWERS) throw error;
    }
  }
}

function parseList<Row>(
  { body }: GraphResponse,
  what: string,
  encoding: 'utf8' | 'latin1',
): ListBody<Row> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString(encoding));
  } catch (cause) {
    throw unexpected(`Graph’s answer to ${what} is not JSON.`, cause);
  }
  if (
    typeof parsed === 'object' &&
    parsed !== null &&
    'value' in parsed &&
    Array.isArray(parsed.value)
  ) {
    return parsed as ListBody<Row>;
  }
  throw unexpected(`Graph’s answer to ${what} is not a list.`);
}

function nextUrl(body: ListBody<unknown>, what: string): URL | undefined {
  const link = body['@odata.nextLink'];
  if (link === undefined || link === null || link === '') return undefined;
  if (typeof link === 'string' && URL.canParse(link)) return new URL(link);
  throw unexpected(`Graph’s next link for ${what} is not an address.`);
}

function unexpected(message: string, cause?: unknown): MailerError {
  return new MailerError('graph_unexpected', message, {}, { cause });
}
