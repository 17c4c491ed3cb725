import { setFlagsFromString } from 'node:v8';
import type { Ports } from './ports.ts';
import { sleep } from './sources/graph/timing.ts';

// Each page that is parsed makes V8's young generation grow, by a hundred megabytes in a large tenant, and that
// measured no quicker: it stays as small as it begins.
setFlagsFromString('--semi-space-growth-factor=1');

/** What every process takes from the machine that it runs on. */
export const MACHINE: Pick<Ports, 'clock' | 'random' | 'sleep'> = {
  clock: () => new Date(),
  random: Math.random,
  sleep,
};
