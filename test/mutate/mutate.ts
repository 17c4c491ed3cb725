// `npm run mutate [-- PATH ...]`: changes the rules one place at a time and names each change that no test notices.
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mutantsOf } from './mutants.ts';
import type { Mutant } from './mutants.ts';
import type { Answer, Order } from './try-mutants.ts';

const ROOT = join(import.meta.dirname, '../..');
const TRY = join(import.meta.dirname, 'try-mutants.ts');

interface Target {
  readonly file: string;
  readonly tests: readonly string[];
}

/** Below `test/`, without `.test.ts`. */
const STANDINGS = [
  'standings/judge-people',
  'standings/refusals',
  'standings/side-lists',
  'standings/mfa-seen',
  'standings/order',
  'standings/privilege',
  'standings/reason',
  'standings/audited',
  'standings/facts',
  'standings/next-step',
  'standings/unknown-group',
  'standings/use-in-words',
  'report/build-report',
  'report/figures',
  'report/whole-tenant',
  'digest/csv/csv-files',
  'truth',
];
const FINDINGS = [
  'findings/compare',
  'findings/exceptions',
  'findings/partial-run',
  'findings/rules-changed',
  'findings/progress',
  'findings/finding-id',
  'findings/close-finding',
];
const LEDGER = [
  'ledger/merge-day',
  'ledger/merge-counts',
  'ledger/reading-plan',
  'ledger/update-ledger',
  'ledger/forget-absent',
  'ledger/catch-up',
];
const EVIDENCE = [
  'entra/mfa-evidence',
  'entra/refusals',
  'entra/askers',
  'sign-ins/sign-in',
  'sign-ins/instant',
  'sign-ins/day-counts',
  'sign-ins/read-sign-ins',
];
const PACE = ['graph/timing', 'graph/rate-limit', 'graph/retry'];

/** What is worth it, each with the tests that are to notice: those first that are likely to. */
const TARGETS: readonly Target[] = [
  ...targets('lib/standings', ['standings/standings'], ['standings']),
  ...targets('lib/standings', STANDINGS, [
    'facts',
    'judge-people',
    'privilege',
    'refusals',
    'mfa-seen',
    'audited',
    'scope',
    'scripts',
    'phone-only',
    'unknown-group',
    'order',
    'person',
    'reason',
    'next-step',
    'use-in-words',
  ]),
  ...targets('lib/findings', FINDINGS, [
    'compare',
    'update-findings',
    'close-finding',
    'assessments',
    'judge-exceptions',
    'progress',
  ]),
  ...targets('lib/ledger', LEDGER, ['merge-day', 'merge-counts', 'update-ledger', 'reading-plan']),
  ...targets('lib/entra', EVIDENCE, ['mfa-evidence', 'refusals', 'askers']),
  ...targets('lib/sign-ins', EVIDENCE, ['sign-in']),
  ...targets('lib/graph', PACE, ['retry', 'timing', 'rate-limit']),
  ...targets('lib/delivery', ['delivery/run-record'], ['run-record']),
  ...targets('lib/digest', ['digest/attachments'], ['attachments']),
];

/** Tests that hang over a mutant have noticed it; those that run for the first time also load what they stand on. */
const LIMIT_MS = 30_000;
const FIRST_LIMIT_MS = 180_000;
/** Modules are never unloaded, so a process is good for so many mutants. */
const MAX_MUTANTS = 100;

function targets(
  folder: string,
  tests: readonly string[],
  names: readonly string[],
): readonly Target[] {
  return names.map((name) => ({
    file: join(ROOT, folder, `${name}.ts`),
    tests: tests.map((test) => join(ROOT, 'test', `${test}.test.ts`)),
  }));
}

/** What a process answers until it ends or hangs. */
async function answersTo(order: Order): Promise<readonly Answer[]> {
  const child = fork(TRY, [JSON.stringify(order)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const stop = () => child.kill('SIGKILL');
  let hangs = setTimeout(stop, FIRST_LIMIT_MS);
  const answers: Answer[] = [];
  child.on('message', (answer: Answer) => {
    clearTimeout(hangs);
    hangs = setTimeout(stop, LIMIT_MS);
    answers.push(answer);
  });
  await new Promise((resolve) => child.once('exit', resolve));
  clearTimeout(hangs);
  return answers;
}

async function survivorsOf(target: Target, mutants: readonly Mutant[]): Promise<readonly Mutant[]> {
  const survivors: Mutant[] = [];
  for (let from = 0; from < mutants.length;) {
    const to = Math.min(from + MAX_MUTANTS, mutants.length);
    const [before, ...answers] = await answersTo({ ...target, from, to });
    const after = answers.length > to - from ? answers.pop() : undefined;
    if (before?.passes !== true || after?.passes === false) {
      throw new Error(`${target.file}: its tests fail without any change.`);
    }
    survivors.push(...answers.filter(({ passes }) => passes).map(({ mutant }) => mutants[mutant]!));
    // What is not answered for made the process hang or end.
    from += answers.length + (after === undefined ? 1 : 0);
  }
  return survivors;
}

const asked = process.argv.slice(2);
let [all, alive] = [0, 0];
for (const target of TARGETS) {
  if (asked.length > 0 && !asked.some((path) => target.file.includes(path))) continue;
  const mutants = mutantsOf(readFileSync(target.file, 'utf8'));
  const survivors = await survivorsOf(target, mutants);
  all += mutants.length;
  alive += survivors.length;
  console.log(
    `${target.file.slice(ROOT.length + 1)}: ${survivors.length} of ${mutants.length} live`,
  );
  for (const { line, before, after } of survivors) {
    console.log(
      `  ${line}: ${before.replaceAll(/\s+/g, ' ').slice(0, 60)} → ${after || 'nothing'}`,
    );
  }
}
console.log(`${alive} of ${all} live (${((100 * alive) / all).toFixed(1)} %)`);
