import { FIELDS } from '../settings/fields.ts';
import { HIT_LISTS } from '../standings/standings.ts';
import { viewEmergency, viewExceptions } from './parts/accounts.ts';
import type { EmergencyView, ExceptionsView } from './parts/accounts.ts';
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
import { viewFirstStep, viewTiles } from './parts/opening.ts';
import type { FirstStepView, TileView } from './parts/opening.ts';
import { writeHeadline, writePreheader, writeSubject } from './parts/subject.ts';
import { viewTrend } from './parts/trend.ts';
import type { TrendView } from './parts/trend.ts';
import { displayText, shortText } from './text/safe-text.ts';
import { figureText, isKnown } from './text/wording.ts';
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
  readonly firstStep: FirstStepView | undefined;
  readonly tiles: readonly TileView[];
  readonly scope: string;
  readonly changes: ChangesView | undefined;
  readonly lists: readonly ListView[];
  /** On a clean day, what would have been shown. */
  readonly wouldShow: string;
  readonly emergency: EmergencyView | undefined;
  readonly exceptions: ExceptionsView | undefined;
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
    label: shortText(options.subjectPrefix, 100),
    tenant: displayText(report.tenant.name ?? '', 60),
    date: formats.dayWithWeekday(report.generatedAt),
    notices: viewNotices(context),
    headline: writeHeadline(context),
    tone: headlineTone(context),
    opening: openingText(context, options),
    notes: writeNotes(context, options),
    firstStep: viewFirstStep(context),
    tiles: viewTiles(context),
    scope: scopeText(context),
    changes: viewChanges(context),
    lists,
    wouldShow: lists.length === 0 && !report.isPartial ? WOULD_SHOW : '',
    emergency: viewEmergency(context),
    exceptions: viewExceptions(context),
    trend: viewTrend(context),
    files: viewFiles(context),
    footer: viewFooter(context, options),
  };
}

const WOULD_SHOW =
  'On another day this mail lists, worst first: people who are blocked, people without an MFA method, people whose method your policy does not allow, and people who could not be judged, each with what to do.';

function headlineTone({ report }: ViewContext): Tone {
  const { impact } = report.figures.hits;
  if (isKnown(impact.people) && impact.people.value > 0) return 'blocked';
  const isClean = Object.values(report.hits).every((people) => people.length === 0);
  return isClean && !report.isPartial ? 'good' : 'caution';
}

/** The operator's words, but not the default ones where they would promise what is not attached. */
function openingText({ attachments }: ViewContext, { openingParagraph }: DigestOptions): string {
  const isPromise = openingParagraph === FIELDS.emailBody.fallback;
  return isPromise && attachments.attached.length === 0 ? '' : shortText(openingParagraph, 1000);
}

function scopeText({ report, formats }: ViewContext): string {
  const { newAccounts } = report.figures;
  if (!isKnown(newAccounts) || newAccounts.value === 0) return '';
  const count = figureText(newAccounts, formats);
  return newAccounts.value === 1
    ? `${count} new account is in its first days and not judged yet.`
    : `${count} new accounts are in their first days and not judged yet.`;
}
