import type { RowDecoder } from '../decode.ts';
import { hasCode, MailerError } from '../errors.ts';
import { readCollection, withTimeLimit } from './collection.ts';
import type { Properties, Reader } from './collection.ts';
import { startCount } from './coverage.ts';
import type { PeopleIndex } from './people-index.ts';
import type { User } from './rows.ts';

/**
 * Asks for the agents by their type where no row said of itself that it is one: under $select, Graph need not name the
 * derived type. A cloud that does not know the type has none. Gives what the reader should know.
 */
export async function markAgents(
  reader: Reader,
  users: User[],
  people: PeopleIndex,
): Promise<readonly string[]> {
  if (users.some(({ kind }) => kind === 'agent')) return [];
  const request = {
    source: 'users',
    what: 'the list of agent users',
    path: '/v1.0/users/microsoft.graph.agentUser?$select=id',
    decode: (row: Properties, read: RowDecoder) => {
      const id = read.id(row['id']);
      return id === undefined ? undefined : { id };
    },
  } as const;
  const quiet = { ...reader, onProgress: () => undefined };
  const agents = new Set<number>();
  const count = startCount();
  try {
    await withTimeLimit(quiet, AGENTS_LIMIT_MS, (limited) =>
      readCollection(limited, request, count, ({ id }) => {
        const number = people.find(id);
        if (number === undefined || agents.has(number)) return false;
        agents.add(number);
        return true;
      }),
    );
  } catch (error) {
    if (!(error instanceof MailerError)) throw error;
    return hasCode(error, 'graph_refused') ? [] : [AGENTS_NOT_KNOWN];
  }
  // Agents have somebody who made them: whoever lists everybody has not heeded the type.
  if (agents.size === users.length) return [];
  for (const number of agents) {
    const user = users[number];
    if (user !== undefined) users[number] = { ...user, kind: 'agent' };
  }
  return count.lost > 0 ? [AGENTS_NOT_KNOWN] : [];
}

const AGENTS_LIMIT_MS = 20_000;

const AGENTS_NOT_KNOWN =
  'Which accounts belong to AI agents could not be read, so some may stand among the people.';
