import { APPLICATIONS, RESOURCE_MANAGER } from '../entra/applications.ts';
import { LOG_PAGE_ROWS } from '../entra/limits.ts';

export const KINDS = ['interactive', 'nonInteractive'] as const;

export type SignInKind = (typeof KINDS)[number];

/** An origin that counts by itself gives the people in 1 to so many answers. */
export const MAX_PARTS = 256;

/** In how many answers a day of each kind came. */
export type PartCounts = Readonly<Record<SignInKind, number>>;

/** A span of time, milliseconds since 1970: from is in it, to is not. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * One way to ask for sign-ins. Graph documents `eq` on one appId; `or` and `$select` work in practice and were
 * refused at times. v1.0 has interactive sign-ins only and does not say whether MFA was asked for.
 */
export interface QueryShape {
  readonly version: 'beta' | 'v1.0';
  readonly isSelecting: boolean;
  readonly isSplit: boolean;
}

/** The shapes in the order in which they are tried; the first that Graph does not refuse is kept. */
export const QUERY_SHAPES: readonly QueryShape[] = [
  { version: 'beta', isSelecting: true, isSplit: false },
  { version: 'beta', isSelecting: false, isSplit: false },
  { version: 'beta', isSelecting: true, isSplit: true },
  { version: 'beta', isSelecting: false, isSplit: true },
  { version: 'v1.0', isSelecting: false, isSplit: false },
  { version: 'v1.0', isSelecting: false, isSplit: true },
];

const PROPERTIES = [
  'id',
  'createdDateTime',
  'userId',
  'appId',
  'resourceId',
  'status',
  'authenticationRequirement',
  'authenticationDetails',
  'authenticationProcessingDetails',
  'authenticationProtocol',
  'authenticationRequirementPolicies',
  'homeTenantId',
];

const CONDITIONS: readonly string[] = [
  ...APPLICATIONS.flatMap(({ appIds }) => appIds).map((appId) => `appId eq '${appId}'`),
  `resourceId eq '${RESOURCE_MANAGER}'`,
];

/**
 * The requests that together find every sign-in of a kind to an enforced application in a span: one, or, where
 * the shape is split, one for each application id and one for Resource Manager. Graph compares whole seconds
 * and both ends inclusively, so the span is rounded outwards and the reader drops what lies outside.
 */
export function queryPaths(kind: SignInKind, span: Span, shape: QueryShape): readonly string[] {
  const conditions = shape.isSplit ? CONDITIONS : [`(${CONDITIONS.join(' or ')})`];
  return conditions.map((condition) => {
    const filter = [
      `createdDateTime ge ${toSecond(Math.floor(span.from / 1000))}`,
      `createdDateTime le ${toSecond(Math.ceil(span.to / 1000))}`,
      condition,
      ...(shape.version === 'beta' ? [`signInEventTypes/any(t: t eq '${kind}User')`] : []),
    ].join(' and ');
    const select = shape.isSelecting ? `&$select=${PROPERTIES.join(',')}` : '';
    return `/${shape.version}/auditLogs/signIns?$filter=${encodeURIComponent(filter)}${select}&$top=${LOG_PAGE_ROWS}`;
  });
}

function toSecond(second: number): string {
  return new Date(second * 1000).toISOString().replace('.000Z', 'Z');
}
