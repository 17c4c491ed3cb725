import { missingSources } from '../../sources/coverage.ts';
import type { SourceCoverage } from '../../sources/coverage.ts';
import { shortText } from '../text/safe-text.ts';
import { capitalise, joinWords, SOURCE_WORDS } from '../text/wording.ts';
import type { DigestOptions, ViewContext } from '../view-context.ts';

/** Something that the reader must know before any figure. */
export interface NoticeView {
  readonly title: string;
  readonly points: readonly string[];
}

/** What is missing, and so limits what the digest may be trusted for; above everything else. */
export function viewNotices(context: ViewContext): readonly NoticeView[] {
  return [
    ...partialNotice(context),
    ...clockNotice(context),
    ...emergencyNotice(context),
    ...stateNotice(context),
  ];
}

/** What the reader should know besides, in sentences. */
export function writeNotes(
  context: ViewContext,
  { isPossibleDuplicate = false }: Pick<DigestOptions, 'isPossibleDuplicate'>,
): readonly string[] {
  return [
    ...(isPossibleDuplicate ? [DUPLICATE] : []),
    ...undeliveredNote(context),
    ...rulesNote(context),
    ...settingsNote(context),
    ...fewEmergencyNote(context),
    ...context.report.remarks.slice(0, context.maxEntries).map((text) => shortText(text, 300)),
  ];
}

const DUPLICATE =
  'You may have this digest already: it is not known whether an earlier attempt to send it got through.';

/** Where it is not known whether emergency accounts were used; that one was, the strip of risks tells. */
function emergencyNotice({ report }: ViewContext): readonly NoticeView[] {
  const because = new Set(
    report.emergencyAccounts.flatMap(({ newsUnknownBecause }) => newsUnknownBecause ?? []),
  );
  if (because.size === 0) return [];
  const title = `Whether emergency accounts were used is not known in full, because ${shortText(joinWords([...because]), 240)}.`;
  return [{ title, points: [] }];
}

function partialNotice({ report }: ViewContext): readonly NoticeView[] {
  if (!report.isPartial) return [];
  return [
    {
      title: 'Part of the data is missing. The figures below count only what could be seen.',
      points: byCause(missingSources(report.coverage)).flatMap(missingPoints),
    },
  ];
}

/** Sources that lack for the same cause are told together. */
function byCause(sources: readonly SourceCoverage[]): readonly (readonly SourceCoverage[])[] {
  const groups = new Map<string, SourceCoverage[]>();
  for (const entry of sources) {
    const key = `${entry.state} ${entry.cause?.because ?? ''} ${entry.cause?.remedy ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()];
}

function missingPoints(sources: readonly SourceCoverage[]): readonly string[] {
  const [first] = sources;
  const names = joinWords(sources.map(({ source }) => SOURCE_WORDS[source].name));
  const isPart = first?.state === 'partial';
  const meanings = new Set(
    sources.map(({ source }) => {
      const { meaning, partMeaning = meaning } = SOURCE_WORDS[source];
      return isPart ? partMeaning : meaning;
    }),
  );
  const how = isPart ? 'could not be read in full' : 'could not be read';
  const what = `${capitalise(names)} ${how}`;
  const meaning = `What it means: ${[...meanings].join(' ')}`;
  if (first?.cause === undefined) return [`${what}.`, meaning];
  const { because, remedy } = first.cause;
  return [
    `${what}, because ${shortText(because, 240)}.`,
    meaning,
    `What to do: ${shortText(remedy, 240)}`,
  ];
}

function clockNotice({ report: { clockSkewMs }, formats }: ViewContext): readonly NoticeView[] {
  if (clockSkewMs === undefined) return [];
  const [unitMs, unit] =
    UNITS.find(([lengthMs]) => Math.abs(clockSkewMs) >= 2 * lengthMs) ?? SMALLEST_UNIT;
  const much = `${formats.number(Math.round(Math.abs(clockSkewMs) / unitMs))} ${unit}`;
  const where = clockSkewMs > 0 ? 'ahead of' : 'behind';
  return [
    {
      title: `The clock of the machine that made this report is ${much} ${where} Graph’s.`,
      points: [
        'The report goes by Graph’s clock. Nothing of it is recorded: the next one tells the same changes again.',
        'What to do: Synchronise the clock of the machine, and read the next report.',
      ],
    },
  ];
}

const SMALLEST_UNIT = [60_000, 'minutes'] as const;
const UNITS = [[86_400_000, 'days'], [3_600_000, 'hours'], SMALLEST_UNIT] as const;

function stateNotice({ report, maxEntries }: ViewContext): readonly NoticeView[] {
  const { history } = report;
  const problems = history?.problems.slice(0, maxEntries).map((text) => shortText(text, 240)) ?? [];
  if (history?.state === 'lost') {
    const because = problems.length === 0 ? '' : `, because ${joinWords(problems)}`;
    return [
      {
        title: `What changed is not known${because}.`,
        points: ['Until that is mended, a day may bring this mail more than once.'],
      },
    ];
  }
  if (problems.length === 0) return [];
  return [
    { title: `Part of what was remembered is lost, because ${joinWords(problems)}.`, points: [] },
  ];
}

function undeliveredNote({ report, formats }: ViewContext): readonly string[] {
  const { undelivered = [], comparedWith } = report.history ?? {};
  if (undelivered.length === 0) return [];
  const instants = joinWords(undelivered.slice(-3).map(formats.moment));
  const more =
    undelivered.length > 3 ? ` and ${formats.number(undelivered.length - 3)} before` : '';
  const noun = undelivered.length === 1 ? 'digest' : 'digests';
  const since =
    comparedWith === undefined
      ? ''
      : ` Changes are counted from the last one delivered, ${formats.calendarDay(comparedWith)}.`;
  return [`The ${noun} of ${instants}${more} could not be delivered.${since}`];
}

/** Once, so that nobody takes a move by a new rule for news. */
function rulesNote({ report }: ViewContext): readonly string[] {
  if (!report.haveRulesChanged) return [];
  return [
    'The rules changed with this version: who moved by them is no news, and changes are counted from this digest on. Earlier days of the ledger counted first-factor claims as MFA, so the days that Entra still holds are read again.',
  ];
}

function fewEmergencyNote({ report }: ViewContext): readonly string[] {
  const count = report.emergencyAccounts.length;
  if (count >= MIN_EMERGENCY_ACCOUNTS) return [];
  return [
    `${count === 0 ? 'No emergency account is' : 'Only one emergency account is'} named in BREAK_GLASS_ACCOUNTS; Microsoft advises two at least.`,
  ];
}

/** "Manage emergency access accounts" (learn.microsoft.com, read 28 November 2026). */
const MIN_EMERGENCY_ACCOUNTS = 2;

function settingsNote({ report, maxEntries }: ViewContext): readonly string[] {
  const { changedSettings = [] } = report.history ?? {};
  if (changedSettings.length === 0) return [];
  const names = joinWords(changedSettings.slice(0, maxEntries).map((name) => shortText(name)));
  const verb = changedSettings.length === 1 ? 'was' : 'were';
  return [`${names} ${verb} changed since the last report, which may move people.`];
}
