import type { Log } from './log.ts';
import type { Environment } from './settings/read-settings.ts';
import type { Sleep } from './sources/graph/timing.ts';
import type { Progress } from './sources/reader.ts';

/** The outside world, handed in where a run starts; nothing below reads the clock or the environment by itself. */
export interface Ports {
  readonly environment: Environment;
  readonly clock: () => Date;
  readonly random: () => number;
  readonly sleep: Sleep;
  readonly log: Log;
  readonly onProgress: (progress: Progress) => void;
  /** Shows a person where to enter a device code. */
  readonly prompt: (message: string) => void;
}
