import { parse } from 'csv-parse/sync';
import PostalMime from 'postal-mime';
import type { Email } from 'postal-mime';
import type { EventName, LogFacts } from '../../lib/log.ts';
import type { Report } from '../../lib/report/report.ts';
import type { RunSummary } from '../../lib/run/make-digest.ts';
import { run } from '../../lib/run/run.ts';
import type { RunOptions } from '../../lib/run/run.ts';
import { startSimulatedTenant } from '../../lib/simulation/tenant-server.ts';
import type {
  RecordedRequest,
  SimulatedTenant,
  SimulationOptions,
} from '../../lib/simulation/tenant-server.ts';
import { startHastyTime } from './hasty-time.ts';
import { relayIdentityTo } from './identity-relay.ts';

/** The morning on which the tests run: the last day of the fixture users' story. */
export const TODAY = new Date('2026-11-21T06:00:00Z');

export type CsvRow = Readonly<Record<string, string>>;

export interface LogLine {
  readonly level: string;
  readonly event: EventName;
  readonly facts: LogFacts;
}

/** What became of one run, as its recipients and its operator see it. */
export interface RunResult {
  /** Absent where the run failed; `error` says how. */
  readonly summary?: RunSummary;
  readonly error?: unknown;
  readonly lines: readonly LogLine[];
  readonly requests: readonly RecordedRequest[];
  readonly waitsMs: readonly number[];
  /** The mail that the tenant took, parsed back. */
  readonly mail?: Email;
  /** The plain text of the mail with its lines joined; empty without a mail. */
  readonly words: string;
  readonly sentMails: SimulatedTenant['mails'];
  /** The attached CSV files by name, parsed back; those that would be attached where nothing was sent. */
  readonly csv: Readonly<Record<string, readonly CsvRow[]>>;
}

export interface RunOnTenantOptions extends SimulationOptions {
  readonly settings?: Readonly<Record<string, string>>;
  /** Whether the settings name the tenant's Log Analytics workspace. @default false */
  readonly hasWorkspace?: boolean;
  /** Whether the mail has a workbook, as it usually does; most tests look at no file. @default false */
  readonly hasWorkbook?: boolean;
  readonly trigger?: RunOptions['trigger'];
  /** @default TODAY */
  readonly startsAt?: Date;
  /** How far this machine's clock is ahead of Graph's. @default 0 */
  readonly clockAheadMs?: number;
  /** Lets the limit on the identity endpoint pass at once. */
  readonly passesLimits?: boolean;
}

/** Starts a simulated tenant, runs the whole job on it without stored state, and reads back what it sent. */
export async function runOnTenant(options: RunOnTenantOptions = {}): Promise<RunResult> {
  const { settings, trigger = 'schedule', startsAt = TODAY, passesLimits, ...rest } = options;
  const { clockAheadMs = 0, hasWorkspace = false, hasWorkbook = false, ...simulation } = rest;
  const time = startHastyTime(startsAt, { passesLimits: passesLimits === true });
  const tenant = await startSimulatedTenant({ clock: time.clock, people: 0, ...simulation });
  const workspace = hasWorkspace ? tenant.workspaceSettings : {};
  const environment = {
    ...tenant.settings,
    ...workspace,
    STATE_LOCATION: 'none',
    ATTACH_WORKBOOK: String(hasWorkbook),
    ...settings,
  };
  const lines: LogLine[] = [];
  const { IDENTITY_ENDPOINT = '', IDENTITY_HEADER = '' } = tenant.settings;
  await relayIdentityTo(IDENTITY_ENDPOINT, IDENTITY_HEADER);
  const outcome: { summary?: RunSummary; error?: unknown } = {};
  try {
    outcome.summary = await run({
      trigger,
      ports: {
        environment,
        clock: () => new Date(time.now() + clockAheadMs),
        random: () => 0,
        sleep: time.sleep,
        log: (level, event, facts = {}) => lines.push({ level, event, facts }),
        onProgress: () => undefined,
        prompt: () => undefined,
      },
    });
  } catch (error) {
    outcome.error = error;
  } finally {
    await tenant.close();
  }
  const body = tenant.mails.at(-1)?.body;
  const mail = typeof body === 'string' ? await PostalMime.parse(body) : undefined;
  let csv: RunResult['csv'] | undefined;
  return {
    ...outcome,
    lines,
    requests: tenant.requests,
    waitsMs: time.waitsMs,
    ...(mail !== undefined && { mail }),
    words: (mail?.text ?? '').replaceAll(/\s+/g, ' '),
    sentMails: tenant.mails,
    // Most tests look at no file.
    get csv() {
      const attached = mail && filesOf(mail);
      csv ??= parsed(attached ?? outcome.summary?.composition?.files ?? []);
      return csv;
    },
  };
}

/** The report of a run that is known to have ended well. */
export function reportOf({ summary, error }: RunResult): Report {
  if (summary?.report === undefined) throw error;
  return summary.report;
}

/** The standing of everybody in scope, by object id. */
export function standingsOf(result: RunResult): ReadonlyMap<string, string> {
  return new Map(reportOf(result).people.map(({ user, standing }) => [user.id, standing]));
}

interface TextFile {
  readonly name: string;
  readonly content?: Uint8Array;
}

function filesOf({ attachments }: Email): readonly TextFile[] {
  return attachments.map(({ filename, content }) => ({
    name: filename ?? '',
    content: new Uint8Array(content as ArrayBuffer),
  }));
}

function parsed(files: readonly TextFile[]): Readonly<Record<string, readonly CsvRow[]>> {
  return Object.fromEntries(
    files
      .filter(({ name }) => name.endsWith('.csv'))
      .map(({ name, content = '' }) => [
        name,
        parse(Buffer.from(content), { columns: true, bom: true }) as CsvRow[],
      ]),
  );
}
