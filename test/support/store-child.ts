// A process of its own that uses a store: `lease` takes a lease and keeps it, `count` counts a number up.
import { hasCode } from '../../lib/errors.ts';
import { openStore } from '../../lib/storage/open-store.ts';
import type { StoreLocation } from '../../lib/storage/open-store.ts';

export interface StoreJob {
  readonly job: 'lease' | 'count';
  readonly location: StoreLocation;
  readonly environment: Readonly<Record<string, string>>;
  readonly leaseMs: number;
  readonly times?: number;
}

const {
  job,
  location,
  environment,
  leaseMs,
  times = 0,
} = JSON.parse(process.argv[2] ?? '') as StoreJob;
const store = await openStore(location, environment, { now: () => new Date(), leaseMs });
if (store === undefined) throw new Error('This location has no store.');

if (job === 'lease') {
  const lease = await store.acquireLease('ledger');
  process.stdout.write(lease === undefined ? 'refused' : 'held');
  setInterval(() => undefined, 60_000);
}

for (let done = 0; done < times;) {
  const standing = await store.get('count');
  const next = Buffer.from(String(Number(standing?.bytes ?? 0) + 1));
  try {
    await store.put('count', next, standing ? { ifMatch: standing.etag } : { ifAbsent: true });
    done++;
  } catch (error) {
    if (!hasCode(error, 'state_conflict')) throw error;
  }
}
