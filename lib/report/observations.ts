import type { SignInUse } from '../ledger/use.ts';
import type { SourceCoverage, SourceName } from '../sources/coverage.ts';
import type { PeopleIndex } from '../sources/people-index.ts';
import type { Organisation, Registration, Role, User } from '../sources/rows.ts';
import type { Span } from '../sources/sign-ins/query.ts';

/** Everything that was read, as the rules take it. */
export interface Observations {
  readonly users: readonly User[];
  readonly people: PeopleIndex;
  /** By object id, lower case; so are the roles. */
  readonly registrations: ReadonlyMap<string, Registration>;
  readonly rolesByPerson: ReadonlyMap<string, readonly Role[]>;
  readonly namesBySku?: ReadonlyMap<string, string>;
  readonly organisation: Organisation;
  readonly use: SignInUse;
  readonly coverage: readonly SourceCoverage[];
  /** Whether somebody who was not seen signing in did not sign in. */
  readonly isSignInProof: boolean;
  /** The span of sign-ins really seen. */
  readonly seen?: Span;
}

/** The rules that an operator sets. */
export interface Rules {
  readonly now: Date;
  readonly daysToCheckLogs: number;
  readonly includeGuests: boolean;
  readonly excludedUsers: readonly string[];
  readonly breakGlassAccounts: readonly string[];
  readonly newAccountGraceDays: number;
}

/** True where a source was read in full. */
export function isKnown({ coverage }: Pick<Observations, 'coverage'>, source: SourceName): boolean {
  return coverage.find((entry) => entry.source === source)?.state === 'complete';
}
