import * as v from 'valibot';
import type { RunContext } from '../session/session.ts';
import { readEmergencyActivity } from '../sources/emergency-activity.ts';
import type { EmergencyActivity } from '../sources/emergency-activity.ts';
import { readDocument, writeDocument } from '../storage/document.ts';
import type { DocumentFormat } from '../storage/document.ts';
import { parserOf, storedInstant } from '../storage/stored-values.ts';
import { newsSince } from './make-digest.ts';

/** How far the sign-ins of emergency accounts have been looked at between digests. */
interface Look {
  /** ISO. */
  readonly lookedUntil: string;
}

const LOOK_FORMAT: DocumentFormat<Look> = {
  kind: 'emergency-look',
  version: 1,
  parse: parserOf(v.object({ lookedUntil: storedInstant })),
  write: (look) => look,
  latestAt: ({ lookedUntil }) => Date.parse(lookedUntil),
};

/**
 * Looks whether an emergency account was used or got a method since the last look, and logs one event that an alarm
 * turns into a mail: counts, and no names. What could not be read is looked at again by the next run. While another run
 * looks, it is left to that one, so that one use is one event.
 */
export async function lookAtEmergencyAccounts(context: RunContext): Promise<void> {
  const { state, tenantId, settings } = context;
  if (settings.breakGlassAccounts.length === 0) return;
  const lease = await state.store.acquireLease(`emergency/${tenantId}`);
  if (lease === undefined) return;
  try {
    await look(context);
  } finally {
    await lease.release();
  }
}

async function look({ state, tenantId, settings, ports, session }: RunContext): Promise<void> {
  const now = ports.clock();
  const name = `emergency/${tenantId}.json.gz`;
  const previous = await readDocument(state.store, name, LOOK_FORMAT, now);
  if (previous?.unreadable === true) {
    ports.log('warn', 'memory.unreadable', { document: name, reason: previous.reason });
  }
  const lookedUntil = previous?.unreadable === false ? previous.content.lookedUntil : undefined;
  const since = newsSince(now, lookedUntil === undefined ? undefined : Date.parse(lookedUntil));
  const accounts = settings.breakGlassAccounts.map((configured) => ({ configured }));
  const activities = await readEmergencyActivity(
    { graph: session.graph, signal: session.reading, onProgress: ports.onProgress },
    accounts,
    since,
  );
  const news = activities.map((activity) => countNews(activity, since));
  const used = news.filter(({ signIns, newMethods }) => signIns + newMethods > 0);
  if (used.length > 0) {
    ports.log('warn', 'emergency-account.used', {
      accounts: used.length,
      signIns: sum(used.map(({ signIns }) => signIns)),
      successes: sum(used.map(({ successes }) => successes)),
      newMethods: sum(used.map(({ newMethods }) => newMethods)),
    });
  }
  const isWhole = activities.every(({ areSignInsWhole }) => areSignInsWhole);
  if (!isWhole) return;
  await writeDocument(
    state.store,
    name,
    LOOK_FORMAT,
    { lookedUntil: now.toISOString() },
    { previous, now },
  );
}

interface NewsCount {
  readonly signIns: number;
  readonly successes: number;
  readonly newMethods: number;
}

function countNews({ signIns = [], methods = [] }: EmergencyActivity, since: number): NewsCount {
  const recent = signIns.filter(({ at }) => at >= since);
  return {
    signIns: recent.length,
    successes: recent.filter(({ hasSucceeded }) => hasSucceeded).length,
    newMethods: methods.filter(({ createdAt = 0 }) => createdAt >= since).length,
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}
