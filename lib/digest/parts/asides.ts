import { LINKS } from '../../entra/links.ts';
import type { MicrosoftChange } from '../../entra/announcements.ts';
import type { Person } from '../../standings/person.ts';
import { FILE_NAMES } from '../csv/file-names.ts';
import { shortText } from '../text/safe-text.ts';
import { counted, days, people } from '../text/wording.ts';
import type { Link, ViewContext } from '../view-context.ts';
import { whereInFull } from './files.ts';
import { viewName } from './person.ts';

/** What the reader should know beside the hit lists: a title, lines, and where it says more. */
export interface AsideView {
  /** Where the risk strip leads to. */
  readonly id: string;
  readonly title: string;
  /** Whether the lines are short and stand in one. */
  readonly isInline: boolean;
  readonly lines: readonly string[];
  readonly rest: string;
  readonly links: readonly Link[];
}

/** Each that has something to say. */
export function viewAsides(context: ViewContext): readonly AsideView[] {
  return [viewPhoneOnly(context), viewScripts(context), viewNextChanges(context)].filter(
    (aside) => aside !== undefined,
  );
}

function viewPhoneOnly(context: ViewContext): AsideView | undefined {
  const { phoneOnly } = context.report;
  if (phoneOnly.length === 0) return undefined;
  const { formats } = context;
  return {
    ...listPeople(
      phoneOnly,
      FILE_NAMES.phoneOnly,
      context,
      ({ phoneOnlyUntil = '' }) => `until ${formats.calendarDay(phoneOnlyUntil)}`,
    ),
    id: 'phone-only',
    isInline: true,
    title: `${people(phoneOnly.length, formats)} can do MFA by phone only, which Microsoft ends`,
    links: [LINKS.telephony, LINKS.passkeys],
  };
}

function viewScripts(context: ViewContext): AsideView | undefined {
  const { scripts } = context.report;
  if (scripts.length === 0) return undefined;
  const title = counted(
    scripts.length,
    'account looks like a script',
    'accounts look like a script',
    context.formats,
  );
  return {
    ...listPeople(scripts, FILE_NAMES.scripts, context, ({ script }) => script?.pattern ?? ''),
    id: 'scripts',
    isInline: true,
    title,
    links: [LINKS.managedIdentities, LINKS.federation],
  };
}

/** Beside the hit lists names are examples; the file has everybody. */
const MAX_NAMED = 3;

function listPeople(
  all: readonly Person[],
  fileName: string,
  context: ViewContext,
  say: (person: Person) => string,
): Pick<AsideView, 'lines' | 'rest'> {
  const shown = all.slice(0, Math.min(context.maxEntries, MAX_NAMED));
  return {
    lines: shown.map((person) => `${viewName(person.user, context).name}: ${say(person)}`),
    rest: whereInFull(fileName, { all: all.length, shown: shown.length }, context),
  };
}

const WHERE: Readonly<Partial<Record<MicrosoftChange['id'], Link>>> = {
  telephony: LINKS.telephony,
  'telephony-admins': LINKS.telephony,
};

function viewNextChanges({ report, formats }: ViewContext): AsideView | undefined {
  const { nextChanges } = report;
  if (nextChanges.length === 0) return undefined;
  const links = new Set(nextChanges.flatMap(({ change }) => WHERE[change.id] ?? []));
  return {
    id: 'next',
    isInline: false,
    title: 'What Microsoft changes next',
    lines: nextChanges.map(
      ({ change, daysLeft, people: count }) =>
        `${formats.calendarDay(change.from)}, in ${days(daysLeft, formats)}: ${shortText(change.what, 200)}, for ${change.who}. It concerns ${people(count, formats)} here.`,
    ),
    rest: '',
    links: [...links],
  };
}
