import type { Log, LogFacts } from '../log.ts';
import type { Ports } from '../ports.ts';
import { describeEvent } from './describe-event.ts';
import { progressLine } from './progress-line.ts';
import type { SourceState } from './progress-line.ts';

/** What a person sees while a run goes on, on standard error. */
export interface Display {
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
