import { recordOf, textOf } from '../decode.ts';
import { HIT_LISTS } from '../standings/standings.ts';
import type { HitList } from '../standings/standings.ts';
import type { DocumentFormat } from '../storage/document.ts';
import { isDay } from '../utc-day.ts';
import { RESOLUTIONS } from './findings.ts';
import type {
  ClosedFinding,
  Lifecycle,
  NamedPerson,
  OpenFinding,
  RecordedException,
  RecordedPoint,
} from './findings.ts';

type Fields = Readonly<Record<string, unknown>>;

export const LIFECYCLE_FORMAT: DocumentFormat<Lifecycle> = {
  kind: 'lifecycle',
  version: 1,
  parse: parseLifecycle,
};

/** What the scheduled digests of a tenant (lower case) remember. */
export function lifecycleName(tenantId: string): string {
  return `lifecycle/${tenantId}.json.gz`;
}

/** What runs on demand record between two scheduled ones. */
export function onDemandLifecycleName(tenantId: string): string {
  return `lifecycle/${tenantId}-on-demand.json.gz`;
}

/** Throws RangeError where a field is not what it promises. */
function parseLifecycle(fields: Fields): Lifecycle {
  const capable = recordOf(fields['capable']);
  return {
    reportedAt: instant(fields, 'reportedAt'),
    ...(fields['occurrenceAt'] !== undefined && { occurrenceAt: instant(fields, 'occurrenceAt') }),
    open: records(fields['open']).map(parseOpen),
    closed: records(fields['closed']).map(parseClosed),
    capable: { guids: stringOf(capable['guids']), others: strings(capable['others']) },
    synchronisation: strings(fields['synchronisation']),
    trend: records(fields['trend']).map(parsePoint),
    settings: Object.fromEntries(
      Object.entries(recordOf(fields['settings'])).map(([name, value]) => [name, stringOf(value)]),
    ),
    ...(fields['rules'] !== undefined && { rules: numberOf(fields['rules']) }),
    ...(fields['settingsSince'] !== undefined && { settingsSince: day(fields, 'settingsSince') }),
    exceptions: records(fields['exceptions']).map(parseException),
  };
}

function parseOpen(fields: Fields): OpenFinding {
  return {
    findingId: spelled(text(fields, 'findingId')),
    id: text(fields, 'id'),
    ...parseNames(fields),
    list: oneOf(HIT_LISTS, fields['list']),
    openedOn: day(fields, 'openedOn'),
    firstOpenedOn: day(fields, 'firstOpenedOn'),
  };
}

function parseClosed(fields: Fields): ClosedFinding {
  const id = textOf(fields['id']);
  return {
    findingId: spelled(text(fields, 'findingId')),
    ...(id !== undefined && { id }),
    ...parseNames(fields),
    firstOpenedOn: day(fields, 'firstOpenedOn'),
    resolvedOn: day(fields, 'resolvedOn'),
    how: oneOf(RESOLUTIONS, fields['how']),
    ...(fields['isPaused'] === true && { isPaused: true }),
  };
}

/** Ids had no letter in front in days of the product that a memory may still hold. */
function spelled(findingId: string): string {
  return /^[0-9a-f]{16}$/u.test(findingId) ? `f${findingId}` : findingId;
}

function parseNames(fields: Fields): Omit<NamedPerson, 'id'> {
  const userPrincipalName = textOf(fields['userPrincipalName']);
  const displayName = textOf(fields['displayName']);
  return {
    ...(userPrincipalName !== undefined && { userPrincipalName }),
    ...(displayName !== undefined && { displayName }),
  };
}

function parsePoint(fields: Fields): RecordedPoint {
  const hits = recordOf(fields['hits']);
  return {
    day: day(fields, 'day'),
    isPartial: fields['isPartial'] === true,
    hits: Object.fromEntries(HIT_LISTS.map((list) => [list, numberOf(hits[list] ?? 0)])) as Record<
      HitList,
      number
    >,
    excepted: numberOf(fields['excepted']),
  };
}

function parseException(fields: Fields): RecordedException {
  return {
    id: text(fields, 'id'),
    reason: text(fields, 'reason'),
    approvedBy: text(fields, 'approvedBy'),
    expiresOn: day(fields, 'expiresOn'),
  };
}

function records(value: unknown): readonly Fields[] {
  if (!Array.isArray(value)) throw damaged();
  return value.map(recordOf);
}

function strings(value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw damaged();
  return value.map(stringOf);
}

function stringOf(value: unknown): string {
  if (typeof value !== 'string') throw damaged();
  return value;
}

function numberOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw damaged();
  return value;
}

function text(fields: Fields, name: string): string {
  return textOf(fields[name]) ?? stringOf(undefined);
}

function day(fields: Fields, name: string): string {
  const value = text(fields, name);
  if (!isDay(value)) throw damaged();
  return value;
}

function instant(fields: Fields, name: string): string {
  const value = text(fields, name);
  if (Number.isNaN(Date.parse(value))) throw damaged();
  return value;
}

function oneOf<const Word extends string>(words: readonly Word[], value: unknown): Word {
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw damaged();
  return word;
}

function damaged(): RangeError {
  return new RangeError('The document does not hold what its kind promises.');
}
