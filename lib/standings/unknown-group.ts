import type { UnknownGroup } from './person.ts';
import type { Facts } from './standings.ts';

/** What is known of somebody who cannot be judged: the worst that is certain. */
export function unknownGroup(facts: Facts, hasDoneMfa: boolean): UnknownGroup {
  const { row, capable, used, stoppedIfCapable, stoppedIfNotCapable } = facts;
  const stopped = capable === 'yes' ? stoppedIfCapable : stoppedIfNotCapable;
  if (stopped === 'yes') return 'did-not-get-in';
  if (stopped === 'unknown') return 'refused';
  if (row === 'no') return used === 'yes' ? 'used-without-row' : 'no-row';
  if (capable !== 'no') return hasDoneMfa ? 'did-mfa' : 'registration-not-known';
  return used === 'yes' ? 'used-without-method' : 'no-method';
}
