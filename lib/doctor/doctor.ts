import type { Ports } from '../session/ports.ts';
import { openSession } from '../session/session.ts';
import { openState } from '../session/storage.ts';
import type { StateStorage } from '../session/storage.ts';
import type { Settings } from '../settings/fields.ts';
import type { StateLocation } from '../settings/kinds.ts';
import { openTenantReads } from '../sources/tenant.ts';
import { createVolatileStore } from '../storage/store.ts';
import { checkLicence } from './check-licence.ts';
import { checkPermissions, checkToken } from './check-permissions.ts';
import { checkAlarm, checkIngestSchedule, checkReportSchedule } from './check-schedules.ts';
import { checkSender } from './check-sender.ts';
import {
  checkHostSchedules,
  checkNames,
  checkRunTimeLimit,
  readUsableSettings,
  reportSettings,
} from './check-settings.ts';
import { checkClock, checkState } from './check-surroundings.ts';
import type { Check, CheckContext, Finding } from './check.ts';
import { checkWorkspace, hasWorkspace } from './check-workspace.ts';
import { toLogFacts } from './render-findings.ts';
import { CheckTimeoutError, notKnown } from './unanswered.ts';

interface DoctorOptions {
  readonly ports: Ports;
  /** Where the stored state is kept when STATE_LOCATION is empty. */
  readonly defaultState: StateLocation;
  /** Lets the checks wait their turn, or answers in their place. @default they are made at once */
  readonly brake?: (context: CheckContext, work: () => Promise<Findings>) => Promise<Findings>;
}

type Findings = readonly Finding[];

/**
 * Checks what a run needs, as far as it can: settings, permissions, sender, licence, clock, memory, schedules.
 * What is wrong is a finding and no error; it sends nothing, and what it writes to the stored state it deletes.
 */
export function doctor(options: DoctorOptions): Promise<Findings> {
  const { ports, defaultState, brake = (_context, work) => work() } = options;
  // The findings say what became of the stored state; no run has lost it.
  const quiet = { ...ports, log: () => undefined };
  return withContext(
    ports,
    (settings) => openState(settings, quiet, defaultState),
    (context, unusable) => {
      const signal = context.session.running;
      return brake(context, () => examine(context, { signal, unusable, more: [WORKSPACE_CHECK] }));
    },
  );
}

/**
 * Checks the settings of an app that runs elsewhere, with its identity and its state out of reach: what can be told
 * from the settings alone.
 */
export function checkSettingsOf(ports: Ports): Promise<Findings> {
  return withContext(
    ports,
    () => ({ store: createVolatileStore(), status: 'none' }),
    async (context, unusable) => {
      const missing = checkHostSchedules(context);
      const signal = context.session.running;
      const findings = await examine(context, { signal, unusable, isOffline: true });
      // Without a schedule of its own the app makes nothing at the default one.
      const isMeant = ({ what }: Finding) =>
        !missing.some((each) => what.split(' ')[0] === each.what.split(' ')[0]);
      return [...missing, ...findings.filter(isMeant)];
    },
  );
}

/** Opens for the checks what the settings name, as far as they can be used; what cannot comes first in the findings. */
async function withContext(
  ports: Ports,
  openStateOf: (settings: Settings) => StateStorage | Promise<StateStorage>,
  check: (context: CheckContext, unusable: readonly string[]) => Promise<Findings>,
): Promise<Findings> {
  const { settings, problems } = readUsableSettings(ports.environment);
  const session = openSession(settings, ports);
  try {
    const state = await openStateOf(settings);
    const tenant = openTenantReads({ graph: session.graph, onProgress: () => undefined });
    const context = { ports, settings, session, tenant, state, startedAt: ports.clock() };
    const unusable = problems.map(({ setting }) => setting);
    return [...reportSettings(problems), ...(await check(context, unusable))];
  } finally {
    session.close();
  }
}

/** The longest that a run waits for its preflight. */
const CHECK_UP_LIMIT_MS = 5_000;

/** The same checks at the start of a run, logged as `run.checked`. Never throws, and never takes more than 5 s. */
export async function preflight(context: CheckContext): Promise<readonly Finding[]> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new CheckTimeoutError()), CHECK_UP_LIMIT_MS);
  try {
    const signal = AbortSignal.any([context.session.running, limit.signal]);
    const findings = await examine(context, { signal, unusable: [] });
    const isFine = findings.every(({ level }) => level === 'ok');
    context.ports.log(isFine ? 'info' : 'warn', 'run.checked', toLogFacts(findings));
    return findings;
  } finally {
    clearTimeout(timer);
  }
}

