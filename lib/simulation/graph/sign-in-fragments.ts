import type { Outcome } from '../people/outcomes.ts';
import type { Resource, SignInPerson } from '../people/sign-in.ts';
import { toJson } from './paging.ts';

/** Members that were added to an enumeration are only named to who asks for them. */
const ADDED_ASKERS = ['authenticationStrengths', 'scopeBasedAuthRequirementPolicy'];

/** Keeps what is written about an object, for as long as the object lives. */
function memoize<Key extends object, Value>(write: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, Value>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = write(key);
      known.set(key, value);
    }
    return value;
  };
}

export const personFragments = memoize((person: SignInPerson) => ({
  id: toJson(person.id),
  displayName: toJson(person.displayName),
  signInName: toJson(person.signInName),
}));

export const namedFragments = memoize(({ id, name }: Resource) => ({
  id: toJson(id),
  name: toJson(name),
}));

export const outcomeFragments = memoize((outcome: Outcome) => ({
  status: toJson({
    errorCode: outcome.errorCode,
    failureReason: outcome.failureReason,
    additionalDetails: outcome.additionalDetails,
  }),
  requirement: toJson(outcome.requirement),
  policies: toJson(
    outcome.askers.map(([requirementProvider, detail]) => ({ requirementProvider, detail })),
  ),
  olderPolicies: toJson(
    outcome.askers.map(([asker, detail]) => ({
      requirementProvider: ADDED_ASKERS.includes(asker) ? 'unknownFutureValue' : asker,
      detail,
    })),
  ),
  processing: toJson(
    outcome.certificateLevel === undefined
      ? []
      : [{ key: 'User certificate authentication level', value: outcome.certificateLevel }],
  ),
  steps: outcome.steps.map((step) =>
    toJson({
      authenticationMethod: step.method,
      authenticationMethodDetail: null,
      succeeded: step.succeeded,
      authenticationStepResultDetail: step.detail,
      authenticationStepRequirement: step.requirement,
    }).slice(1),
  ),
}));
