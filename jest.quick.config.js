import config from './jest.config.js';

process.env.TEST_EXTENT = 'sample';

/** What a change is tested with while it is made: everything but crashes, the browser and the scripts of a shell. */
export default {
  ...config,
  testPathIgnorePatterns: [
    '/exactly-once/',
    '/screens',
    '/cli/interruption',
    '/infra/.*scripts',
    '/infra/grant-graph-roles',
    '/infra/permission-hooks',
    '/infra/preprovision',
    '/infra/scope-mailbox',
  ],
};
