import { at, isSame } from './arm-resource.ts';
import type { ArmResource, Expectation, ResourcesOf } from './arm-resource.ts';
import { BUDGET, OPERATOR } from './combinations.ts';
import type { Combination } from './combinations.ts';

/** What has to hold of the alarms and of the budget. */
export function alarmExpectations(all: ResourcesOf, combination: Combination): Expectation[] {
  const rules = all('Microsoft.Insights/scheduledQueryRules');
  const [budget] = all('Microsoft.Consumption/budgets');
  const named = (name: string) => rules.find((rule) => rule.name?.endsWith(`-${name}`));
  return [
    ['there are six alarms, or none', rules.length === (combination.hasAlerts ? 6 : 0)],
    [
      'an alarm stays until somebody looks, and is silent for less than a day but for a missing digest',
      rules.every(
        (rule) =>
          at(rule, 'autoMitigate') === false && at(rule, 'muteActionsDuration') === silenceOf(rule),
      ),
    ],
    [
      'what happened is looked for twice in its window, an emergency account within minutes, and silence over two days',
      rules.every(
        (rule) =>
          `${String(at(rule, 'evaluationFrequency'))} ${String(at(rule, 'windowSize'))}` ===
          paceOf(rule),
      ),
    ],
    [
      'every alarm is on, but for the one on a missing digest where it is not asked for',
      rules.every(
        (rule) =>
          at(rule, 'enabled') ===
          (rule !== named('no-digest') || combination.alertsOnMissingDigest),
      ),
    ],
    [
      'there is a budget where one is asked for, and somebody hears of it',
      at(budget, 'amount') === (combination.hasBudget ? BUDGET : undefined) &&
        (budget === undefined || hasHearers(budget, combination)),
    ],
  ];
}

function hasHearers(budget: ArmResource, { hasAlerts }: Combination): boolean {
  const hearers = (kind: string) => at(budget, 'notifications', 'spent', kind);
  return (
    at(budget, 'notifications', 'spent', 'enabled') === true &&
    isSame(hearers('contactEmails'), hasAlerts ? [OPERATOR] : []) &&
    isSame(hearers('contactRoles'), hasAlerts ? [] : ['Owner'])
  );
}

function silenceOf({ name = '' }: ArmResource): string {
  if (name.endsWith('-no-digest')) return 'P1D';
  return name.endsWith('-emergency-account-used') ? 'PT1H' : 'PT6H';
}

function paceOf({ name = '' }: ArmResource): string {
  if (name.endsWith('-no-digest')) return 'PT1H P2D';
  return name.endsWith('-emergency-account-used') ? 'PT5M PT15M' : 'PT1H PT2H';
}
