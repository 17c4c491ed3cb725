import { hasCode } from '../errors.ts';
import type { Reader } from '../sources/collection.ts';
import { toCause } from '../sources/coverage.ts';
import type { Cause } from '../sources/coverage.ts';
import { createCursors } from './query-reader.ts';
import type { Cursor } from './query-reader.ts';
import { QUERY_SHAPES } from './query.ts';
import type { QueryShape, SignInKind, Span } from './query.ts';
import type { SignIn } from './sign-in.ts';

/** What was read of one kind, for the coverage; shared by all the readings of a run. */
export interface KindRead {
  rows: number;
  pages: number;
  /** Different people of whom anything was counted, where an origin tells. */
  people?: number;
  firstEventAt?: number | undefined;
  lastEventAt?: number | undefined;
  /** Rows of which something that counts could not be read. */
  undecodable?: number;
  /** The shape that Graph took; later readings begin with it. */
  shape?: QueryShape;
  /** Why it could not be read in full. */
  cause?: Cause | undefined;
  /** Set where the rows do not say whether MFA was asked for: why. */
  vague?: Cause;
  /** Why the origin has less than it owes, where nothing failed. */
  shortfall?: Cause;
}

export interface OpenedKind {
  readonly cursors: readonly Cursor[];
  /** The first page of the first cursor, already read to find the shape. */
  readonly firstRows: readonly SignIn[];
}

const NO_MFA_IN_V1: Cause = {
  kind: 'version',
  because: 'Graph refused the beta sign-in log, and v1.0 does not say whether MFA was asked for',
  remedy: 'Check whether a policy or the cloud blocks Graph’s beta endpoint.',
};

const ONLY_V1: Cause = {
  kind: 'version',
  because: 'Graph refused the beta sign-in log, and v1.0 has no non-interactive sign-ins',
  remedy: 'Check whether a policy or the cloud blocks Graph’s beta endpoint.',
};

/**
 * Finds out how Graph lets itself be asked for a kind; `isRaw` wants whole rows. Without cursors where Graph does
 * not let itself be asked: `read.cause` says why.
 */
export async function openKind(
  reader: Reader,
  kind: SignInKind,
  span: Span,
  read: KindRead,
  isRaw: boolean,
): Promise<OpenedKind> {
  const nothing: OpenedKind = { cursors: [], firstRows: [] };
  if (read.cause !== undefined) return nothing;
  let firstRefusal: unknown;
  let isBetaDenied = false;
  const shapes = QUERY_SHAPES.filter(({ isSelecting }) => !(isRaw && isSelecting));
  const firstShape = Math.max(
    0,
    shapes.findIndex((shape) => shape === read.shape),
  );
  for (const shape of shapes.slice(firstShape)) {
    if (isBetaDenied && shape.version === 'beta') continue;
    if (shape.version === 'v1.0' && kind === 'nonInteractive') {
      read.cause = hasCode(firstRefusal, 'graph_denied') ? toCause(firstRefusal) : ONLY_V1;
      return nothing;
    }
    const cursors = createCursors(reader, kind, span, shape, isRaw);
    try {
      const firstRows = (await cursors[0]?.next()) ?? [];
      read.shape = shape;
      if (shape.version === 'v1.0') read.vague = NO_MFA_IN_V1;
      return { cursors, firstRows };
    } catch (error) {
      firstRefusal ??= error;
      if (hasCode(error, 'graph_denied')) isBetaDenied = true;
      else if (!hasCode(error, 'graph_refused')) break;
    }
  }
  read.cause = toCause(firstRefusal);
  return nothing;
}
