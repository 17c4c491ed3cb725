import { judge } from '../report/standings.ts';
import type { Fact, Facts, Standing } from '../report/standings.ts';

/** Facts of which activity, too, may be unknown. */
export type SeenFacts = Omit<Facts, 'active'> & { readonly active: Fact };

/** Every standing that a person can have, given what was seen: one for each completion of what was not. */
export function possibleStandings(facts: SeenFacts): ReadonlySet<Standing> {
  const standings = new Set<Standing>();
  for (const row of answers(facts.row))
    for (const registered of answers(facts.registered))
      for (const capable of answers(facts.capable))
        for (const used of answers(facts.used))
          for (const mfaSeen of answers(facts.mfaSeen))
            for (const active of answers(facts.active)) {
              const completed = { row, registered, capable, used, mfaSeen, isNew: facts.isNew };
              standings.add(judge({ ...completed, active: active === 'yes' }));
            }
  return standings;
}

function answers(fact: Fact): readonly Exclude<Fact, 'unknown'>[] {
  return fact === 'unknown' ? ['yes', 'no'] : [fact];
}
