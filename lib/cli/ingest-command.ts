import { defineCommand } from 'citty';
import { ingest } from '../run/ingest.ts';
import { describeSummary } from './describe-summary.ts';
import type { ExitCode } from './exit-code.ts';
import { loadEnvironment } from './load-environment.ts';
import { SETTINGS_FILE } from './settings-file.ts';
import { DEFAULT_STATE, openTerminal } from './terminal.ts';

export const ingestCommand = defineCommand({
  meta: { name: 'ingest', description: 'Read sign-ins into the ledger, between digests' },
  args: SETTINGS_FILE,
  async run({ args }): Promise<ExitCode> {
    const { ledger, digest } = await ingest({
      ports: openTerminal(await loadEnvironment(args.settings)),
      defaultState: DEFAULT_STATE,
    });
    if (digest !== undefined) console.log(describeSummary(digest));
    if (ledger === undefined) {
      console.log('Nothing was read: there is no lasting memory, or another run is writing to it.');
      return 1;
    }
    const rows = ledger.rows.toLocaleString('en-GB');
    const ending =
      ledger.because === undefined ? '' : ` It ended early, because ${ledger.because}.`;
    console.log(`The ledger has moved on: ${rows} sign-ins read.${ending}`);
    return ledger.because === undefined ? 0 : 1;
  },
});
