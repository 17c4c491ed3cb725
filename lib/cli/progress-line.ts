import type { Ports } from '../ports.ts';

type Progress = Parameters<Ports['onProgress']>[0];

/** How far a source is; once it has been read, also in which state. */
export interface SourceState extends Progress {
  readonly isRead?: boolean;
  readonly state?: string;
  readonly because?: string;
}

const LABELS: Readonly<Record<Progress['source'], string>> = {
  users: 'people',
  activity: 'activity',
  registrations: 'registrations',
  interactiveSignIns: 'sign-ins, interactive',
  nonInteractiveSignIns: 'sign-ins, other',
  roles: 'roles',
  licences: 'licences',
  organisation: 'organisation',
};
const BAR_WIDTH = 20;

/** One line of at most 80 columns, unless a source is not complete and the line says why. */
export function progressLine({ source, rows, pages, ...state }: SourceState): string {
  const label = LABELS[source].padEnd(22);
  const counts = `${countOf(rows, 'row')}, ${countOf(pages, 'page')}`;
  if (state.isRead !== true) return `  ${label} ${drawBar(state.share)}${counts}`;
  if (state.state === 'complete') return `✓ ${label} ${counts}`;
  return `! ${label} ${counts}, ${state.state} because ${state.because ?? 'of a fault'}`;
}

/** "1 row", "1,200 rows". */
export function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en-GB')} ${noun}${count === 1 ? '' : 's'}`;
}

function drawBar(share: number | undefined): string {
  if (share === undefined) return '';
  const done = Math.round(Math.min(1, Math.max(0, share)) * BAR_WIDTH);
  return `${'█'.repeat(done)}${'░'.repeat(BAR_WIDTH - done)} `;
}
