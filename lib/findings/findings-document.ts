import * as v from 'valibot';
import { HIT_LISTS } from '../standings/standings.ts';
import type { HitList } from '../standings/standings.ts';
import type { DocumentFormat } from '../storage/document.ts';
import {
  listOf,
  parserOf,
  storedBase64,
  storedCount,
  storedDay,
  storedId,
  storedInstant,
  storedText,
} from '../storage/stored-values.ts';
import { RESOLUTIONS } from './findings.ts';
import type { ClosedFinding, Lifecycle, OpenFinding } from './findings.ts';
import { MAX_EXCEPTIONS } from './read-exceptions.ts';

/** What the scheduled digests of a tenant (lower case) remember. */
export function lifecycleName(tenantId: string): string {
  return `lifecycle/${tenantId}.json.gz`;
}

/** The lifecycle before the valid one, for where that one proves to be wrong. */
export function previousLifecycleName(tenantId: string): string {
  return `lifecycle/${tenantId}-before.json.gz`;
}

/** What runs on demand record between two scheduled ones. */
export function onDemandLifecycleName(tenantId: string): string {
  return `lifecycle/${tenantId}-on-demand.json.gz`;
}

/** Ids had no letter in front in days of the product that stored state may still hold. */
const findingId = v.pipe(
  v.string(),
  v.regex(/^f?[0-9a-f]{16}$/),
  v.transform((id) => (id.startsWith('f') && id.length === 17 ? id : `f${id}`)),
);

const names = {
  userPrincipalName: v.exactOptional(storedText),
  displayName: v.exactOptional(storedText),
};

const OPEN = v.pipe(
  v.object({
    findingId,
    id: storedId,
    ...names,
    list: v.picklist(HIT_LISTS),
    openedOn: storedDay,
    firstOpenedOn: storedDay,
  }),
  v.check(({ firstOpenedOn, openedOn }) => firstOpenedOn <= openedOn),
);

const CLOSED = v.pipe(
  v.object({
    findingId,
    id: v.exactOptional(storedId),
    ...names,
    firstOpenedOn: storedDay,
    resolvedOn: storedDay,
    how: v.picklist(RESOLUTIONS),
    isPaused: v.exactOptional(v.literal(true)),
  }),
  v.check(({ firstOpenedOn, resolvedOn }) => firstOpenedOn <= resolvedOn),
);

/** A list that the document did not know yet had nobody. */
const HITS = v.object(
  Object.fromEntries(HIT_LISTS.map((list) => [list, v.optional(storedCount, 0)])) as Record<
    HitList,
    v.OptionalSchema<typeof storedCount, 0>
  >,
);

const POINT = v.object({
  day: storedDay,
  isPartial: v.boolean(),
  hits: HITS,
  // More can have come back than have left, where stored state was lost between.
  excepted: v.pipe(v.number(), v.safeInteger(), v.minValue(-(2 ** 32)), v.maxValue(2 ** 32)),
});

/** A run each minute for four weeks. */
const MAX_POINTS = 28 * 24 * 60;

const EXCEPTION = v.object({
  id: storedId,
  reason: storedText,
  approvedBy: storedText,
  expiresOn: storedDay,
});

/** What a lifecycle is made of: days that follow each other, and nobody and no finding twice. */
export const LIFECYCLE = v.pipe(
  v.object({
    reportedAt: storedInstant,
    occurrenceAt: v.exactOptional(storedInstant),
    open: v.array(OPEN),
    closed: v.array(CLOSED),
    capable: v.object({
      guids: v.pipe(
        storedBase64,
        v.check((guids) => Buffer.byteLength(guids, 'base64') % 16 === 0),
      ),
      others: v.array(storedId),
    }),
    synchronisation: v.array(storedId),
    trend: v.pipe(
      listOf(POINT, MAX_POINTS),
      v.check((points) => areAscending(points)),
    ),
    settings: v.record(v.string(), v.string()),
    rules: v.exactOptional(storedCount),
    settingsSince: v.exactOptional(storedDay),
    exceptions: listOf(EXCEPTION, MAX_EXCEPTIONS),
  }),
  v.check((lifecycle) => isInItsTime(lifecycle)),
  v.check(({ open }) => areUnique(open.map(({ id }) => id.toLowerCase()))),
  v.check(({ open, closed }) =>
    areUnique([...open, ...closed].map((finding) => finding.findingId)),
  ),
);

export const LIFECYCLE_FORMAT: DocumentFormat<Lifecycle> = {
  kind: 'lifecycle',
  version: 1,
  parse: parserOf(LIFECYCLE),
  write: (lifecycle) => lifecycle,
  latestAt: ({ reportedAt, occurrenceAt = reportedAt }) =>
    Math.max(Date.parse(reportedAt), Date.parse(occurrenceAt)),
};

function areAscending(points: readonly { readonly day: string }[]): boolean {
  return points.every(({ day }, place) => place === 0 || points[place - 1]!.day <= day);
}

/** Whether nothing in it is later than the day on which it was reported. */
function isInItsTime({
  reportedAt,
  open,
  closed,
  trend,
  settingsSince = '',
}: {
  readonly reportedAt: string;
  readonly open: readonly OpenFinding[];
  readonly closed: readonly ClosedFinding[];
  readonly trend: readonly { readonly day: string }[];
  readonly settingsSince?: string;
}): boolean {
  const today = reportedAt.slice(0, 10);
  return (
    open.every(({ openedOn }) => openedOn <= today) &&
    closed.every(({ resolvedOn }) => resolvedOn <= today) &&
    (trend.at(-1)?.day ?? '') <= today &&
    settingsSince <= today
  );
}

function areUnique(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
