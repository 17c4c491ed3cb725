// Aggregates a ledger of many days, as a digest does when nothing is left to read.
import { APPLICATIONS } from '../../lib/entra/applications.ts';
import { SignInLedger } from '../../lib/ledger/ledger.ts';
import { KnownDays } from '../../lib/ledger/merge-day.ts';
import { aggregateLedger } from '../../lib/ledger/read-window.ts';
import { keepHeapSmall } from '../../lib/session/ports.ts';
import { generatedId } from '../../lib/simulation/people/generated-users.ts';
import { PeopleIndex } from '../../lib/sources/people-index.ts';
import { createFolderStore } from '../../lib/storage/folder-store.ts';
import { printMeasurement } from './measure.ts';
import { GENERATED, TENANT } from './synthetic-day.ts';

const [folder = '', days = '90', people = '100000'] = process.argv.slice(2);
keepHeapSmall();
const now = new Date();
const ledger = new SignInLedger(createFolderStore(folder, { now: () => now }), TENANT, now);
const index = new PeopleIndex();
for (let person = 0; person < Number(people); person += 1)
  index.add(generatedId(GENERATED, person));
const beganAt = performance.now();
const { covers } = await aggregateLedger(ledger, {
  people: index,
  isSelected: APPLICATIONS.map(() => true),
  window: { from: now.getTime() - Number(days) * 86_400_000, to: now.getTime() },
  known: new KnownDays('9999-12-31'),
});
printMeasurement(covers.length, 0, beganAt);
