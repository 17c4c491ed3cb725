import type { RunContext } from './context.ts';
import { hasCode } from '../errors.ts';
import {
  LIFECYCLE_FORMAT,
  lifecycleName,
  onDemandLifecycleName,
} from '../history/lifecycle-document.ts';
import type { Lifecycle } from '../history/lifecycle.ts';
import { readDocument, writeDocument } from '../memory/document.ts';
import type { StoredDocument } from '../memory/document.ts';
import { isStoreFailure, logStoreFailure } from './open-memory.ts';

/** The valid lifecycle as it stands. */
export function readLifecycle({
  memory,
  tenantId,
}: RunContext): Promise<StoredDocument<Lifecycle> | undefined> {
  return readDocument(memory.store, lifecycleName(tenantId), LIFECYCLE_FORMAT);
}

/** Makes a lifecycle the valid one, unless one of its occurrence or a later one is. */
export async function applyLifecycle(context: RunContext, lifecycle: Lifecycle): Promise<void> {
  const name = lifecycleName(context.tenantId);
  for (;;) {
    const previous = await readLifecycle(context);
    const applied = previous?.unreadable === false ? previous.content.occurrenceAt : undefined;
    if (applied !== undefined && applied >= (lifecycle.occurrenceAt ?? '')) return;
    try {
      await write(context, name, lifecycle, previous);
      return;
    } catch (error) {
      // Another run was quicker, most likely with the very same one.
      if (!hasCode(error, 'state_conflict')) throw error;
    }
  }
}

/** Records what a run on demand saw, for the next one. Its mail is out, so a failure is logged and no more. */
export async function recordOnDemand(context: RunContext, lifecycle: Lifecycle): Promise<void> {
  const name = onDemandLifecycleName(context.tenantId);
  try {
    const previous = await readDocument(context.memory.store, name, LIFECYCLE_FORMAT);
    await write(context, name, lifecycle, previous);
  } catch (error) {
    if (hasCode(error, 'state_conflict')) return;
    if (!isStoreFailure(error)) throw error;
    logStoreFailure(error, context.ports);
  }
}

async function write(
  { memory, ports }: RunContext,
  name: string,
  lifecycle: Lifecycle,
  previous: StoredDocument<Lifecycle> | undefined,
): Promise<void> {
  const overwriting = { previous, now: ports.clock() };
  await writeDocument(memory.store, name, LIFECYCLE_FORMAT, lifecycle, overwriting);
}
