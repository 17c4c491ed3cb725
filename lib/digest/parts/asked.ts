import { LINKS } from '../../entra/links.ts';
import { RECENT_DAYS } from '../../ledger/recent-totals.ts';
import type { TenantUse } from '../../report/report.ts';
import {
  addFigures,
  capitalise,
  countedFigure,
  days,
  figureText,
  isKnown,
  people,
} from '../text/wording.ts';
import type { Link, ViewContext } from '../view-context.ts';
import type { AsideView } from './asides.ts';
import { seenDays, shortName } from './seen.ts';

/** What an application was asked for: its name, since when it asks and where, and the figures under `heads`. */
export interface AskedRow {
  readonly name: string;
  readonly asks: string;
  readonly figures: readonly string[];
}

/** How MFA is asked for in the tenant, by enforced application. */
export interface AskedView {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly AskedRow[];
  readonly notes: readonly string[];
  readonly links: readonly Link[];
}

/** Undefined where no enforced application was used. */
export function viewAsked(context: ViewContext): AskedView | undefined {
  const { report, formats } = context;
  const { tenantUse, isFree } = report;
  if (tenantUse.length === 0) return undefined;
  const sum = (of: (use: TenantUse) => TenantUse['refusals'], one: string, many: string) =>
    countedFigure(
      tenantUse.map(of).reduce((total, figure) => addFigures(total, figure)),
      one,
      many,
      formats,
    );
  const refusals = sum((use) => use.refusals, 'refusal', 'refusals');
  const withMfa = sum((use) => use.signInsWithMfa, 'sign-in', 'sign-ins');
  return {
    title: `${capitalise(refusals)} and ${withMfa} with MFA in ${days(RECENT_DAYS, formats)}`,
    heads: [
      'Refused',
      'With MFA',
      'Microsoft / you asked',
      `One factor, ${days(seenDays(report), formats)}`,
    ],
    rows: tenantUse.map((use) => viewUse(use, context)),
    notes: [...onlyMicrosoftNote(context), ...caveats(report.tenantUse)],
    links: [isFree ? LINKS.securityDefaults : LINKS.readiness],
  };
}

/** The same in lines of text. */
export function describeAsked({
  title,
  rows,
  notes,
  links,
}: AskedView): Pick<AsideView, 'title' | 'lines' | 'rest' | 'links'> {
  const lines = rows.map(({ name, asks, figures }) => {
    const [refused = '', withMfa = '', askers = '', oneFactor = ''] = figures;
    const since = asks === '' ? '' : ` (${asks})`;
    return `${name}${since}: ${refused} refused, ${withMfa} with MFA (Microsoft / you asked: ${askers}), one factor: ${oneFactor}`;
  });
  return { title, lines, rest: notes.join(' '), links };
}

function viewUse(
  { application, refusals, signInsWithMfa, askedBy, oneFactorPeople }: TenantUse,
  { report, formats }: ViewContext,
): AskedRow {
  return {
    name: shortName(application.name),
    asks: report.isEnforced ? `${AT[application.enforcedOperations]} since ${sinceText()}` : '',
    figures: [
      figureText(refusals, formats),
      figureText(signInsWithMfa, formats),
      askersText(),
      isKnown(oneFactorPeople) && oneFactorPeople.value > 0
        ? peopleText(oneFactorPeople.value)
        : figureText(oneFactorPeople, formats),
    ],
  };

  /** A day, or the month where Microsoft names only that. */
  function sinceText(): string {
    const { enforcedFrom } = application;
    return enforcedFrom.length > 'YYYY-MM'.length
      ? formats.calendarDay(enforcedFrom)
      : formats.calendarMonth(enforcedFrom);
  }

  function askersText(): string {
    const both = [askedBy.application, askedBy.tenant];
    return both.some(isKnown)
      ? both.map((figure) => figureText(figure, formats)).join(' / ')
      : 'not known';
  }

  function peopleText(count: number): string {
    return oneFactorPeople.kind === 'exact'
      ? people(count, formats)
      : `at least ${people(count, formats)}`;
  }
}

const AT: Readonly<Record<TenantUse['application']['enforcedOperations'], string>> = {
  any: 'any operation',
  'sign-in': 'sign-in',
  'create, update, delete': 'changes',
};

function caveats(tenantUse: readonly TenantUse[]): readonly string[] {
  return tenantUse.flatMap(({ application: { name, caveat } }) =>
    caveat === undefined ? [] : [`${shortName(name)}: ${caveat}`],
  );
}

function onlyMicrosoftNote({ report, formats }: ViewContext): readonly string[] {
  const { people: found, admins, knownSince } = report.onlyMicrosoft;
  if (!report.isEnforced) return [];
  if (found === undefined)
    return knownSince === undefined
      ? []
      : [`Who asked for MFA is known since ${formats.calendarDay(knownSince)}.`];
  if (found.length === 0) return [];
  const among =
    admins === undefined || !isKnown(admins) || admins.value === 0
      ? ''
      : `, administrators among them: ${figureText(admins, formats)},`;
  return [
    `${people(found.length, formats)}${among} did MFA only because the application asked; no policy of yours did.`,
  ];
}
