// Leaves a folder with the ledger that a tenant would have after so many days.
import { createFolderStore } from '../../lib/storage/folder-store.ts';
import { fillLedger } from './synthetic-day.ts';

const [folder = '', tenantId = '', days = '90', active = '20000'] = process.argv.slice(2);
const now = Date.now();
const store = createFolderStore(folder, { now: () => new Date(now) });
await fillLedger(store, tenantId, { days: Number(days), active: Number(active), now });
process.stdout.write('{}\n');
