// The tests of one file, run again and again in one process, each time over another mutant; `mutate.ts` starts it.
import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { addEventHandler, resetState, run } from 'jest-circus';
import { mutantsOf } from './mutants.ts';

export interface Order {
  /** Absolute, as are the tests. */
  readonly file: string;
  readonly tests: readonly string[];
  /** The first mutant to be tried, and the first that is not. */
  readonly from: number;
  readonly to: number;
}

/** Sent for each mutant, and for the file as it is: that is `from` - 1, before all others, and `to`, after them. */
export interface Answer {
  readonly mutant: number;
  readonly passes: boolean;
}

const TEST_LIMIT_MS = 20_000;
const GLOBALS = new URL('jest-globals.ts', import.meta.url).href;

const { file, tests, from, to } = JSON.parse(process.argv[2] ?? '') as Order;
const target = pathToFileURL(file).href;
const mutants = mutantsOf(readFileSync(file, 'utf8'));
/** Texts without their types: all but one are the same for every mutant. */
const stripped = new Map<string, string>();
let current = from - 1;
let failed = false;

/** Every module of the repository is loaded anew for each mutant, so that nothing is left of the one before. */
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === '@jest/globals') return { url: GLOBALS, shortCircuit: true };
    const resolved = next(specifier, context);
    const [path = ''] = resolved.url.split('?');
    return path.endsWith('.ts') && !path.includes('/node_modules/')
      ? { ...resolved, url: `${path}?mutant=${current}` }
      : resolved;
  },
  load(url, context, next) {
    const [path = '', mutant] = url.split('?');
    if (mutant === undefined) return next(url, context);
    const isMutant = path === target && current >= from && current < to;
    const changed = isMutant ? mutants[current]?.source : undefined;
    const source = changed === undefined ? withoutTypes(path) : stripTypeScriptTypes(changed);
    return { format: 'module', source, shortCircuit: true };
  },
});

function withoutTypes(url: string): string {
  const source =
    stripped.get(url) ?? stripTypeScriptTypes(readFileSync(fileURLToPath(url), 'utf8'));
  stripped.set(url, source);
  return source;
}

/** Whether every test passes; nothing more is run after one that does not. */
async function passes(): Promise<boolean> {
  failed = false;
  for (const test of tests) {
    resetState();
    try {
      await import(`${pathToFileURL(test).href}?mutant=${current}`);
      const { testResults, unhandledErrors } = await run();
      failed ||= testResults.length === 0 || unhandledErrors.length > 0;
    } catch {
      failed = true;
    }
    if (failed) return false;
  }
  return true;
}

// Where jest itself keeps what its configuration says of it.
Object.assign(globalThis, { [Symbol.for('TEST_TIMEOUT_SYMBOL')]: TEST_LIMIT_MS });
addEventHandler((event) => {
  if (event.name === 'test_done' && event.test.errors.length > 0) failed = true;
  if (event.name === 'test_start' && failed) event.test.mode = 'skip';
});
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, () => (failed = true));
}
for (; current <= to; current += 1) {
  const answer: Answer = { mutant: current, passes: await passes() };
  process.send?.(answer);
}
process.exit();
