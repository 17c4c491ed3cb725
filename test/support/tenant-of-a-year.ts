import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingest } from '../../lib/run/ingest.ts';
import type { RunSummary } from '../../lib/run/make-digest.ts';
import { run } from '../../lib/run/run.ts';
import type { RunOptions } from '../../lib/run/run.ts';
import type { Ports } from '../../lib/session/ports.ts';
import { answer } from './hand-written-tenant.ts';
import type { HandWrittenTenant } from './hand-written-tenant.ts';
import { startHastyTime } from './hasty-time.ts';
import { relayIdentityTo } from './identity-relay.ts';
import type { LogLine } from './run-on-tenant.ts';
import { startScriptedServer } from './scripted-server.ts';

const DAY_MS = 86_400_000;
const PEOPLE = 9;
const PORTAL = 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c';
const guid = (number: number) => `d1132181-5011-45b0-a957-${String(number).padStart(12, '0')}`;

/** A run in the story, and how the machine's clock stood to Graph's. */
export interface Play extends Partial<Pick<RunOptions, 'trigger' | 'isBraked' | 'isRecording'>> {
  readonly at: Date;
  /** @default 0 */
  readonly clockAheadMs?: number;
  /** Whether the product knows what time Graph has; older versions did not ask. @default true */
  readonly isGraphHeard?: boolean;
  /** Whether Graph takes no mail. @default false */
  readonly refusesMail?: boolean;
}

/** The product on a small tenant, one run after another over the same folder. */
export interface YearStage {
  readonly folder: string;
  /** What the last run logged. */
  readonly lines: readonly LogLine[];
  play(run: Play): Promise<RunSummary>;
  /** The ingest timer. */
  ingest(run: Pick<Play, 'at'>): Promise<void>;
  /** The documents with their bytes. */
  contents(): Promise<ReadonlyMap<string, string>>;
  /** The same tenant with a copy of what is remembered. */
  fork(): Promise<YearStage>;
  close(): Promise<void>;
}

export async function openYearStage(from?: string): Promise<YearStage> {
  const folder = await mkdtemp(join(tmpdir(), 'year-'));
  if (from !== undefined) await cp(from, folder, { recursive: true, preserveTimestamps: true });
  const lines: LogLine[] = [];
  let graphNow = new Date(0);
  let headerNow: Date | undefined;
  let isMailRefused = false;
  const server = await startScriptedServer(
    (request) =>
      request.method === 'POST'
        ? { status: isMailRefused ? 403 : 202 }
        : answer(tenantOn(graphNow), request),
    { clock: () => headerNow ?? graphNow },
  );
  async function portsAt({
    at,
    clockAheadMs = 0,
    isGraphHeard = true,
    refusesMail = false,
  }: Play): Promise<Ports> {
    graphNow = at;
    const now = new Date(at.getTime() + clockAheadMs);
    headerNow = isGraphHeard ? at : now;
    isMailRefused = refusesMail;
    lines.length = 0;
    await relayIdentityTo(`${server.origin}/msi/token`, 'a-year');
    return {
      environment: {
        GRAPH_AUTH: 'managed-identity',
        GRAPH_ENDPOINT: server.origin,
        STATE_LOCATION: `folder:${folder}`,
        REPORT_REQUESTS_PER_10_SECONDS: '0',
        EMAIL_FROM: 'digest@contoso.example',
        EMAIL_TO: 'security@contoso.example',
        ATTACH_WORKBOOK: 'false',
        BREAK_GLASS_ACCOUNTS: guid(0),
      },
      clock: () => now,
      random: () => 0,
      sleep: startHastyTime(now).sleep,
      log: (level, event, facts = {}) => lines.push({ level, event, facts }),
      onProgress: () => undefined,
      prompt: () => undefined,
    };
  }

  return {
    folder,
    lines,
    async play(played) {
      const { trigger = 'schedule', isBraked = false, isRecording = false } = played;
      return run({ trigger, isBraked, isRecording, ports: await portsAt(played) });
    },
    async ingest(played) {
      await ingest({ ports: await portsAt(played) });
    },
    async contents() {
      const read = new Map<string, string>();
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        const name = path.slice(folder.length + 1);
        if (!entry.isFile() || name.startsWith('.')) continue;
        read.set(name, (await readFile(path)).toString('base64'));
      }
      return read;
    },
    fork: () => openYearStage(folder),
    async close() {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** People who gain and lose methods by the day, and sign in on some days, with one factor while they have none. */
function tenantOn(now: Date): HandWrittenTenant {
  const today = Math.floor(now.getTime() / DAY_MS);
  const numbers = Array.from({ length: PEOPLE }, (_, number) => number);
  return {
    users: numbers.map((number) => ({
      id: guid(number),
      userPrincipalName: `user.${number}@contoso.example`,
      displayName: `User ${number}`,
      accountEnabled: true,
      userType: 'Member',
      createdDateTime: '2024-01-15T08:00:00Z',
      signInActivity: {
        lastSuccessfulSignInDateTime: new Date((today - 1) * DAY_MS).toISOString(),
      },
    })),
    registrations: numbers.map((number) => ({
      id: guid(number),
      isMfaRegistered: isCapable(number, today),
      isMfaCapable: isCapable(number, today),
      methodsRegistered: isCapable(number, today) ? ['microsoftAuthenticatorPush'] : [],
      lastUpdatedDateTime: new Date((today - 1) * DAY_MS).toISOString(),
    })),
    signIns: Array.from({ length: 31 }, (_, ago) => today - ago)
      .flatMap((day) => numbers.flatMap((number) => signInsOf(number, day)))
      .filter(({ createdDateTime }) => createdDateTime <= now.toISOString())
      .toSorted((a, b) => (a.createdDateTime < b.createdDateTime ? 1 : -1)),
  };
}

function isCapable(number: number, day: number): boolean {
  return (day + number * 5) % (17 + number * 4) > 8;
}

function signInsOf(number: number, day: number) {
  if ((day * 7 + number * 3) % (3 + number) > 1) return [];
  const isStopped = number === 3 && day % 4 === 0;
  const isMfa = isCapable(number, day);
  return [
    {
      id: `s-${day}-${number}`,
      createdDateTime: new Date(day * DAY_MS + (2 + number) * 3_600_000).toISOString(),
      userId: guid(number),
      appId: PORTAL,
      resourceId: '00000003-0000-0000-c000-000000000000',
      signInEventTypes: [number % 2 === 0 ? 'interactiveUser' : 'nonInteractiveUser'],
      isInteractive: number % 2 === 0,
      status: {
        errorCode: isStopped ? 50_074 : 0,
        additionalDetails: isMfa ? 'MFA completed in Azure AD' : null,
      },
      authenticationRequirement: isMfa ? 'multiFactorAuthentication' : 'singleFactorAuthentication',
    },
  ];
}
