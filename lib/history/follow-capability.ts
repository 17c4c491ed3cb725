import type { Person } from '../report/report.ts';
import type { User } from '../sources/rows.ts';
import type { Verdict } from './verdicts.ts';

export interface CapabilityInput {
  readonly before: ReadonlySet<string>;
  readonly people: readonly Person[];
  readonly findUser: (id: string) => User | undefined;
  readonly isExcepted: (id: string) => boolean;
  readonly verdictOf: (id: string) => Verdict;
}

/**
 * Who could do MFA when last judged, by object id in lower case. A row says it; where there is none, where the run
 * could not judge the person, or while an exception hides a loss from the lists, it stays as it was.
 */
export function followCapability({
  before,
  people,
  findUser,
  isExcepted,
  verdictOf,
}: CapabilityInput): ReadonlySet<string> {
  const capable = new Set([...before].filter((id) => findUser(id) !== undefined));
  for (const { user, registration } of people) {
    const id = user.id.toLowerCase();
    if (isExcepted(id)) continue;
    if (registration?.isMfaCapable === true) capable.add(id);
    if (registration?.isMfaCapable !== false || !capable.has(id)) continue;
    if (verdictOf(id).kind !== 'unseen') capable.delete(id);
  }
  return capable;
}
