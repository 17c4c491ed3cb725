import type { Person, Stopped } from '../../standings/person.ts';
import { displayText } from '../text/safe-text.ts';
import { capitalise, counted, days, joinWords } from '../text/wording.ts';
import type { Formats } from '../text/wording.ts';
import type { ViewContext } from '../view-context.ts';

import { ASKER_WORDS, STAGE_WORDS, WHY_UNKNOWN } from './person-texts.ts';

type SeenContext = Pick<ViewContext, 'report' | 'formats'>;

const MAX_APPLICATIONS = 2;

/** What was seen of somebody, with figures: the evidence for the list that they are in. */
export function writeSeen(person: Person, context: SeenContext): string {
  if (person.registeredSince !== undefined) {
    return `Registered a method ${context.formats.shortMoment(person.registeredSince)}; leaves the list when Entra’s report catches up`;
  }
  if (person.stopped !== undefined) return stoppedText(person.stopped, context);
  if (person.standing === 'impact') return oneFactorText(person, context);
  if (person.standing === 'unknown') return capitalise(unknownText(person, context));
  const methods = person.standing === 'not-usable' ? `${methodsText(person)}; ` : '';
  return capitalise(`${methods}${lastSignInText(person, context)}`);
}

function stoppedText(
  { attempts, days: onDays, lastAt, stage, askers, applications }: Stopped,
  { report, formats }: SeenContext,
): string {
  const times = attempts === 1 ? 'once' : `${formats.number(attempts)} times`;
  const on = onDays > 1 ? ` on ${days(onDays, formats)}` : '';
  const how = STAGE_WORDS[stage];
  const asked =
    askers.length === 0 || !report.isEnforced
      ? ''
      : `; ${joinWords(askers.map((asker) => ASKER_WORDS[asker]))} asked`;
  return `Refused ${times}${on}, last ${formats.shortDay(lastAt)}, ${where(applications)}: ${how}${asked}`;
}

/** How somebody who cannot do MFA got in: with one factor as often as the log says so, or with a method that is gone. */
function oneFactorText(person: Person, { formats, report }: SeenContext): string {
  const { applications, lastUseAt } = person;
  const sum = (name: 'successes' | 'successesWithMfa' | 'successesWithOneFactor') =>
    applications.reduce((all, use) => all + use[name], 0);
  const isGone = sum('successesWithOneFactor') === 0;
  const how = isGone ? 'With a method that is gone' : 'One factor';
  const count = sum(isGone ? 'successesWithMfa' : 'successesWithOneFactor');
  const times = timesText(count, sum('successes'), formats);
  const used = applications.filter(({ successes }) => successes > 0);
  const last = lastUseAt === undefined ? '' : `, last ${formats.shortDay(lastUseAt)}`;
  const registered = person.methods.length === 0 ? '' : `; registered: ${methodsText(person)}`;
  return `${how}, ${times} in ${days(seenDays(report), formats)}${last}, ${where(used.map(({ application }) => application.name))}${registered}`;
}

/** "once", "3 times", "3 of 5 times". */
function timesText(count: number, all: number, formats: Formats): string {
  if (count < all) return `${formats.number(count)} of ${formats.number(all)} times`;
  return count === 1 ? 'once' : `${formats.number(count)} times`;
}

/** Days of the window that was really seen. */
export function seenDays({ seenFrom, seenTo, askedDays }: ViewContext['report']): number {
  if (seenFrom === undefined || seenTo === undefined) return askedDays;
  return Math.max(1, Math.round((Date.parse(seenTo) - Date.parse(seenFrom)) / 86_400_000));
}

function unknownText(person: Person, context: SeenContext): string {
  const { formats } = context;
  const used = person.applications.filter(({ successes }) => successes > 0);
  const refused = person.applications.filter((use) => use.failuresThatAskedForMfa > 0);
  const names = where(used.map(({ application }) => application.name));
  const parts = [
    ...(used.length > 0 && person.lastUseAt !== undefined
      ? [
          `${names}, ${counted(person.successfulSignIns, 'time', 'times', formats)}, last ${formats.shortDay(person.lastUseAt)}`,
        ]
      : []),
    ...(refused.length > 0 && person.lastRefusalAt !== undefined
      ? [`refused, last ${formats.shortDay(person.lastRefusalAt)}`]
      : []),
  ];
  const seen = parts.length > 0 ? parts : [lastSignInText(person, context)];
  const why = person.unknownGroup === undefined ? '' : WHY_UNKNOWN[person.unknownGroup];
  return [...seen, why].filter((text) => text !== '').join('; ');
}

function lastSignInText({ user }: Person, { formats }: SeenContext): string {
  const lastAt = user.lastSuccessfulSignInAt ?? user.lastSignInAt;
  return lastAt === undefined
    ? 'last sign-in not known'
    : `last sign-in ${formats.shortDay(lastAt)}`;
}

/** Display names of the methods, as many as fit. */
function methodsText({ methods }: Person): string {
  if (methods.length === 0) return 'no MFA method';
  const names = methods.slice(0, 3).map((method) => displayText(method, 48));
  return methods.length > names.length ? `${names.join(', ')} and more` : joinWords(names);
}

/** The name of an application as far as its first comma: "Azure portal" says which one it is. */
export function shortName(application: string): string {
  return application.split(',')[0] ?? application;
}

function where(names: readonly string[]): string {
  const [first = 'an enforced application', ...rest] = names.map(shortName);
  if (rest.length === 0) return first;
  return rest.length < MAX_APPLICATIONS
    ? joinWords([first, ...rest])
    : `${first} and ${rest.length} more`;
}
