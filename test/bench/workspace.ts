// Three days of a million people, read from a workspace into a ledger in a folder and added up:
// `workspace.mjs ENDPOINT FOLDER DAYS PEOPLE`
import { aggregateLedger } from '../../lib/ledger/read-window.ts';
import { SignInLedger } from '../../lib/ledger/ledger.ts';
import { updateLedger } from '../../lib/ledger/update-ledger.ts';
import { keepHeapSmall, MACHINE } from '../../lib/session/ports.ts';
import { KINDS } from '../../lib/sign-ins/query.ts';
import { PeopleIndex } from '../../lib/sources/people-index.ts';
import { openStore } from '../../lib/storage/open-store.ts';
import { DAY_MS, dayOf } from '../../lib/utc-day.ts';
import { connectToWorkspace } from '../../lib/workspace/client.ts';
import { readTables } from '../../lib/workspace/open-workspace.ts';
import { workspaceOrigin } from '../../lib/workspace/origin.ts';
import { printMeasurement } from './measure.ts';
import { TENANT } from './synthetic-day.ts';

const [endpoint = '', folder = '', days = '3'] = process.argv.slice(2);
keepHeapSmall();
const now = Date.now();
const midnight = Math.floor(now / DAY_MS) * DAY_MS;
// The last of the days is today.
const from = midnight - (Number(days) - 1) * DAY_MS;
const store = await openStore({ kind: 'folder', path: folder }, {}, { now: () => new Date(now) });
if (store === undefined) throw new Error('There is no folder to keep the ledger in.');
const connection = await connectToWorkspace({
  workspaceId: '00000000-0000-4000-8000-000000000000',
  endpoint: new URL(endpoint),
  audience: 'https://api.loganalytics.io',
  token: () => Promise.resolve('token'),
  signal: new AbortController().signal,
  endsAt: now + 3_600_000,
  now: Date.now,
  random: MACHINE.random,
  sleep: MACHINE.sleep,
});
const state = await readTables(connection, { from, now });
const origin = workspaceOrigin({ connection, state, from, now, onProgress: () => undefined });
const ledger = new SignInLedger(store, TENANT, new Date(now));
const people = new PeopleIndex();
const { known } = await updateLedger(ledger, {
  origin,
  people,
  now,
  overlapDays: 2,
  isForReport: true,
  from,
  keptFrom: dayOf(from),
  isWriting: () => true,
});
const { use } = await aggregateLedger(ledger, {
  people,
  isSelected: [true, true, true, true, true, true],
  window: { from, to: now },
  known,
});
for (const kind of KINDS) {
  const { cause } = origin.reads[kind];
  if (cause !== undefined) process.stderr.write(`${kind}: ${cause.because}\n`);
}
let signIns = 0;
for (let person = 0; person < people.size; person += 1) {
  for (const { successes } of use.of(person)) signIns += successes;
}
printMeasurement(people.size, signIns);
process.exit();
