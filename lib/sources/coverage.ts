import { MailerError } from '../errors.ts';

/** What is read, each with its own statement of how far it can be trusted. */
export const SOURCES = [
  'users',
  'activity',
  'registrations',
  'interactiveSignIns',
  'nonInteractiveSignIns',
  'roles',
  'licences',
  'organisation',
  'audits',
] as const;

export type SourceName = (typeof SOURCES)[number];

/** Why a source is not complete, in words that a reader can act on. */
export interface Cause {
  readonly kind:
    'licence' | 'consent' | 'access' | 'fault' | 'deadline' | 'version' | 'no-data' | 'ledger';
  /** A clause without full stop that can follow "because": "the tenant has no Entra ID P1 or P2 licence". */
  readonly because: string;
  /** One imperative sentence. */
  readonly remedy: string;
}

/** How far one source was read. */
export interface SourceCoverage {
  readonly source: SourceName;
  readonly state: 'complete' | 'partial' | 'not-available';
  readonly cause?: Cause | undefined;
  readonly rows: number;
  readonly pages: number;
  /** Different people of whom anything was counted; sign-ins of a workspace only. */
  readonly people?: number | undefined;
  /** Rows with something in them that is neither absent nor what it should be. */
  readonly undecodable?: number | undefined;
  /** Set where a source is partial and each of its rows is known to be whose it is: no row still means no row. */
  readonly provesAbsence?: boolean | undefined;
  /** First and last event read, ISO; sign-ins only. */
  readonly firstEventAt?: string | undefined;
  readonly lastEventAt?: string | undefined;
  /** The span that the rows really cover, ISO; sign-ins only. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** What the reader should know though nothing is missing, in full sentences. */
  readonly notes: readonly string[];
}

/** What was counted while a collection was read, over all attempts; a row that came again counts once. */
export interface RowCount {
  rows: number;
  pages: number;
  /** Rows of which not even the id could be read: whose they are is not known. */
  lost: number;
  /** Rows with an id, and something else in them that could not be read. */
  wrong: number;
  /** Texts and lists that were longer than is kept. */
  cut: number;
}

export function startCount(): RowCount {
  return { rows: 0, pages: 0, lost: 0, wrong: 0, cut: 0 };
}

/** What can be said of a source of which `count` was read, as far as the rows themselves tell. */
export function coverRows(
  source: SourceName,
  { rows, pages, lost, wrong, cut }: Readonly<RowCount>,
): SourceCoverage {
  const undecodable = lost + wrong;
  const notes = cut === 0 ? [] : [cutNote(cut)];
  if (undecodable === 0) return { source, state: 'complete', rows, pages, notes };
  return {
    source,
    state: 'partial',
    cause: undecodableCause(undecodable),
    rows,
    pages,
    undecodable,
    provesAbsence: lost === 0,
    notes,
  };
}

/** The coverage of a source whose reading failed after `count`. */
export function coverFailure(
  source: SourceName,
  count: Readonly<RowCount>,
  state: 'partial' | 'not-available',
  error: unknown,
): SourceCoverage {
  const read = coverRows(source, count);
  return { ...read, state, cause: toCause(error), provesAbsence: undefined };
}

/** Why a source is not complete that has rows of which something could not be read. */
export function undecodableCause(rows: number): Cause {
  return {
    kind: 'fault',
    because: `Graph sent ${rows === 1 ? '1 row' : `${rows} rows`} that could not be read`,
    remedy:
      'Wait for the next run; if it happens again, look for a newer version of this product, which may know the rows.',
  };
}

function cutNote(cut: number): string {
  return cut === 1
    ? 'One text or list was longer than any that Entra allows, and was cut.'
    : `${cut} texts or lists were longer than any that Entra allows, and were cut.`;
}

const DECIDING: readonly SourceName[] = [
  'users',
  'activity',
  'registrations',
  'interactiveSignIns',
  'nonInteractiveSignIns',
  'roles',
];

/** True for the sources that decide standings: one that is not complete makes the report PARTIAL. */
export function decidesStandings({ source }: SourceCoverage): boolean {
  return DECIDING.includes(source);
}

/** The sources that decide standings and could not be read in full. */
export function missingSources(coverage: readonly SourceCoverage[]): readonly SourceCoverage[] {
  return coverage.filter((entry) => entry.state !== 'complete' && decidesStandings(entry));
}

/** Why a source could not be read, in the reader's words. */
export function toCause(error: unknown): Cause {
  const code = error instanceof MailerError ? error.code : undefined;
  const facts = error instanceof MailerError ? error.facts : undefined;
  const detail = facts?.['graphCode'] ?? facts?.['status'] ?? facts?.['reason'];
  const inBrackets = detail === undefined ? '' : ` (${detail})`;
  switch (code) {
    case 'graph_unlicensed':
      return {
        kind: 'licence',
        because: 'the tenant has no Entra ID P1 or P2 licence',
        remedy:
          'Assign Entra ID P1 or P2 to read it. Security defaults cost nothing and require everybody to register MFA.',
      };
    case 'graph_denied':
      return {
        kind: 'consent',
        because: `Graph refused access${inBrackets}`,
        remedy: 'Grant the identity the permission that it lacks.',
      };
    case 'run_deadline':
      return {
        kind: 'deadline',
        because: 'the run reached its time limit',
        remedy:
          'Wait: the next runs read on from here. With a higher RUN_TIME_LIMIT_MINUTES each reads more.',
      };
    case 'graph_throttled':
      return {
        kind: 'fault',
        because: 'Graph throttled the requests until the run ended',
        remedy: 'Let the schedule run at a quieter time.',
      };
    case 'graph_refused':
    case 'graph_unexpected':
      return {
        kind: 'fault',
        because: `Graph’s answer could not be used${inBrackets}`,
        remedy:
          'Wait for the next run; if it happens again, open a case with the request id in the log.',
      };
    default:
      return {
        kind: 'fault',
        because: `Graph did not answer${inBrackets}`,
        remedy:
          'Wait for the next run; if it happens again, check the service health of Microsoft Entra.',
      };
  }
}
