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
] as const;

export type SourceName = (typeof SOURCES)[number];

/** Why a source is not complete, in words that a reader can act on. */
export interface Cause {
  readonly kind: 'licence' | 'consent' | 'fault' | 'deadline' | 'version' | 'no-data' | 'ledger';
  /** A clause without full stop that can follow "because": "the tenant has no Entra ID P1 or P2 licence". */
  readonly because: string;
  /** One imperative sentence. */
  readonly remedy: string;
}

/** How far one source was read. */
export interface SourceCoverage {
  readonly source: SourceName;
  readonly state: 'complete' | 'partial' | 'not-available';
  readonly cause?: Cause;
  readonly rows: number;
  readonly pages: number;
  /** First and last event read, ISO; sign-ins only. */
  readonly firstEventAt?: string;
  readonly lastEventAt?: string;
  /** The span that the rows really cover, ISO; sign-ins only. */
  readonly from?: string;
  readonly to?: string;
  /** What the reader should know though nothing is missing, in full sentences. */
  readonly notes: readonly string[];
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
