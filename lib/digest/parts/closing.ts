import { LINKS } from '../../entra/links.ts';
import { missingSources } from '../../sources/coverage.ts';
import type { SourceCoverage } from '../../sources/coverage.ts';
import { displayText, shortText } from '../text/safe-text.ts';
import { capitalise, counted, days, noSignIns, people, sourceName } from '../text/wording.ts';
import type { DigestOptions, Link, Tone, ViewContext } from '../view-context.ts';

/** How far the digest can be trusted: the window, each source, and what cannot be read. */
export interface FooterView {
  readonly window: string;
  readonly sources: readonly SourceView[];
  readonly notes: readonly string[];
  readonly about: string;
  readonly links: readonly Link[];
}

interface SourceView {
  readonly name: string;
  readonly state: string;
  readonly tone: Tone;
}

export function viewFooter(
  context: ViewContext,
  { version }: Pick<DigestOptions, 'version'>,
): FooterView {
  const { report, formats } = context;
  const tenantName = displayText(report.tenant.name ?? '', 60);
  const tenantId = shortText(report.tenant.id ?? '', 40);
  return {
    window: windowText(context),
    sources: report.coverage
      .filter(({ state }) => state !== 'complete')
      .map((entry) => viewSource(entry, context)),
    notes: [...coverageNotes(context), ...notInDirectoryNote(context)],
    about: [
      [tenantName || 'Tenant', tenantId].filter((text) => text !== '').join(', '),
      `made ${formats.moment(report.generatedAt)}`,
      `mfa-gap-mailer ${shortText(version, 40)}`,
      'recipients and schedule: EMAIL_TO and REPORT_SCHEDULE of the function app',
    ].join(' · '),
    links: [LINKS.mandatoryMfa],
  };
}

function windowText({ report, formats }: ViewContext): string {
  const asked = `${days(report.askedDays, formats)} were asked for`;
  if (report.seenFrom === undefined || report.seenTo === undefined) {
    return `${capitalise(noSignIns(report))}; ${asked}.`;
  }
  const whole = report.coverage.every(({ state }) => state === 'complete');
  const sources = whole ? `All ${formats.number(report.coverage.length)} sources complete; ` : '';
  return `${sources}${whole ? 's' : 'S'}ign-ins seen: ${formats.shortDay(report.seenFrom)} to ${formats.shortDay(report.seenTo)}; ${asked}.`;
}

function viewSource(entry: SourceCoverage, { formats }: ViewContext): SourceView {
  const { source, state, rows, pages, people: counts, firstEventAt, lastEventAt } = entry;
  const amount = [
    counted(rows, 'row', 'rows', formats),
    ...(counts === undefined ? [] : [people(counts, formats)]),
    ...(pages === 0 ? [] : [counted(pages, 'page', 'pages', formats)]),
  ].join(', ');
  const events =
    firstEventAt === undefined || lastEventAt === undefined
      ? ''
      : `, ${formats.moment(firstEventAt)} to ${formats.moment(lastEventAt)}`;
  const how = { complete: '', partial: 'in part: ', 'not-available': 'not read' }[state];
  return {
    name: capitalise(sourceName(source)),
    state: state === 'not-available' ? how : `${how}${amount}${events}`,
    tone: state === 'complete' ? 'plain' : 'caution',
  };
}

/** What a source has to say, and why those are missing that the notices above do not name. */
function coverageNotes({ report, maxEntries }: ViewContext): readonly string[] {
  const named = new Set(missingSources(report.coverage));
  const notes = report.coverage.flatMap((entry) => [
    ...(entry.state === 'complete' || named.has(entry) || entry.cause === undefined
      ? []
      : [
          `${capitalise(sourceName(entry.source))}: not known, because ${shortText(entry.cause.because, 240)}.`,
        ]),
    ...entry.notes.map((note) => shortText(note, 300)),
  ]);
  return [...new Set(notes)].slice(0, maxEntries);
}

function notInDirectoryNote({ report, formats }: ViewContext): readonly string[] {
  const { people: count, signIns } = report.notInDirectory;
  if (count === 0) return [];
  return [
    `${counted(signIns, 'sign-in', 'sign-ins', formats)} by ${people(count, formats)} who ${count === 1 ? 'is' : 'are'} not in the directory (service providers, other tenants) ${signIns === 1 ? 'is' : 'are'} in no list.`,
  ];
}
