import type { RunSummary } from '../run/run-summary.ts';

type Report = NonNullable<RunSummary['report']>;

const OUTCOMES: Readonly<Record<RunSummary['outcome'], string>> = {
  sent: 'The digest was sent.',
  'not-needed': 'No digest was needed: SEND_WHEN asks for more than was found.',
  previewed: 'The digest was rendered and not sent.',
  'already-done': 'The digest of this occurrence is already done.',
};

/** What a run did, in a line or two. */
export function describeSummary({ outcome, report }: RunSummary): string {
  if (report === undefined) return OUTCOMES[outcome];
  const partial = report.isPartial ? ' It is PARTIAL: a source could not be read in full.' : '';
  return `${OUTCOMES[outcome]}${partial}\n  ${report.figures.inScope.toLocaleString('en-GB')} people in scope: ${countHits(report)}`;
}

/** A run among others, in one line: the hit lists, and what changed. */
export function describeMorning({ outcome, report }: RunSummary): string {
  if (report === undefined) return OUTCOMES[outcome];
  const changes = countChanges(report);
  return `${report.isPartial ? 'PARTIAL, ' : ''}${countHits(report)}${changes && `; ${changes}`}`;
}

function countHits({ figures }: Report): string {
  return Object.entries(figures.hits)
    .map(([list, { people }]) => {
      // A number that is not known is not printed as one.
      if (people.kind === 'not-known') return `${list} not known`;
      return `${people.kind === 'at-least' ? 'at least ' : ''}${people.value.toLocaleString('en-GB')} ${list}`;
    })
    .join(', ');
}

function countChanges({ history }: Report): string {
  if (history?.state === 'first') return 'the first report';
  const kinds = (history?.changes ?? []).map(({ kind }) => kind);
  return [...new Set(kinds)]
    .map((kind) => `${kinds.filter((other) => other === kind).length} ${kind}`)
    .join(', ');
}
