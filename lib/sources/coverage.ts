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
        remedy: 'Assign Entra ID P1 or P2 to read it.',
      };
    case 'graph_denied':
      return {
        kind: 'consent',
        because: `Graph refused access${inBrackets}`,
        remedy:
          'Grant the identity AuditLog.Read.All, Directory.Read.All and UserAuthenticationMethod.Read.All.',
      };
    case 'run_deadline':
      return {
        kind: 'deadline',
        because: 'the run reached its time limit',
        remedy: 'Raise RUN_TIME_LIMIT_MINUTES, or let the ledger catch up.',
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
