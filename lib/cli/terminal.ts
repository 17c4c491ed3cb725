import type { EventName, Log, LogFacts, LogLevel } from '../log.ts';
import type { ReadingProgress } from '../reading-progress.ts';
import { keepHeapSmall, MACHINE } from '../session/ports.ts';
import type { Ports } from '../session/ports.ts';
import type { StateLocation } from '../settings/kinds.ts';
import { wantsDebug } from '../settings/read-settings.ts';
import type { Environment } from '../settings/read-settings.ts';
import type { SourceName } from '../sources/coverage.ts';

/** Where the command line keeps its memory unless STATE_LOCATION says otherwise. */
export const DEFAULT_STATE: StateLocation = { kind: 'folder', path: '.mfa-gap-mailer' };

interface TerminalOptions {
  readonly clock?: () => Date;
  readonly display?: Display;
}

/** The world as a person at a terminal sees it: progress and warnings go to standard error. */
export function openTerminal(environment: Environment, options: TerminalOptions = {}): Ports {
  keepHeapSmall();
  const {
    clock = MACHINE.clock,
    display = openDisplay({ stream: process.stderr, isDebugging: wantsDebug(environment) }),
  } = options;
  return {
    ...MACHINE,
    environment,
    clock,
    log: display.log,
    onProgress: display.onProgress,
    prompt: display.say,
  };
}

interface LoggedEvent {
  readonly level: LogLevel;
  readonly event: EventName;
  readonly facts: LogFacts;
}

/** Shown otherwise: sources by their progress, a failure by its explanation, a partial report by its sources. */
const SHOWN_ELSEWHERE: readonly EventName[] = ['source.read', 'run.failed', 'report.partial'];

/** An event in lines for a person: the warnings that are shown nowhere else, or everything when debugging. */
function describeEvent(
  { level, event, facts }: LoggedEvent,
  isDebugging: boolean,
): readonly string[] {
  if (isDebugging) return [listFacts(event, facts)];
  if (level === 'debug' || level === 'info' || SHOWN_ELSEWHERE.includes(event)) return [];
  // A check-up has a sentence for each finding, an error has one.
  const { findings, message = listFacts(event, facts) } = facts;
  const sentences = Array.isArray(findings) ? (findings as readonly string[]) : [String(message)];
  return sentences.map((sentence) => `! ${sentence}`);
}

function listFacts(event: EventName, facts: LogFacts): string {
  const named = Object.entries(facts).filter(([, value]) => value !== undefined);
  return [event, ...named.map(([name, value]) => `${name}=${String(value)}`)].join(' ');
}

/** What a person sees while a run goes on, on standard error. */
interface Display {
  readonly log: Log;
  readonly onProgress: Ports['onProgress'];
  /** Shows a line above the progress. */
  readonly say: (line: string) => void;
  /** Takes the progress away. */
  readonly clear: () => void;
}

export interface DisplayOptions {
  readonly stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;
  /** Whether every event is shown. */
  readonly isDebugging: boolean;
  /** Whether only a terminal shows how far the sources are, and nobody what a check-up finds. @default false */
  readonly isBrief?: boolean;
}

const REDRAW_MS = 80;
const TERMINAL_COLUMNS = 80;

/** Bars that move on a terminal; elsewhere a plain line for each source that has been read. */
export function openDisplay({ stream, isDebugging, isBrief = false }: DisplayOptions): Display {
  const sources = new Map<string, SourceState>();
  let drawnLines = 0;
  let drawnAt = 0;

  function draw(): void {
    if (!stream.isTTY) return;
    erase();
    // A line that the terminal breaks would be two, and not be taken away whole.
    const width = (stream.columns ?? TERMINAL_COLUMNS) - 1;
    for (const state of sources.values()) {
      stream.write(`${progressLine(state).slice(0, width)}\n`);
    }
    drawnLines = sources.size;
    drawnAt = performance.now();
  }
  function erase(): void {
    if (drawnLines > 0) stream.write(`\u001B[${drawnLines}A\u001B[J`);
    drawnLines = 0;
  }
  function say(line: string): void {
    erase();
    stream.write(`${line}\n`);
    draw();
  }
  function finish(facts: LogFacts): void {
    const state = { ...(facts as unknown as SourceState), isRead: true };
    const isMoving = stream.isTTY && facts['state'] === 'complete';
    if (isMoving) sources.set(state.source, state);
    else sources.delete(state.source);
    if (isMoving) draw();
    else if (!isBrief) say(progressLine(state));
  }

  return {
    say,
    clear() {
      erase();
      sources.clear();
    },
    onProgress(progress) {
      sources.set(progress.source, progress);
      if (performance.now() - drawnAt > REDRAW_MS) draw();
    },
    log(level, event, facts = {}) {
      if (event === 'source.read') finish(facts);
      if (isBrief && event === 'run.checked') return;
      for (const line of describeEvent({ level, event, facts }, isDebugging)) say(line);
    },
  };
}

/** How far a source is; once it has been read, also in which state. */
interface SourceState extends ReadingProgress {
  readonly isRead?: boolean;
  readonly state?: string;
  readonly because?: string;
}

const LABELS: Readonly<Record<string, string>> = {
  users: 'people',
  activity: 'activity',
  registrations: 'registrations',
  interactiveSignIns: 'sign-ins, interactive',
  nonInteractiveSignIns: 'sign-ins, other',
  roles: 'roles',
  licences: 'licences',
  audits: 'Audit log',
  organisation: 'organisation',
} satisfies Record<SourceName, string>;
const BAR_WIDTH = 20;

/** One line of at most 80 columns, unless a source is not complete and the line says why. */
function progressLine({ source, rows, pages, ...state }: SourceState): string {
  const label = (LABELS[source] ?? source).padEnd(22);
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
