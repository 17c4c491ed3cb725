import type { User } from '../sources/rows.ts';
import { matcher } from '../standings/judge-people.ts';
import type { Person } from '../standings/person.ts';
import { isHit } from '../standings/standings.ts';
import type { EmergencyAccount } from './report.ts';

/** Every configured emergency account and its state; one that does not exist is said, not dropped. */
export function checkEmergencyAccounts(
  configured: readonly string[],
  users: readonly User[],
  people: readonly Person[],
): readonly EmergencyAccount[] {
  const emergency = people.filter(({ isEmergency }) => isEmergency);
  return configured.map((name) => {
    const isNamed = matcher([name]);
    const person = emergency.find(({ user }) => isNamed(user));
    const user = person?.user ?? users.find(isNamed);
    if (user === undefined || person === undefined) {
      return {
        configured: name,
        state: 'not-found',
        sentence:
          'No account of the tenant has this name or id. Correct BREAK_GLASS_ACCOUNTS, or create it again.',
      };
    }
    return { configured: name, person, user, ...describe(person) };
  });
}

function describe(person: Person): Pick<EmergencyAccount, 'state' | 'sentence'> {
  if (!person.user.accountEnabled) {
    return {
      state: 'disabled',
      sentence: 'Cannot be used in an emergency. Enable it, or take it off the list.',
    };
  }
  if (person.standing === 'unknown') return { state: 'not-known', sentence: person.reason };
  if (isHit(person.standing)) {
    return {
      state: 'gap',
      sentence: 'Has no usable MFA method and would be locked out. Register a passkey (FIDO2) now.',
    };
  }
  if (person.registration?.isMfaCapable !== true) {
    return {
      state: person.standing === 'dormant' ? 'gap' : 'not-known',
      sentence:
        'Is not known to have a usable MFA method. Register a passkey (FIDO2) and test the account.',
    };
  }
  if (person.strongestMethod === 'phishing-resistant') {
    return { state: 'ready', sentence: 'Has a phishing-resistant method.' };
  }
  return {
    state: 'ready',
    sentence: 'Can do MFA, but not with a phishing-resistant method. Register a passkey (FIDO2).',
  };
}
