import { hasCode } from '../errors.ts';
import type { ReadingProgress } from '../reading-progress.ts';
import { DayCounts } from '../sign-ins/day-counts.ts';
import { heldByGraphFrom, noReads, RETENTION_MARGIN_MS } from '../sign-ins/origin.ts';
import type { SignInOrigin } from '../sign-ins/origin.ts';
import { cutIntoPieces } from '../sign-ins/pieces.ts';
import { KINDS } from '../sign-ins/query.ts';
import type { PartCounts, SignInKind, Span } from '../sign-ins/query.ts';
import type { KindReads, SignInPiece, SignInRequest } from '../sign-ins/read-sign-ins.ts';
import type { Cause } from '../sources/coverage.ts';
import type { PeopleIndex } from '../sources/people-index.ts';
import { DAY_MS, dayOf } from '../utc-day.ts';
import type { WorkspaceConnection } from './client.ts';
import { droppedCause, holeCause, readDropped, TableDays } from './holes.ts';
import type { WorkspaceTables } from './open-workspace.ts';
import { PeopleSet } from './people-set.ts';
import { TABLES } from './query-texts.ts';
import { readCounts } from './read-counts.ts';
import type { CountsRead } from './read-counts.ts';
import { unreadableCause, workspaceCause, youngCause } from './workspace-error.ts';

export interface WorkspaceOriginOptions {
  readonly connection: WorkspaceConnection;
  /** What the workspace says of its tables. */
  readonly state: WorkspaceTables;
  /** The oldest instant that anybody wants. */
  readonly from: number;
  readonly now: number;
  readonly tenantId?: string | undefined;
  readonly onProgress: (progress: ReadingProgress) => void;
}

const NOTE = 'Sign-ins were counted in the Log Analytics workspace.';

/** The sign-ins of a Log Analytics workspace, counted there. A kind whose table cannot be had is not asked for. */
export function workspaceOrigin(options: WorkspaceOriginOptions): SignInOrigin {
  const { state, now } = options;
  const retainedFrom = retainedFromOf(options);
  const reads = noReads();
  const heldByGraph = heldByGraphFrom(now);
  for (const kind of KINDS) {
    const cause = state.causes[kind];
    if (cause !== undefined) reads[kind].cause = cause;
    else if (retainedFrom > heldByGraph) reads[kind].shortfall = youngCause(retainedFrom);
  }
  const notes = [NOTE];
  const reading = new Reading(options, { reads, notes, retainedFrom });
  return {
    key: 'log-analytics',
    name: 'the workspace',
    retainedFrom,
    // Less than Graph would give proves nothing of whom it does not show.
    owedFrom: Math.min(retainedFrom, heldByGraph),
    furthestFrom: retainedFrom,
    goneNote: 'The workspace does not hold it.',
    reads,
    notes,
    read: (people, request) => reading.read(people, request),
  };
}

/** Since the oldest row of the younger table; where both have older ones than anybody wants, from there on. */
function retainedFromOf({ state, from, now }: WorkspaceOriginOptions): number {
  const oldest = KINDS.filter((kind) => state.causes[kind] === undefined).map((kind) => {
    const oldestAt = state.tables[kind]?.oldestAt ?? now;
    return oldestAt <= from - RETENTION_MARGIN_MS ? from : oldestAt + RETENTION_MARGIN_MS;
  });
  return oldest.length === 0 ? now : Math.ceil(Math.max(...oldest) / 1000) * 1000;
}

/** Where no day has told in how many parts it came: rows of a table a day, for each part that is begun with. */
const ROWS_A_PART = 2_000_000;
const MAX_GUESSED_PARTS = 16;

/** A first answer that is too large costs the engine’s time, and hundreds of megabytes here. */
function guessParts({ state, now }: WorkspaceOriginOptions): PartCounts {
  const guess = (kind: SignInKind) => {
    const { rows = 0, oldestAt = now } = state.tables[kind] ?? {};
    const days = Math.max(1, (now - Math.max(oldestAt, state.askedFrom)) / DAY_MS);
    return Math.min(MAX_GUESSED_PARTS, Math.max(1, rows / days / ROWS_A_PART));
  };
  return { interactive: guess('interactive'), nonInteractive: guess('nonInteractive') };
}

interface ReadingState {
  readonly reads: KindReads;
  readonly notes: string[];
  readonly retainedFrom: number;
}

/** One run's reading of a workspace, span by span. */
class Reading {
  readonly #options: WorkspaceOriginOptions;
  readonly #state: ReadingState;
  readonly #days: TableDays;
  readonly #counted = { interactive: new PeopleSet(), nonInteractive: new PeopleSet() };
  /** In how many parts a kind is asked for next. */
  readonly #parts: Record<SignInKind, number> = { interactive: 1, nonInteractive: 1 };

