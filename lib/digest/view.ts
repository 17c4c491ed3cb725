import { HIT_LISTS } from '../standings/standings.ts';
import { viewEmergency, viewExceptions } from './parts/accounts.ts';
import type { EmergencyView, ExceptionsView } from './parts/accounts.ts';
import { viewAsides } from './parts/asides.ts';
import type { AsideView } from './parts/asides.ts';
import { viewAsked } from './parts/asked.ts';
import type { AskedView } from './parts/asked.ts';
import { viewChanges } from './parts/changes.ts';
import type { ChangesView } from './parts/changes.ts';
import { viewFooter } from './parts/closing.ts';
import type { FooterView } from './parts/closing.ts';
import { viewFiles } from './parts/files.ts';
import type { FilesView } from './parts/files.ts';
import { viewList } from './parts/lists.ts';
import type { ListView } from './parts/lists.ts';
import { viewNotices, writeNotes } from './parts/notices.ts';
import type { NoticeView } from './parts/notices.ts';
import { viewFirstSteps, viewTiles, writePace } from './parts/opening.ts';
import type { FirstStepsView, TileView } from './parts/opening.ts';
import { viewRisks } from './parts/risks.ts';
import type { RiskView } from './parts/risks.ts';
import { REPORT_NAME, writeHeadline, writePreheader, writeSubject } from './parts/subject.ts';
import { viewTrend } from './parts/trend.ts';
import type { TrendView } from './parts/trend.ts';
import { displayText, shortText } from './text/safe-text.ts';
import { capitalise, counted, figureText, isKnown, joinWords } from './text/wording.ts';
import type { DigestOptions, Tone, ViewContext } from './view-context.ts';

/** Everything that the mail says, as short safe texts in the order in which it says them. */
export interface DigestView {
  readonly language: string;
  readonly subject: string;
  readonly preheader: string;
  readonly label: string;
  readonly tenant: string;
  readonly date: string;
  readonly notices: readonly NoticeView[];
  readonly headline: string;
  readonly tone: Tone;
  readonly opening: string;
  readonly notes: readonly string[];
  readonly risks: readonly RiskView[];
  readonly tiles: readonly TileView[];
  /** The trend in one line of words. */
  readonly pace: string;
  readonly scope: string;
  readonly firstSteps: FirstStepsView | undefined;
  readonly changes: ChangesView | undefined;
  readonly lists: readonly ListView[];
  /** On a clean day, what would have been shown. */
  readonly wouldShow: string;
  readonly emergency: EmergencyView | undefined;
  readonly exceptions: ExceptionsView | undefined;
  readonly asides: readonly AsideView[];
  readonly asked: AskedView | undefined;
  readonly trend: TrendView | undefined;
  readonly files: FilesView;
  readonly footer: FooterView;
}

export function viewDigest(context: ViewContext, options: DigestOptions): DigestView {
  const { report, formats } = context;
  const lists = HIT_LISTS.map((list) => viewList(list, options.maxRows, context)).filter(
    (list) => list !== undefined,
  );
  return {
    language: 'en',
    subject: writeSubject(context, options),
    preheader: writePreheader(context),
    label: shortText(options.subjectPrefix, 100) || REPORT_NAME,
    tenant: displayText(report.tenant.name ?? '', 60),
    date: formats.dayWithWeekday(report.generatedAt),
    notices: viewNotices(context),
    headline: writeHeadline(context),
    tone: headlineTone(context),
    opening: shortText(options.openingParagraph, 1000),
    notes: writeNotes(context, options),
    risks: viewRisks(context),
    tiles: viewTiles(context),
    pace: writePace(context),
    scope: scopeText(context),
    firstSteps: viewFirstSteps(context),
    changes: viewChanges(context),
    lists,
    wouldShow: lists.length === 0 && !report.isPartial ? WOULD_SHOW : '',
    emergency: viewEmergency(context),
    exceptions: viewExceptions(context),
    asides: viewAsides(context),
    asked: viewAsked(context),
    trend: viewTrend(context),
    files: viewFiles(context),
    footer: viewFooter(context, options),
  };
}

const WOULD_SHOW =
  'On another day this mail lists, worst first: people who were stopped at MFA, people who got in with one factor and cannot do MFA, people without an MFA method, people whose method cannot be used, and people who could not be judged, each with what to do.';

function headlineTone({ report }: ViewContext): Tone {
  const { stopped, impact } = report.figures.hits;
  const isSomebody = [stopped, impact].some(({ people }) => isKnown(people) && people.value > 0);
  if (isSomebody) return 'blocked';
  const isClean = Object.values(report.hits).every((people) => people.length === 0);
  return isClean && !report.isPartial ? 'good' : 'caution';
}

/** Who is counted, how many of them can do MFA, and who is too new to be judged. */
function scopeText({ report, formats }: ViewContext): string {
  const { newAccounts, capableShare } = report.figures;
  const { people, externals, agents, agentsAtEnforced, technical } = report.counted;
  const kinds = joinWords([
    counted(people, 'person', 'people', formats),
    ...(externals === 0 ? [] : [counted(externals, 'external person', 'external people', formats)]),
  ]);
  const uncounted = joinWords([
    ...(technical === 0
      ? []
      : [counted(technical, 'technical account', 'technical accounts', formats)]),
    ...(agents === 0 ? [] : [`${counted(agents, 'agent', 'agents', formats)}${agentsText()}`]),
  ]);
  return [
    `Looked at: ${kinds}${uncounted === '' ? '' : `; not judged: ${uncounted}`}.`,
    ...(capableShare === undefined
      ? []
      : [`${formats.percent(capableShare)} of those in the registration report can do MFA.`]),
    ...newText(),
  ].join(' ');

  function agentsText(): string {
    if (agentsAtEnforced === 0) return '';
    const verb = agentsAtEnforced === 1 ? 'signs' : 'sign';
    return `, of which ${formats.number(agentsAtEnforced)} ${verb} in to enforced applications`;
  }

  function newText(): readonly string[] {
    if (!isKnown(newAccounts) || newAccounts.value === 0) return [];
    const count = capitalise(figureText(newAccounts, formats));
    return newAccounts.value === 1
      ? [`${count} new account is in its first days and not judged yet.`]
      : [`${count} new accounts are in their first days and not judged yet.`];
  }
}
