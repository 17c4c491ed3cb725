import { availableParallelism } from 'node:os';

// The workers inherit these. They outnumber the cores, so that a collector with threads of its own only takes turns with
// them; and what tests make is gone by the next collection, where it is not too soon.
process.execArgv.push(
  '--single-threaded-gc',
  '--min-semi-space-size=64',
  '--max-semi-space-size=128',
);

// Node strips the types itself and loads the sources as they are: exact lines, no transformer, no module twice.
export default {
  rootDir: 'test',
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  injectGlobals: false,
  globalSetup: '<rootDir>/runner/set-up.js',
  testEnvironment: '<rootDir>/runner/environment.js',
  runtime: '<rootDir>/runner/runtime.js',
  // How long a test takes is the business of the bench; this ends only what hangs.
  testTimeout: 120_000,
  // The tests wait for processes, servers and leases as well, so there are more workers than cores.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  testSequencer: '<rootDir>/longest-first.js',
  // Pages of 64 MB leave much behind, and a worker that is started anew compiles all of it anew.
  workerIdleMemoryLimit: '3GB',
};
