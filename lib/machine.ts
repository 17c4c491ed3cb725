import { setFlagsFromString } from 'node:v8';
import type { Ports } from './ports.ts';
import { sleep } from './sources/graph/timing.ts';

// A page that is parsed is garbage at once. Left to itself V8 lets both generations grow with it, by half of what a
// large tenant needs: kept small, the peak at 100,000 people fell from 380 to 320 MB, for a second or two of CPU.
setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--heap-growing-percent=80');

/** What every process takes from the machine that it runs on. */
export const MACHINE: Pick<Ports, 'clock' | 'random' | 'sleep'> = {
  clock: () => new Date(),
  random: Math.random,
  sleep,
};
