/** What the tests know as `@jest/globals`, for a process that jest itself does not run. */
export { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } from 'jest-circus';
export { expect } from 'expect';
