import { MailerError } from '../../lib/errors.ts';
import type { GraphConnection } from '../../lib/graph/client.ts';
import { toGraphError } from '../../lib/graph/graph-error.ts';
import type { GraphResponse } from '../../lib/graph/transport.ts';
import type { Reader } from '../../lib/sources/collection.ts';

export type Kind = 'interactive' | 'nonInteractive';

/** One sign-in of a test's log. */
export interface Event {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly kind: Kind;
  readonly userId: string;
  readonly appId: string;
  readonly resourceId: string;
  readonly errorCode: number;
  readonly requirement: 'singleFactorAuthentication' | 'multiFactorAuthentication';
}

export interface LogOptions {
  /** @default 1000 */
  readonly pageSize?: number;
  /** Arranges the rows that a request found, newest first before; the same way for every page of it. */
  readonly arrange?: (events: readonly Event[]) => readonly Event[];
  /** Makes of a row what Graph does not promise to send. */
  readonly spoil?: (row: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  /** Answers a request with an error of this status and code instead. */
  readonly refuse?: (request: LogRequest) => readonly [status: number, code: string] | undefined;
}

export interface LogRequest {
  readonly version: 'v1.0' | 'beta';
  readonly kind: Kind;
  readonly filter: string;
  readonly isSelecting: boolean;
  /** 0 for the first page of a chain. */
  readonly offset: number;
  /** How many requests came before. */
  readonly number: number;
}

const ORIGIN = 'https://graph.example';

/** A reader over a log in memory: the part of Graph that the sign-in source uses, without HTTP. */
export function readerOf(
  events: readonly Event[],
  {
    pageSize = 1000,
    arrange = (found) => found,
    refuse = () => undefined,
    spoil = (row) => row,
  }: LogOptions = {},
): Reader & { readonly requests: readonly LogRequest[] } {
  const requests: LogRequest[] = [];
  const newestFirst = events.toSorted((a, b) => b.at - a.at);

  function get(url: URL): GraphResponse {
    const request = requestOf(url, requests.length);
    requests.push(request);
    const refusal = refuse(request);
    if (refusal !== undefined) {
      const [status, code] = refusal;
      throw toGraphError(
        { status, headers: {}, body: Buffer.from(JSON.stringify({ error: { code } })) },
        'the sign-in log',
      );
    }
    const found = arrange(newestFirst.filter(conditionOf(request)));
    const page = found.slice(request.offset, request.offset + pageSize);
    const next = new URL(url);
    next.searchParams.set('$skiptoken', String(request.offset + pageSize));
    const hasMore = request.offset + pageSize < found.length;
    const list = {
      value: page.map((event) => spoil(rowOf(event, request))),
      ...(hasMore && { '@odata.nextLink': next.href }),
    };
    return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(list)) };
  }

  const graph: GraphConnection = {
    url: (path) => new URL(path, ORIGIN),
    get: async (url, _what, signal) => {
      signal.throwIfAborted();
      return get(url);
    },
    post: () => Promise.reject(new MailerError('graph_refused', 'A log takes no mail.')),
  };
  return { graph, signal: new AbortController().signal, onProgress: () => undefined, requests };
}

function requestOf(url: URL, number: number): LogRequest {
  const filter = url.searchParams.get('$filter') ?? '';
  return {
    version: url.pathname.startsWith('/beta') ? 'beta' : 'v1.0',
    kind: filter.includes("'nonInteractiveUser'") ? 'nonInteractive' : 'interactive',
    filter,
    isSelecting: url.searchParams.has('$select'),
    offset: Number(url.searchParams.get('$skiptoken') ?? 0),
    number,
  };
}

/** What Graph finds: the kind, both ends of the time in whole seconds, and one of the conditions. */
function conditionOf({ kind, filter }: LogRequest): (event: Event) => boolean {
  const bound = (word: string) =>
    Date.parse(new RegExp(`createdDateTime ${word} (\\S+)`).exec(filter)?.[1] ?? '');
  const [from, to] = [bound('ge'), bound('le')];
  return (event) => {
    const second = Math.floor(event.at / 1000) * 1000;
    return (
      event.kind === kind &&
      second >= from &&
      second <= to &&
      (filter.includes(`appId eq '${event.appId}'`) ||
        filter.includes(`resourceId eq '${event.resourceId}'`))
    );
  };
}

function rowOf(event: Event, { version }: LogRequest): Readonly<Record<string, unknown>> {
  return {
    id: event.id,
    createdDateTime: new Date(event.at).toISOString(),
    userId: event.userId,
    appId: event.appId,
    resourceId: event.resourceId,
    status: { errorCode: event.errorCode, failureReason: 'Other.', additionalDetails: null },
    ...(version === 'beta' && { authenticationRequirement: event.requirement }),
  };
}
