// Node strips the types itself, so jest runs the sources as they are: exact lines, no transformer.
export default {
  rootDir: 'test',
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  injectGlobals: false,
  testTimeout: 60_000,
  workerIdleMemoryLimit: '1GB',
};
