import { defineCommand } from 'citty';
import { run } from '../run/run.ts';
import { describeSummary } from './describe-summary.ts';
import { exitCodeOf } from './exit-code.ts';
import { loadEnvironment } from './load-environment.ts';
import { SETTINGS_FILE } from './settings-file.ts';
import { DEFAULT_STATE, openTerminal } from './terminal.ts';
import { listFiles, writeDigest } from './write-digest.ts';

export const previewCommand = defineCommand({
  meta: { name: 'preview', description: 'Make the digest of a tenant and send nothing' },
  args: {
    ...SETTINGS_FILE,
    out: {
      type: 'string',
      valueHint: 'FOLDER',
      default: 'out/preview',
      description: 'Where to leave it',
    },
  },
  async run({ args }) {
    const summary = await run({
      ports: openTerminal(await loadEnvironment(args.settings)),
      trigger: 'preview',
      defaultState: DEFAULT_STATE,
    });
    console.log(describeSummary(summary));
    console.log(listFiles(await writeDigest(summary, args.out)));
    return exitCodeOf(summary);
  },
});
