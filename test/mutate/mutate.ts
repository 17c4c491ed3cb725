// `npm run mutate [-- PATH ...]`: changes the rules one place at a time and names each change that no test notices.
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { mutantsOf } from './mutants.ts';
import type { Mutant } from './mutants.ts';

const ROOT = join(import.meta.dirname, '../..');

/** What is worth it, each with the tests that are to notice. */
const TARGETS: readonly { readonly file: string; readonly tests: readonly string[] }[] = [
  { file: 'lib/entra/mfa-evidence.ts', tests: ['test/entra', 'test/sign-ins'] },
  { file: 'lib/standings/standings.ts', tests: ['test/standings'] },
  { file: 'lib/standings/facts.ts', tests: ['test/standings', 'test/report'] },
  { file: 'lib/standings/privilege.ts', tests: ['test/standings'] },
  { file: 'lib/findings/follow-findings.ts', tests: ['test/findings'] },
  { file: 'lib/findings/verdicts.ts', tests: ['test/findings'] },
  { file: 'lib/findings/judge-exceptions.ts', tests: ['test/findings'] },
  { file: 'lib/ledger/merge-day.ts', tests: ['test/ledger'] },
  { file: 'lib/graph/retry.ts', tests: ['test/graph'] },
  { file: 'lib/delivery/claim.ts', tests: ['test/delivery', 'test/exactly-once/sending'] },
  { file: 'lib/digest/attachments.ts', tests: ['test/digest/attachments'] },
];

/** A test that hangs over a mutant has noticed it. */
const LIMIT_MS = 180_000;
const JEST = 'node_modules/jest/bin/jest.js';

async function copyOfRepository(): Promise<string> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'mutate-'));
  const sources = [
    'functions',
    'lib',
    'test',
    'templates',
    'infra',
    'package.json',
    'jest.config.js',
  ];
  for (const name of sources) await cp(join(ROOT, name), join(folder, name), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Whether the tests pass in this copy. */
async function passes(folder: string, tests: readonly string[]): Promise<boolean> {
  const args = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', JEST];
  const child = spawn(
    process.execPath,
    [...args, '--bail', '--silent', '--maxWorkers=1', ...tests],
    {
      cwd: folder,
      stdio: 'ignore',
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
    },
  );
  const code = await new Promise((resolve) => child.once('exit', resolve));
  return code === 0;
}

/** Works through the mutants of a file in as many copies as there are cores; returns those that live. */
async function survivorsOf(
  folders: readonly string[],
  { file, tests }: (typeof TARGETS)[number],
  mutants: readonly Mutant[],
): Promise<readonly Mutant[]> {
  const original = await readFile(join(ROOT, file), 'utf8');
  const survivors: Mutant[] = [];
  const left = mutants.values();
  await Promise.all(
    folders.map(async (folder) => {
      for (const mutant of left) {
        await writeFile(join(folder, file), mutant.source);
        if (await passes(folder, tests)) survivors.push(mutant);
      }
      await writeFile(join(folder, file), original);
    }),
  );
  return survivors;
}

const asked = process.argv.slice(2);
const targets = TARGETS.filter(
  ({ file }) => asked.length === 0 || asked.some((path) => file.includes(path)),
);
const folders = await Promise.all(Array.from({ length: availableParallelism() }, copyOfRepository));
let [all, alive] = [0, 0];
try {
  for (const target of targets) {
    const mutants = mutantsOf(await readFile(join(ROOT, target.file), 'utf8'));
    if (!(await passes(folders[0]!, target.tests)))
      throw new Error(`${target.file}: its tests fail.`);
    const survivors = await survivorsOf(folders, target, mutants);
    all += mutants.length;
    alive += survivors.length;
    console.log(`${target.file}: ${survivors.length} of ${mutants.length} live`);
    for (const { line, before, after } of survivors) {
      console.log(
        `  ${line}: ${before.replaceAll(/\s+/g, ' ').slice(0, 60)} → ${after || 'nothing'}`,
      );
    }
  }
  console.log(`${alive} of ${all} live (${((100 * alive) / all).toFixed(1)} %)`);
} finally {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
}
