import { describe, expect, it } from '@jest/globals';
import {
  LIFECYCLE_FORMAT,
  lifecycleName,
  previousLifecycleName,
} from '../../lib/findings/findings-document.ts';
import type { Lifecycle } from '../../lib/findings/findings.ts';
import { applyLifecycle, readLifecycle } from '../../lib/run/stored-runs.ts';
import type { RunContext } from '../../lib/session/session.ts';
import { readDocument, writeDocument } from '../../lib/storage/document.ts';
import { createVolatileStore } from '../../lib/storage/store.ts';
import type { Store } from '../../lib/storage/store.ts';

const now = new Date('2026-11-22T06:00:00Z');
const tenantId = '5b2f7d10-6c3e-4f91-8a0d-2e94c7b61f38';

function lifecycleOf(day: string, reportedAt = `${day}T06:00:00.000Z`): Lifecycle {
  return {
    reportedAt,
    occurrenceAt: `${day}T06:00:00.000Z`,
    open: [],
    closed: [],
    capable: { guids: '', others: [] },
    synchronisation: [],
    trend: [],
    settings: {},
    exceptions: [],
  };
}

function contextOn(store: Store, at = now): RunContext {
  return { state: { store, status: 'kept' }, tenantId, ports: { clock: () => at } } as RunContext;
}

/** A store where another run applies a lifecycle just before the first write. */
function raceWith(other: Lifecycle): Store {
  const store = createVolatileStore();
  let isFirst = true;
  return {
    ...store,
    async put(name, bytes, condition) {
      if (isFirst) {
        isFirst = false;
        const overwriting = { previous: undefined, now };
        await writeDocument(store, lifecycleName(tenantId), LIFECYCLE_FORMAT, other, overwriting);
      }
      return store.put(name, bytes, condition);
    },
  };
}

async function appliedOn(store: Store): Promise<Lifecycle | undefined> {
  const valid = await readLifecycle(contextOn(store));
  return valid?.unreadable === false ? valid.content : undefined;
}

describe('applyLifecycle', () => {
  it('replaces that of an earlier occurrence', async () => {
    const store = createVolatileStore();
    await applyLifecycle(contextOn(store), lifecycleOf('2026-11-20'));

    await applyLifecycle(contextOn(store), lifecycleOf('2026-11-21'));

    expect(await appliedOn(store)).toEqual(lifecycleOf('2026-11-21'));
  });

  it.each(['2026-11-21', '2026-11-22'])('leaves that of %s', async (day) => {
    const store = createVolatileStore();
    const valid = lifecycleOf(day, '2026-11-20T00:00:00.000Z');
    await applyLifecycle(contextOn(store), valid);

    await applyLifecycle(contextOn(store), lifecycleOf('2026-11-21'));

    expect(await appliedOn(store)).toEqual(valid);
  });

  it('S05: sets aside one from the future, and keeps the last one before it', async () => {
    const store = createVolatileStore();
    await applyLifecycle(contextOn(store), lifecycleOf('2026-11-20'));
    await applyLifecycle(
      contextOn(store, new Date('2027-11-20T06:00:00Z')),
      lifecycleOf('2027-11-20'),
    );
    const future = (await store.get(lifecycleName(tenantId)))?.bytes;

    await applyLifecycle(contextOn(store), lifecycleOf('2026-11-21'));

    const aside: string[] = [];
    for await (const name of store.list('set-aside/')) aside.push(name);
    const before = await readDocument(
      store,
      previousLifecycleName(tenantId),
      LIFECYCLE_FORMAT,
      now,
    );
    expect(await appliedOn(store)).toEqual(lifecycleOf('2026-11-21'));
    expect(aside).toHaveLength(1);
    expect((await store.get(aside[0]!))?.bytes).toEqual(future);
    expect(before).toMatchObject({ content: lifecycleOf('2026-11-20') });
  });

  it.each([
    { other: '2026-11-20', winner: '2026-11-21' },
    { other: '2026-11-22', winner: '2026-11-22' },
  ])('holds the later one where another run is quicker: $other', async ({ other, winner }) => {
    const store = raceWith(lifecycleOf(other));

    await applyLifecycle(contextOn(store), lifecycleOf('2026-11-21'));

    expect(await appliedOn(store)).toEqual(lifecycleOf(winner));
  });
});
