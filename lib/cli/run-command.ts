import { defineCommand } from 'citty';
import { run } from '../run/run.ts';
import { describeSummary } from './describe-summary.ts';
import { exitCodeOf } from './exit-code.ts';
import { loadEnvironment } from './load-environment.ts';
import { SETTINGS_FILE } from './settings-file.ts';
import { DEFAULT_STATE, openTerminal } from './terminal.ts';

export const runCommand = defineCommand({
  meta: { name: 'run', description: 'Make the digest of a tenant and send it' },
  args: {
    ...SETTINGS_FILE,
    scheduled: {
      type: 'boolean',
      description: 'Send the digest of the latest occurrence of REPORT_SCHEDULE, once; for cron',
    },
    record: {
      type: 'boolean',
      description: 'Let the next digest on demand count its changes from this one',
    },
  },
  async run({ args }) {
    const summary = await run({
      ports: openTerminal(await loadEnvironment(args.settings)),
      trigger: args.scheduled === true ? 'schedule' : 'on-demand',
      isRecording: args.record === true,
      defaultState: DEFAULT_STATE,
    });
    console.log(describeSummary(summary));
    return exitCodeOf(summary);
  },
});