const GRAPH = ['GRAPH_AUTH', 'GRAPH_ENDPOINT', 'AZURE_CLIENT_ID'];
const STATE = ['STATE_LOCATION', 'STATE_CONTAINER'];
const FORMATS = ['REPORT_LOCALE', 'REPORT_TIME_ZONE'];
const DAYS = ['DAYS_TO_CHECK_LOGS', 'LEDGER_RETENTION_DAYS'];
const WORKSPACE = [
  ...GRAPH,
  'SIGN_IN_SOURCE',
  'SIGN_IN_WORKSPACE_ID',
  'SIGN_IN_WORKSPACE_ENDPOINT',
  'INCLUDE_SIGN_IN_LOG',
];
const ALARM = ['REPORT_SCHEDULE', 'ALERT_ON_MISSING_DIGEST', 'RUN_TIME_LIMIT_MINUTES'];

/** Every check, in the order in which one rests on another. */
const CHECKS: readonly Check[] = [
  { name: 'settings', needs: [], isOffline: true, examine: checkNames },
  {
    name: 'settings',
    needs: ['RUN_TIME_LIMIT_MINUTES'],
    isOffline: true,
    examine: checkRunTimeLimit,
  },
  { name: 'token', needs: GRAPH, examine: checkToken },
  { name: 'permissions', needs: [...GRAPH, 'MAILBOX_SCOPING'], examine: checkPermissions },
  { name: 'sender', needs: [...GRAPH, 'EMAIL_FROM'], examine: checkSender },
  { name: 'licence', needs: [...GRAPH, ...DAYS, ...STATE], examine: checkLicence },
  { name: 'clock', needs: GRAPH, examine: checkClock },
  { name: 'memory', needs: STATE, examine: checkState },
  {
    name: 'schedule',
    needs: ['REPORT_SCHEDULE', ...FORMATS],
    isOffline: true,
    examine: checkReportSchedule,
  },
  {
    name: 'schedule',
    needs: ['INGEST_SCHEDULE', ...FORMATS],
    isOffline: true,
    examine: checkIngestSchedule,
  },
  { name: 'alarm', needs: [...ALARM, 'REPORT_LOCALE'], isOffline: true, examine: checkAlarm },
];

/** May take longer than the start of a run can wait; the run itself says what is wrong with its workspace. */
const WORKSPACE_CHECK: Check = {
  name: 'workspace',
  needs: WORKSPACE,
  isWanted: hasWorkspace,
  examine: checkWorkspace,
};

interface ExamineOptions {
  /** Ends every check that is still under way. */
  readonly signal: AbortSignal;
  /** Settings that cannot be used: what needs one of them is not checked. */
  readonly unusable: readonly string[];
  /** Whether only those are made for which settings and a clock are enough. @default false */
  readonly isOffline?: boolean;
  /** What is checked beside what every run checks. @default nothing */
  readonly more?: readonly Check[];
}

/** Makes every check, all at once. A check that fails is a finding; nothing throws. */
export async function examine(
  context: CheckContext,
  { signal, unusable, isOffline = false, more = [] }: ExamineOptions,
): Promise<readonly Finding[]> {
  const checks = [...CHECKS, ...more].filter(
    (check) =>
      (!isOffline || check.isOffline === true) && (check.isWanted ?? always)(context.settings),
  );
  const findings = await Promise.all(
    checks.map(async (check): Promise<readonly Finding[]> => {
      const lacking = check.needs.filter((setting) => unusable.includes(setting));
      if (lacking.length > 0) return [notChecked(check, lacking)];
      try {
        return await until(signal, async () => check.examine(context, signal));
      } catch (error) {
        return [notKnown(check.name, error)];
      }
    }),
  );
  return findings.flat();
}

function always(): boolean {
  return true;
}

function notChecked({ name }: Check, lacking: readonly string[]): Finding {
  const what = `Not checked, because ${lacking.join(' and ')} cannot be used.`;
  return { check: name, level: 'warning', what };
}

/** Does the work, and leaves it alone as soon as the signal is aborted. */
function until<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  const stopped = new Promise<never>((_resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([stopped, work()]);
}
