import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import type { RateLimiters } from '../graph/rate-limit.ts';
import { sleep } from '../graph/timing.ts';
import type { Sleep } from '../graph/timing.ts';
import type { Log } from '../log.ts';
import type { ReadingProgress } from '../reading-progress.ts';
import type { Environment } from '../settings/read-settings.ts';

/** The outside world, handed in where a run starts; nothing below reads the clock or the environment by itself. */
export interface Ports {
  readonly environment: Environment;
  readonly clock: () => Date;
  readonly random: () => number;
  readonly sleep: Sleep;
  /** Set where several runs can be under way in the process. @default one rate limiter a run */
  readonly limiters?: RateLimiters;
  readonly log: Log;
  readonly onProgress: (progress: ReadingProgress) => void;
  /** Shows a person where to enter a device code. */
  readonly prompt: (message: string) => void;
}

/** What every process takes from the machine that it runs on. */
export const MACHINE: Pick<Ports, 'clock' | 'random' | 'sleep'> = {
  clock: () => new Date(),
  random: Math.random,
  sleep,
};

/** Room in which what a page leaves behind dies young. Measured: half of it costs 3 % more CPU, twice as much 35 MB. */
const NEW_SPACE_BYTES = 32 * 1024 * 1024;

let observer: PerformanceObserver | undefined;

/**
 * Keeps V8's heap near what is in use. Left to itself it lets both generations grow to half as much again as a large
 * tenant needs: 420 MB at 100,000 people where 340 are enough. Below 55 per cent V8 marks what stays over and over: at 40
 * it saves 12 MB for a twelfth more CPU.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=55');
  // Rows outlive the collections while their page is parsed; V8 would learn from that to make all of them old at once.
  setFlagsFromString('--no-allocation-site-pretenuring');
  if (hasRoom()) {
    stopGrowing();
    return;
  }
  // An idle process gives the room back, and every run grows into it again.
  setFlagsFromString('--semi-space-growth-factor=2');
  observer ??= new PerformanceObserver(() => {
    if (hasRoom()) stopGrowing();
  });
  observer.observe({ entryTypes: ['gc'] });
}

/** V8 takes no limit once it has started, but it can be kept from growing on. */
function stopGrowing(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  observer?.disconnect();
}

function hasRoom(): boolean {
  const newSpace = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  return newSpace === undefined || newSpace.space_size >= NEW_SPACE_BYTES;
}
