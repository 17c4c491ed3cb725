import { createRequire } from 'node:module';

const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/** What takes longest by far, so that none of it is left when everything else is done. */
const LONG = [
  /exactly-once\/(crash|ingest)/,
  /exactly-once\//,
  /screens/,
  /storage\/store/,
  /wrong-clock-year/,
  /workspace\/(sign-ins|mutants)/,
  /mutated-documents/,
  /\/cli\.test/,
  /hostile-rows/,
  /functions\/triggers/,
  /test\/faults/,
];

/** Starts the long test files first, also on a machine that has not run them before; the rest as jest would. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) =>
      (LONG.findIndex((long) => long.test(path)) + LONG.length + 1) % (LONG.length + 1);
    return super.sort(tests).toSorted((one, other) => rank(one) - rank(other));
  }
}
