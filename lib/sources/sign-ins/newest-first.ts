import type { Cursor } from './cursor.ts';
import type { SignIn } from './sign-in.ts';

/** Two collections at once give nearly all the gain in waiting time. */
const PAGES_IN_FLIGHT = 2;

interface Answer {
  readonly cursor: Cursor;
  readonly rows: readonly SignIn[];
}

/**
 * The pages of several cursors, always asking the one that is furthest behind, so that all of them come down the
 * days together and what a deadline cuts off is the oldest. A cursor that fails is marked and left.
 */
export async function* newestFirst(cursors: readonly Cursor[]): AsyncGenerator<Answer> {
  const inFlight = new Map<Cursor, Promise<Answer>>();
  for (;;) {
    const waiting = cursors
      .filter((cursor) => cursor.isActive && !inFlight.has(cursor))
      .sort((a, b) => b.lowestAt - a.lowestAt);
    for (const cursor of waiting.slice(0, PAGES_IN_FLIGHT - inFlight.size)) {
      inFlight.set(cursor, ask(cursor));
    }
    if (inFlight.size === 0) return;
    const answer = await Promise.race(inFlight.values());
    inFlight.delete(answer.cursor);
    yield answer;
  }
}

async function ask(cursor: Cursor): Promise<Answer> {
  try {
    return { cursor, rows: (await cursor.next()) ?? [] };
  } catch (error) {
    cursor.failure = error;
    return { cursor, rows: [] };
  }
}