  constructor(options: WorkspaceOriginOptions, state: ReadingState) {
    this.#options = options;
    this.#state = state;
    this.#days = new TableDays(options, state.retainedFrom);
  }

  async *read(people: PeopleIndex, request: SignInRequest): AsyncGenerator<SignInPiece> {
    const { span, cutAt, parts } = request;
    this.#learn(parts ?? guessParts(this.#options));
    const dropped = await this.#readDropped(span);
    for (const piece of cutIntoPieces(span, cutAt)) {
      const kinds = KINDS.filter((kind) => this.#state.reads[kind].cause === undefined);
      if (kinds.length === 0) return;
      const counts = new DayCounts();
      const read = await readCounts({
        connection: this.#options.connection,
        tenantId: this.#options.tenantId,
        span: piece,
        parts: Object.fromEntries(kinds.map((kind) => [kind, this.#parts[kind]])),
        people,
        counts,
        counted: this.#counted,
      });
      const isWhole = { interactive: false, nonInteractive: false };
      for (const kind of kinds) {
        isWhole[kind] = await this.#conclude(kind, piece, read[kind], { dropped, cutAt });
        this.#report(kind, span, piece);
      }
      const needed = {
        interactive: read.interactive?.parts ?? 1,
        nonInteractive: read.nonInteractive?.parts ?? 1,
      };
      this.#learn(needed);
      yield {
        day: dayOf(piece.from),
        from: piece.from,
        to: piece.to,
        counts,
        isWhole,
        parts: needed,
      };
    }
  }

  #learn(parts: PartCounts): void {
    for (const kind of KINDS) {
      this.#parts[kind] = Math.max(this.#parts[kind], parts[kind]);
    }
  }

  /** Whether a kind of a piece is whole; where it is not, `reads` says why. */
  async #conclude(
    kind: SignInKind,
    piece: Span,
    counted: CountsRead | undefined,
    { dropped, cutAt }: { readonly dropped: readonly Span[]; readonly cutAt: number | undefined },
  ): Promise<boolean> {
    const read = this.#state.reads[kind];
    read.pages += counted?.answers ?? 0;
    read.people = this.#counted[kind].size;
    if (counted === undefined) return false;
    if (counted.failure !== undefined) return this.#fail(kind, counted.failure);
    if (counted.unreadable > 0) return this.#lack(kind, unreadableCause(counted.unreadable));
    try {
      const { holes, news } = await this.#days.holes(kind, piece, cutAt);
      if (news !== undefined) {
        read.rows += news.rows;
        if (news.firstAt !== undefined)
          read.firstEventAt = Math.min(news.firstAt, read.firstEventAt ?? news.firstAt);
        if (news.lastAt !== undefined)
          read.lastEventAt = Math.max(news.lastAt, read.lastEventAt ?? news.lastAt);
      }
      if (holes.length > 0) return this.#lack(kind, holeCause(TABLES[kind], holes));
    } catch (error) {
      return this.#fail(kind, error);
    }
    const lost = dropped.find((span) => span.from < piece.to && span.to > piece.from);
    return lost === undefined || this.#lack(kind, droppedCause(dayOf(lost.from)));
  }

  /** What would fail for every piece ends the kind. */
  #fail(kind: SignInKind, error: unknown): false {
    const cause = workspaceCause(error, TABLES[kind]);
    if (hasCode(error, 'workspace_unexpected', 'workspace_too_large')) {
      return this.#lack(kind, cause);
    }
    this.#state.reads[kind].cause ??= cause;
    return false;
  }

  #lack(kind: SignInKind, cause: Cause): false {
    this.#state.reads[kind].shortfall = cause;
    return false;
  }

  /** Where nobody can say whether anything was dropped, the reader is told; hours without rows are seen all the same. */
  async #readDropped(span: Span): Promise<readonly Span[]> {
    try {
      const { connection } = this.#options;
      return await readDropped(connection, { from: span.from - DAY_MS, to: span.to });
    } catch {
      const note = 'Whether the workspace dropped data could not be read (_LogOperation).';
      if (!this.#state.notes.includes(note)) this.#state.notes.push(note);
      return [];
    }
  }

  #report(kind: SignInKind, span: Span, piece: Span): void {
    const { rows, pages } = this.#state.reads[kind];
    this.#options.onProgress({
      source: kind === 'interactive' ? 'interactiveSignIns' : 'nonInteractiveSignIns',
      rows,
      pages,
      share: Math.min(1, (span.to - piece.from) / (span.to - span.from)),
    });
  }
}
