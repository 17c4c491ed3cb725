import type { Findings } from '../findings/findings.ts';
import { missingSources } from '../sources/coverage.ts';
import { windowStart } from '../standings/facts.ts';
import type { Observations, Rules } from '../standings/facts.ts';
import { matcher } from '../standings/judge-people.ts';
import { checkEmergencyAccounts } from './emergency-accounts.ts';
import { countFigures } from './figures.ts';
import type { Report } from './report.ts';

/** The report on what was observed, judged and compared, and how far it can be trusted. */
export function buildReport(observations: Observations, rules: Rules, findings: Findings): Report {
  const { users, coverage, seen, organisation } = observations;
  const { people, hits, history } = findings;
  const isExcluded = matcher(rules.excludedUsers);
  return {
    generatedAt: rules.now.toISOString(),
    tenant: organisation,
    isPartial: missingSources(coverage).length > 0,
    coverage,
    askedFrom: new Date(windowStart(rules.now, rules.daysToCheckLogs)).toISOString(),
    askedDays: rules.daysToCheckLogs,
    ...(seen !== undefined && {
      seenFrom: new Date(seen.from).toISOString(),
      seenTo: new Date(Math.min(seen.to, rules.now.getTime())).toISOString(),
    }),
    figures: countFigures(findings, coverage),
    people,
    hits,
    emergencyAccounts: checkEmergencyAccounts(rules.breakGlassAccounts, users, people),
    strangers: observations.use.strangers,
    excludedUsers: users.filter(isExcluded),
    ...(history !== undefined && { history }),
    remarks: remarksOn(observations),
  };
}

function remarksOn({ coverage }: Observations): readonly string[] {
  const activity = coverage.find(({ source }) => source === 'activity');
  if (activity === undefined || activity.state === 'complete') return activity?.notes ?? [];
  return [
    'The last sign-in of people could not be read, so everybody counts as active and nobody as dormant.',
  ];
}
