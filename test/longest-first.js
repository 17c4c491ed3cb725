import { createRequire } from 'node:module';

const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/** What takes longest by far, so that none of it is left when everything else is done. */
const LONG = [
  /exactly-once\/(crash|ingest|lease)/,
  /exactly-once\//,
  /screens/,
  /wrong-clock-year/,
  /workspace\/(sign-ins|mutants)/,
  /mutated-documents/,
  /functions\/triggers/,
  /\/cli\.test/,
  /storage\/(blob-)?store/,
  /doctor\/doctor/,
  /hostile-rows/,
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
