import { MACHINE } from '../machine.ts';
import type { Ports } from '../ports.ts';
import { keepHeapSmall } from '../small-heap.ts';
import type { Environment } from '../settings/read-settings.ts';
import { wantsDebug } from '../settings/wants-debug.ts';
import type { StateLocation } from '../settings/state-location.ts';
import { openDisplay } from './display.ts';
import type { Display } from './display.ts';

/** Where the command line keeps its memory unless STATE_LOCATION says otherwise. */
export const DEFAULT_STATE: StateLocation = { kind: 'folder', path: '.mfa-gap-mailer' };

export interface TerminalOptions {
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
