import { MailerError } from '../errors.ts';
import { recordOf } from '../sources/decode.ts';
import type { GraphConnection } from '../sources/graph/connection.ts';

export interface GraphRecord {
  readonly record: Readonly<Record<string, unknown>>;
  /** When Graph says that it answered. */
  readonly date: string | undefined;
}

/** Reads one object of Graph; an answer that is no JSON is `graph_unexpected`. */
export async function askGraph(
  graph: GraphConnection,
  path: string,
  what: string,
  signal: AbortSignal,
): Promise<GraphRecord> {
  const { body, headers } = await graph.get(graph.url(path), what, signal);
  try {
    return { record: recordOf(JSON.parse(body.toString('utf8'))), date: headers.date };
  } catch (cause) {
    const message = `Graph’s answer to ${what} is no JSON.`;
    throw new MailerError('graph_unexpected', message, {}, { cause });
  }
}
