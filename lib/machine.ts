import type { Ports } from './ports.ts';
import { sleep } from './sources/graph/timing.ts';

/** What every process takes from the machine that it runs on. */
export const MACHINE: Pick<Ports, 'clock' | 'random' | 'sleep'> = {
  clock: () => new Date(),
  random: Math.random,
  sleep,
};
