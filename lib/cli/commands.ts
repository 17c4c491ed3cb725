import { doctor } from '../doctor/doctor.ts';
import type { Finding } from '../doctor/check.ts';
import { findingsAsJson, renderFindings } from '../doctor/render-findings.ts';
import { ingest } from '../run/ingest.ts';
import { run } from '../run/run.ts';
import { compareDay } from './compare-sign-ins.ts';
import { checkDeployedApp } from './deployed-app.ts';
import { openInBrowser } from './open-in-browser.ts';
import { describeSummary, exitCodeOf, printJson, summaryAsJson } from './outcome.ts';
import type { ExitCode } from './outcome.ts';
import { openOutputFolder } from './output-folder.ts';
import { columnsOf, paintFor } from './paint.ts';
import { loadEnvironment } from './settings-file.ts';
import { DEFAULT_STATE, openTerminal } from './terminal.ts';
import { DIGEST_PAGE, listFiles, writeDigest } from './write-digest.ts';

/** What every command that reads a tenant can be told. */
interface SettingsOption {
  /** A settings file for what the environment lacks. */
  readonly settings?: string;
}

interface SendOptions extends SettingsOption {
  readonly scheduled?: boolean;
  readonly record?: boolean;
  readonly json?: boolean;
}

/** Makes the digest and sends it. */
export async function send(options: SendOptions): Promise<ExitCode> {
  const summary = await run({
    ports: openTerminal(await loadEnvironment(options.settings)),
    trigger: options.scheduled === true ? 'schedule' : 'on-demand',
    isRecording: options.record === true,
    defaultState: DEFAULT_STATE,
  });
  if (options.json === true) printJson(summaryAsJson(summary));
  else console.log(describeSummary(summary));
  return exitCodeOf(summary);
}

interface PreviewOptions extends SettingsOption {
  readonly out: string;
  readonly open?: boolean;
  readonly json?: boolean;
}

/** Makes the digest, leaves it in a folder and sends nothing. */
export async function preview(options: PreviewOptions): Promise<ExitCode> {
  const environment = await loadEnvironment(options.settings);
  const folder = openOutputFolder(options.out);
  try {
    const ports = openTerminal(environment);
    const summary = await run({ ports, trigger: 'preview', defaultState: DEFAULT_STATE });
    const files = await writeDigest(summary, folder);
    folder.publish();
    if (options.json === true) printJson({ ...summaryAsJson(summary), files });
    else console.log(`${describeSummary(summary)}\n${listFiles(files)}`);
    if (options.open === true) await openInBrowser(`${folder.path}/${DIGEST_PAGE}`);
    return exitCodeOf(summary);
  } finally {
    folder.close();
  }
}

/** Moves the ledger forward. */
export async function readSignIns(options: SettingsOption): Promise<ExitCode> {
  const { ledger, digest } = await ingest({
    ports: openTerminal(await loadEnvironment(options.settings)),
    defaultState: DEFAULT_STATE,
  });
  if (digest !== undefined) console.log(describeSummary(digest));
  if (ledger === undefined) {
    console.log('Nothing was read: there is no lasting memory, or another run is writing to it.');
    return 1;
  }
  const rows = ledger.rows.toLocaleString('en-GB');
  const ending = ledger.because === undefined ? '' : ` It ended early, because ${ledger.because}.`;
  console.log(`The ledger has moved on: ${rows} sign-ins read.${ending}`);
  return ledger.because === undefined ? 0 : 1;
}

interface DoctorOptions extends SettingsOption {
  readonly app?: string;
  readonly resourceGroup?: string;
  /** A UTC day of sign-ins to compare in Graph and in the workspace, in place of all checks. */
  readonly compareSignIns?: string;
  /** A file for the object ids that differ. */
  readonly ids?: string;
  readonly json?: boolean;
}

/** Checks what a run needs, here or as a deployed app is set. */
export async function diagnose(options: DoctorOptions): Promise<ExitCode> {
  const { app, resourceGroup, compareSignIns: day, ids: idsFile } = options;
  if (day !== undefined) {
    const ports = openTerminal(await loadEnvironment(options.settings));
    return compareDay({ ports, day, idsFile });
  }
  const findings =
    app === undefined
      ? await doctor({
          ports: openTerminal(await loadEnvironment(options.settings)),
          defaultState: DEFAULT_STATE,
        })
      : await checkDeployedApp({ app, resourceGroup });
  if (options.json === true) printJson(findingsAsJson(findings));
  else console.log(renderForTerminal(findings));
  return findings.some(({ level }) => level === 'problem') ? 1 : 0;
}

const COLOURS = { problem: 'red', warning: 'yellow', ok: 'green' } as const;

function renderForTerminal(findings: readonly Finding[]): string {
  const paint = paintFor(process.stdout);
  return renderFindings(findings, {
    columns: columnsOf(process.stdout),
    mark: (level, text) => paint(COLOURS[level], text),
  });
}
