import { defineCommand } from 'citty';
import { doctor } from '../doctor/doctor.ts';
import { renderFindings } from '../doctor/render-findings.ts';
import { ingest } from '../run/ingest.ts';
import { run } from '../run/run.ts';
import { settingsAsText } from '../settings/describe-settings.ts';
import { compareDay } from './compare-sign-ins.ts';
import { describeSummary, exitCodeOf } from './outcome.ts';
import type { ExitCode } from './outcome.ts';
import { loadEnvironment, SETTINGS_FILE } from './settings-file.ts';
import { DEFAULT_STATE, openTerminal } from './terminal.ts';
import { listFiles, writeDigest } from './write-digest.ts';

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

export const doctorCommand = defineCommand({
  meta: { name: 'doctor', description: 'Check what a run needs, and say what to do' },
  args: {
    ...SETTINGS_FILE,
    'compare-sign-ins': {
      type: 'string',
      valueHint: 'DAY',
      description:
        'Compare a UTC day of sign-ins in Graph and in the workspace, and check nothing else',
    },
    ids: {
      type: 'string',
      valueHint: 'FILE',
      description: 'Where to leave the object ids that differ',
    },
  },
  async run({ args }): Promise<ExitCode> {
    const ports = openTerminal(await loadEnvironment(args.settings));
    const day = args['compare-sign-ins'];
    if (day !== undefined) return compareDay({ ports, day, idsFile: args.ids });
    const findings = await doctor({ ports, defaultState: DEFAULT_STATE });
    console.log(renderFindings(findings));
    return findings.some(({ level }) => level === 'problem') ? 1 : 0;
  },
});

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

/** Lines longer than this are hard to read, however wide the terminal is. */
const READABLE_COLUMNS = 100;
const TERMINAL_COLUMNS = 80;

/** The table of settings, as wide as the terminal allows. */
export function settingsText(): string {
  return settingsAsText(Math.min(process.stdout.columns ?? TERMINAL_COLUMNS, READABLE_COLUMNS));
}

export const settingsCommand = defineCommand({
  meta: { name: 'settings', description: 'List the settings, their defaults and what they mean' },
  run(): ExitCode {
    console.log(settingsText());
    return 0;
  },
});
