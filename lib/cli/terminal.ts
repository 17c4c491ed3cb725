import { SOURCE_WORDS } from '../digest/text/wording.ts';
import { cleanUpIfInterrupted } from '../leftovers.ts';
import type { EventName, Log, LogFacts, LogLevel } from '../log.ts';
import type { ReadingProgress } from '../reading-progress.ts';
import { keepHeapSmall, MACHINE } from '../session/ports.ts';
import type { Ports } from '../session/ports.ts';
import type { StateLocation } from '../settings/kinds.ts';
import { wantsDebug } from '../settings/read-settings.ts';
import type { Environment } from '../settings/read-settings.ts';
import { paintFor, unpainted } from './paint.ts';
import type { Paint } from './paint.ts';

/** Where the command line keeps its state unless STATE_LOCATION says otherwise. */
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
    display = openDisplay({
      stream: process.stderr,
      isDebugging: wantsDebug(environment),
      paint: paintFor(process.stderr),
    }),
  } = options;
  cleanUpIfInterrupted(display.clear);
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
  // A preflight has a sentence for each finding, an error has one.
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
  /** Whether only a terminal shows how far the sources are, and nobody what a preflight finds. @default false */
  readonly isBrief?: boolean;
  /** @default no colours */
  readonly paint?: Paint;
  /** Milliseconds since any instant. @default the machine's */
  readonly now?: () => number;
}

const REDRAW_MS = 80;
const TICK_MS = 1_000;
const TERMINAL_COLUMNS = 80;

/** Bars that move on a terminal, and how long it took so far; elsewhere a plain line for each source that has been read. */
export function openDisplay(options: DisplayOptions): Display {
  const { stream, isDebugging, isBrief = false } = options;
  const { paint = unpainted, now = () => performance.now() } = options;
  const sources = new Map<string, SourceState>();
  const startedAt = now();
  let waiting: { readonly why: string; readonly untilMs: number } | undefined;
  let ticking: NodeJS.Timeout | undefined;
  let drawnLines = 0;
  let drawnAt = 0;

  function draw(): void {
    if (!stream.isTTY) return;
    erase();
    // A line that the terminal breaks would be two, and not be taken away whole.
    const width = (stream.columns || TERMINAL_COLUMNS) - 1;
    const lines = [...sources.values()].map((state) =>
      markLine(progressLine(state).slice(0, width)),
    );
    if (ticking !== undefined) lines.push(paint('dim', `  ${statusLine()}`.slice(0, width)));
    for (const line of lines) stream.write(`${line}\n`);
    drawnLines = lines.length;
    drawnAt = now();
  }
  function erase(): void {
    if (drawnLines > 0) stream.write(`\u001B[${drawnLines}A\u001B[J`);
    drawnLines = 0;
  }
  function statusLine(): string {
    const passed = `${describeDuration(now() - startedAt)} passed`;
    const leftMs = waiting === undefined ? 0 : waiting.untilMs - now();
    return leftMs > 0 ? `${passed}, ${waiting!.why}, ${describeDuration(leftMs)} left` : passed;
  }
  function say(line: string): void {
    erase();
    stream.write(`${markLine(line)}\n`);
    draw();
  }
  function markLine(line: string): string {
    if (line.startsWith('✓')) return `${paint('green', '✓')}${line.slice(1)}`;
    return line.startsWith('!') ? `${paint('yellow', '!')}${line.slice(1)}` : line;
  }
  function finish(facts: LogFacts): void {
    const state = { ...(facts as unknown as SourceState), isRead: true };
    const isMoving = stream.isTTY && facts['state'] === 'complete';
    if (isMoving) sources.set(state.source, state);
    else sources.delete(state.source);
    if (isMoving) draw();
    else if (!isBrief) say(progressLine(state));
  }
  function hearOfWait({ code, waitMs = 0 }: LogFacts): void {
    const wait = describeWait(String(code), Number(waitMs));
    if (wait === undefined) return;
    waiting = { why: wait, untilMs: now() + Number(waitMs) };
    if (stream.isTTY) draw();
    else if (!isBrief && code !== 'paced') say(`  ${wait}: ${describeDuration(Number(waitMs))}`);
  }
  function stopTicking(): void {
    clearInterval(ticking);
    ticking = undefined;
  }

  return {
    say,
    clear() {
      stopTicking();
      erase();
      sources.clear();
    },
    onProgress(progress) {
      sources.set(progress.source, progress);
      if (stream.isTTY) ticking ??= setInterval(draw, TICK_MS).unref();
      if (now() - drawnAt > REDRAW_MS || drawnLines === 0) draw();
    },
    log(level, event, facts = {}) {
      if (event === 'source.read') finish(facts);
      if (event === 'graph.waited') hearOfWait(facts);
      // From here on nothing is read any more, so that the bars can stand.
      if (event === 'report.built' || event === 'ledger.moved') {
        stopTicking();
        draw();
      }
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

const STATES: Readonly<Record<string, string>> = {
  partial: 'read in part',
  'not-available': 'not read',
};
const LABEL_WIDTH = 28;
const BAR_WIDTH = 20;

/** One line of at most 80 columns, unless a source is not complete and the line says why. */
function progressLine({ source, rows, pages, ...state }: SourceState): string {
  const name = SOURCE_WORDS[source as keyof typeof SOURCE_WORDS]?.name ?? source;
  const label = name.padEnd(LABEL_WIDTH);
  // What comes along with another source has no pages of its own.
  const counts = [countOf(rows, 'row'), pages > 0 ? countOf(pages, 'page') : ''];
  const counted = counts.filter((text) => text !== '').join(', ');
  if (state.isRead !== true) return `  ${label} ${drawBar(state.share)}${counted}`;
  if (state.state === 'complete') return `✓ ${label} ${counted}`;
  const how = STATES[state.state ?? ''] ?? state.state;
  return `! ${label} ${how}, because ${state.because ?? 'of a fault'} (${counted})`;
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

/** A shorter wait is over before it is read. */
const MIN_SPAN_MS = 1_000;

/** Why a run waits, for a person who watches; undefined where it is not worth a word. */
function describeWait(code: string, waitMs: number): string | undefined {
  if (waitMs < MIN_SPAN_MS) return undefined;
  if (code === 'paced') return 'waiting for Graph’s limit of report requests';
  if (code === 'graph_throttled') return 'Graph asked to wait';
  return 'Graph did not answer, trying again';
}

/** "12 s", "3 min 05 s", "2 h 10 min". */
function describeDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1_000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
