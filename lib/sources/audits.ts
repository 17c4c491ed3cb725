import type { RowDecoder } from '../decode.ts';
import { PREMIUM_RETENTION_DAYS } from '../entra/limits.ts';
import { MailerError } from '../errors.ts';
import { DAY_MS } from '../utc-day.ts';
import { readCollection, withTimeLimit } from './collection.ts';
import type { Properties, Reader } from './collection.ts';
import { coverFailure, coverRows, startCount } from './coverage.ts';
import type { RowCount, SourceCoverage } from './coverage.ts';

/** What the audit log tells of somebody's methods and roles. */
export interface AuditEvent {
  /** Object id of whom it happened to, lower case. */
  readonly userId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly kind: AuditKind;
  /** The role that was activated, as Entra names it. */
  readonly roleName?: string | undefined;
}

export type AuditKind =
  'registered' | 'deleted' | 'deleted-by-admin' | 're-registration-demanded' | 'role-activated';

/**
 * How activities begin, in lower case. Their names change, so the beginning decides and an unknown one is ignored
 * ("Microsoft Entra audit log categories and activities", read 28 November 2026).
 */
const ACTIVITIES: readonly (readonly [beginning: string, kind: AuditKind])[] = [
  ['user registered security info', 'registered'],
  ['user registered all required security info', 'registered'],
  ['admin registered security info', 'registered'],
  ['user deleted security info', 'deleted'],
  ['admin deleted security info', 'deleted-by-admin'],
  ['admin required re-regist', 're-registration-demanded'],
  ['add member to role completed (pim activation', 'role-activated'],
];

export interface AuditsRead {
  /** Newest first. */
  readonly audits: readonly AuditEvent[];
  readonly coverage: SourceCoverage;
}

/** The registration report lags by up to 36 hours, for few people longer; what lies before this it has. */
const METHODS_DAYS = 7;

/** Pages of methods and of roles: three requests together, newest first. */
const MAX_METHOD_PAGES = 2;
const MAX_ROLE_PAGES = 1;

/** The log explains, and is not worth waiting for. */
const LIMIT_MS = 120_000;

/**
 * What happened to methods of late, and which roles were activated within the window. The log explains and never
 * decides a standing by its absence: where it cannot be read, a note says so and the report is whole.
 */
export async function readAudits(
  reader: Reader,
  { now, windowFrom }: { readonly now: number; readonly windowFrom: number },
): Promise<AuditsRead> {
  const count = startCount();
  const audits: AuditEvent[] = [];
  const rolesFrom = Math.max(windowFrom, now - PREMIUM_RETENTION_DAYS * DAY_MS);
  const parts = [
    ["loggedByService eq 'Authentication Methods'", now - METHODS_DAYS * DAY_MS, MAX_METHOD_PAGES],
    ["category eq 'RoleManagement'", rolesFrom, MAX_ROLE_PAGES],
  ] as const;
  let isWhole = true;
  try {
    await withTimeLimit(reader, LIMIT_MS, async (limited) => {
      for (const [condition, from, maxPages] of parts) {
        const isPartWhole = await readPart(limited, { condition, from, maxPages }, count, audits);
        isWhole &&= isPartWhole;
      }
    });
  } catch (error) {
    if (!(error instanceof MailerError)) throw error;
    const state = audits.length > 0 ? 'partial' : 'not-available';
    return { audits, coverage: withNote(coverFailure('audits', count, state, error)) };
  }
  const read = coverRows('audits', count);
  if (isWhole) return { audits, coverage: read.state === 'complete' ? read : withNote(read) };
  return {
    audits,
    coverage: withNote({ ...read, state: 'partial', cause: read.cause ?? TOO_MANY }),
  };
}

const TOO_MANY = {
  kind: 'fault',
  because: 'it holds more than is read of it in one run',
  remedy: 'Nothing has to be done: the newest entries were read.',
} as const;

function withNote(coverage: SourceCoverage): SourceCoverage {
  const how = coverage.state === 'partial' ? 'could not be read in full' : 'could not be read';
  const because = coverage.cause === undefined ? '' : `, because ${coverage.cause.because}`;
  const note = `The audit log ${how}${because}: what people registered since the registration report was written, and roles that were activated, may be missing.`;
  return { ...coverage, notes: [...coverage.notes, note] };
}

interface Part {
  readonly condition: string;
  readonly from: number;
  readonly maxPages: number;
}

/** Adds the events of one part of the log; false where there was more of it. */
async function readPart(
  reader: Reader,
  { condition, from, maxPages }: Part,
  count: RowCount,
  audits: AuditEvent[],
): Promise<boolean> {
  const since = new Date(from).toISOString().replace(/\.\d+Z$/, 'Z');
  const filter = encodeURIComponent(`${condition} and activityDateTime ge ${since}`);
  const request = {
    source: 'audits',
    what: 'the audit log',
    path: `/v1.0/auditLogs/directoryAudits?$filter=${filter}`,
    decode: decodeAudit,
    maxPages,
  } as const;
  const seen = new Set<string>();
  return readCollection(reader, request, count, ({ id, event }) => {
    if (seen.has(id)) return false;
    seen.add(id);
    if (event !== undefined) audits.push(event);
    return true;
  });
}

interface AuditRow {
  readonly id: string;
  /** Absent where it tells nothing of methods or roles, or did not succeed. */
  readonly event?: AuditEvent;
}

function decodeAudit(row: Properties, read: RowDecoder): AuditRow | undefined {
  const id = read.id(row['id']);
  if (id === undefined) return undefined;
  const activity = read.text(row['activityDisplayName'])?.trim().toLowerCase() ?? '';
  const kind = ACTIVITIES.find(([beginning]) => activity.startsWith(beginning))?.[1];
  const hasSucceeded = read.text(row['result'])?.toLowerCase() === 'success';
  if (kind === undefined || !hasSucceeded) return { id };
  const instant = read.instant(row['activityDateTime']);
  const targets = read.list(row['targetResources']).map((target) => readTarget(target, read));
  const initiator = read.record(read.record(row['initiatedBy'])['user'])['id'];
  const userId =
    targets.find(({ type }) => type === 'user')?.id ?? read.text(initiator)?.toLowerCase();
  if (instant === undefined || userId === undefined) {
    read.wrong();
    return { id };
  }
  const roleName = targets.find(({ type }) => type === 'role')?.name;
  const ofRole = kind === 'role-activated' ? { roleName } : {};
  return { id, event: { userId, at: Date.parse(instant), kind, ...ofRole } };
}

interface Target {
  readonly type: string | undefined;
  readonly id: string | undefined;
  readonly name: string | undefined;
}

function readTarget(value: unknown, read: RowDecoder): Target {
  const target = read.record(value);
  return {
    type: read.text(target['type'])?.toLowerCase(),
    id: read.text(target['id'])?.toLowerCase(),
    name: read.text(target['displayName']),
  };
}
